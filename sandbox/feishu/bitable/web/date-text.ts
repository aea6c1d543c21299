import type { Field } from '../state.ts'
import { clockTime, dayParts } from '../zoned-day.ts'

/** ms a calendar can show; a cell may hold any whole number. */
const mostMs = 8.6e15

export function isCalendarTime(ms: number): boolean {
  return Math.abs(ms) <= mostMs
}

/** A date as its field's formatter writes it, in the base's time zone. */
export function dateText(field: Field, ms: number, zone: string): string {
  if (!isCalendarTime(ms)) return String(ms)
  const { year, month, day } = dayParts(ms, zone)
  const two = (n: number) => String(n).padStart(2, '0')
  const { hour, minute } = clockTime(ms, zone)
  return (field.property?.date_formatter ?? 'yyyy/MM/dd')
    .replace('yyyy', String(year))
    .replace('MM', two(month))
    .replace('dd', two(day))
    .replace('HH', two(hour))
    .replace('mm', two(minute))
}
