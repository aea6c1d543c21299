import { describe, expect, it } from 'vitest'
import { clockTime, dayParts, dayStart, zonedInstant } from '../../sandbox/feishu/bitable/zoned-day.ts'

const newYork = 'America/New_York'

describe('days and times in a time zone', () => {
  it('are right in Shanghai, where clocks stay', () => {
    const ms = Date.UTC(2026, 2, 9, 16, 30)
    expect(dayParts(ms, 'Asia/Shanghai')).toEqual({ year: 2026, month: 3, day: 10, weekday: 1 })
    expect(clockTime(ms, 'Asia/Shanghai')).toEqual({ hour: 0, minute: 30 })
    expect(zonedInstant({ year: 2026, month: 3, day: 10, hour: 0, minute: 30 }, 'Asia/Shanghai')).toBe(ms)
  })

  it('are right on the day clocks are put on', () => {
    // 2026-03-08 02:00 EST becomes 03:00 EDT
    expect(clockTime(Date.UTC(2026, 2, 8, 6, 59), newYork)).toEqual({ hour: 1, minute: 59 })
    expect(clockTime(Date.UTC(2026, 2, 8, 7, 0), newYork)).toEqual({ hour: 3, minute: 0 })
    expect(dayParts(Date.UTC(2026, 2, 8, 4, 59), newYork)).toMatchObject({ month: 3, day: 7 })
    expect(dayStart({ year: 2026, month: 3, day: 9 }, newYork)).toBe(Date.UTC(2026, 2, 9, 4))
  })

  it('agree with each other for every hour of a year with two changes', () => {
    const format = new Intl.DateTimeFormat('en-CA', { timeZone: newYork })
    for (let ms = Date.UTC(2026, 0, 1); ms < Date.UTC(2027, 0, 1); ms += 3_600_000) {
      const { year, month, day } = dayParts(ms, newYork)
      const shown = format.format(ms)
      expect(`${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`).toBe(shown)
    }
  })
})
