import type { AutoSerial, Row } from './state.ts'
import { dayParts } from './zoned-day.ts'

/** What an AutoNumber field shows for a row. Dates in it are those of Beijing time. */
export function serialText(serial: AutoSerial | undefined, row: Row): string {
  if (serial?.type !== 'custom') return String(row.serial)
  return (serial.options ?? []).map((part) => partText(part, row)).join('')
}

function partText(part: { type: string; value: string }, row: Row): string {
  if (part.type === 'fixed_text') return part.value
  if (part.type === 'system_number') return String(row.serial).padStart(Number(part.value), '0')
  const { year, month, day } = dayParts(row.created_time, 'Asia/Shanghai')
  const two = (n: number) => String(n).padStart(2, '0')
  return part.value.replace('yyyy', String(year)).replace('MM', two(month)).replace('dd', two(day))
}
