import { cellOf } from './cell-read.ts'
import type { Condition, RowTest } from './filter.ts'
import { refuse } from './refusal.ts'
import { dayParts, dayStart } from './zoned-day.ts'

interface Moment {
  zone: string
  now: number
}

/** [from, until) in ms. */
type Span = [number, number]

const spansOfOneDay: Record<string, number> = { Today: 0, Tomorrow: 1, Yesterday: -1 }

/**
 * A date condition. Named days and exact dates mean whole days of the base's time zone; weeks and months only go with
 * `is`. Feishu docs: 记录筛选参数填写说明.
 */
export function dateTest({ field, operator, values }: Condition, moment: Moment): RowTest {
  if (!['is', 'isGreater', 'isLess'].includes(operator)) invalid(`dates do not know ${operator}`)
  const [name = '', operand] = values
  const day = oneDay(name, operand, moment)
  if (values.length !== (name === 'ExactDate' ? 2 : 1))
    invalid(`${name} takes ${name === 'ExactDate' ? 2 : 1} values`)
  const [from, until] = day ?? longerSpan(name, moment) ?? invalid(`${name} is no date this filter knows`)
  if (!day && operator !== 'is') invalid(`${name} only goes with is`)
  const within = (ms: number) => ms >= from && ms < until
  // UNVERIFIED: the operand becomes midnight of its day, so "greater" starts right after that midnight.
  const test =
    operator === 'is'
      ? within
      : operator === 'isGreater'
        ? (ms: number) => ms > from
        : (ms: number) => ms < from
  return (row) => {
    const cell = cellOf(field, row)
    return typeof cell === 'number' && test(cell)
  }
}

function oneDay(name: string, operand: string | undefined, { zone, now }: Moment): Span | undefined {
  if (name === 'ExactDate') {
    if (!/^-?\d+$/.test(operand ?? '')) invalid('ExactDate needs milliseconds as text')
    return days(dayParts(Number(operand), zone), 0, { zone, length: 1 })
  }
  const shift = spansOfOneDay[name]
  return shift === undefined ? undefined : days(dayParts(now, zone), shift, { zone, length: 1 })
}

function longerSpan(name: string, { zone, now }: Moment): Span | undefined {
  const today = dayParts(now, zone)
  const month = (shift: number): Span => [
    dayStart({ year: today.year, month: today.month + shift, day: 1 }, zone),
    dayStart({ year: today.year, month: today.month + shift + 1, day: 1 }, zone),
  ]
  // UNVERIFIED: weeks start on Monday; "the last 7 / 30 days" include today.
  const spans: Record<string, () => Span> = {
    CurrentWeek: () => days(today, -today.weekday, { zone, length: 7 }),
    LastWeek: () => days(today, -today.weekday - 7, { zone, length: 7 }),
    CurrentMonth: () => month(0),
    LastMonth: () => month(-1),
    TheLastWeek: () => days(today, -6, { zone, length: 7 }),
    TheNextWeek: () => days(today, 0, { zone, length: 7 }),
    TheLastMonth: () => days(today, -29, { zone, length: 30 }),
    TheNextMonth: () => days(today, 0, { zone, length: 30 }),
  }
  return spans[name]?.()
}

function days(
  from: { year: number; month: number; day: number },
  shift: number,
  { zone, length }: { zone: string; length: number },
): Span {
  const start = { ...from, day: from.day + shift }
  return [dayStart(start, zone), dayStart({ ...start, day: start.day + length }, zone)]
}

function invalid(why: string): never {
  return refuse(1254018, `filter: ${why}`)
}
