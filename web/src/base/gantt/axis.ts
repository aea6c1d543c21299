import { instantOf, wallTime } from '../cells/format.ts'

export const dayMs = 86_400_000
/** px */
const dayWidth = 22
const monthsBack = 9
const monthsAhead = 9

export interface Axis {
  /** ms of its first day */
  from: number
  until: number
  /** px */
  width: number
  months: { text: string; left: number; width: number }[]
}

/** A line of days from nine months ago to nine months ahead, in the base's time zone. */
export function makeAxis(now: number, zone: string): Axis {
  const today = wallTime(now, zone)
  const monthStart = (offset: number) => {
    const date = new Date(Date.UTC(today.year, today.month - 1 + offset, 1))
    return instantOf(
      { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: 1, hour: 0, minute: 0 },
      zone,
    )
  }
  const from = monthStart(-monthsBack)
  const until = monthStart(monthsAhead)
  const px = (ms: number) => ((ms - from) / dayMs) * dayWidth
  const months = Array.from({ length: monthsBack + monthsAhead }, (_, i) => {
    const begins = monthStart(i - monthsBack)
    const { year, month } = wallTime(begins, zone)
    return {
      text: `${year}/${String(month).padStart(2, '0')}`,
      left: px(begins),
      width: px(monthStart(i - monthsBack + 1)) - px(begins),
    }
  })
  return { from, until, width: px(until), months }
}

/** px from the axis's start; what lies outside is put at its ends. */
export function placeOf(axis: Axis, ms: number): number {
  const inside = Math.min(axis.until, Math.max(axis.from, ms))
  return ((inside - axis.from) / dayMs) * dayWidth
}
