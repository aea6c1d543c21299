import { FormulaError } from './formula-parse.ts'
import { clockTime, dayParts } from './zoned-day.ts'

export interface Moment {
  /** ms */
  date: number
}

export type FormulaValue = number | string | boolean | null | Moment

export interface FormulaPlace {
  /** IANA */
  zone: string
  /** ms */
  now: number
}

const dayMs = 86_400_000

export function isMoment(value: FormulaValue): value is Moment {
  return typeof value === 'object' && value !== null
}

export function asNumber(value: FormulaValue): number {
  if (value === null || value === '') return 0
  if (isMoment(value)) return value.date
  const number = Number(value)
  if (!Number.isFinite(number)) throw new FormulaError('not a number')
  return number
}

export function asText(value: FormulaValue, { zone }: FormulaPlace): string {
  if (value === null) return ''
  return isMoment(value) ? dateText(value.date, 'yyyy/MM/dd', zone) : String(value)
}

export function isTrue(value: FormulaValue): boolean {
  return (
    isMoment(value) || (value !== null && value !== '' && value !== 0 && value !== false && value !== 'false')
  )
}

function dateText(ms: number, format: string, zone: string): string {
  const { year, month, day } = dayParts(ms, zone)
  const { hour, minute } = clockTime(ms, zone)
  const two = (n: number) => String(n).padStart(2, '0')
  return format
    .replace(/y{4}/i, String(year))
    .replace('MM', two(month))
    .replace(/d{2}/i, two(day))
    .replace(/h{2}/i, two(hour))
    .replace('mm', two(minute))
}

function numberText(value: number, format: string): string {
  const decimals = /\.(0+)/.exec(format)?.[1]?.length ?? 0
  const percent = format.includes('%')
  const text = (percent ? value * 100 : value).toLocaleString('en-US', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    useGrouping: format.includes(','),
  })
  return percent ? `${text}%` : text
}

type Work = (args: FormulaValue[], place: FormulaPlace) => FormulaValue

const numbers = (args: FormulaValue[]) => args.filter((one) => one !== null && one !== '').map(asNumber)
const first = (args: FormulaValue[]): FormulaValue => args[0] ?? null
const math =
  (work: (a: number, b: number) => number): Work =>
  (args) => {
    const result = work(asNumber(first(args)), asNumber(args[1] ?? null))
    if (!Number.isFinite(result)) throw new FormulaError('no number comes out')
    return result
  }
const compare =
  (work: (order: number) => boolean): Work =>
  ([a = null, b = null], place) => {
    const plain = typeof a === 'string' || typeof b === 'string'
    const order = plain ? asText(a, place).localeCompare(asText(b, place)) : asNumber(a) - asNumber(b)
    return work(Math.sign(order))
  }
const part =
  (name: 'year' | 'month' | 'day'): Work =>
  (args, { zone }) =>
    dayParts(asNumber(first(args)), zone)[name]
const letters =
  (work: (text: string, count: number) => string): Work =>
  (args, place) =>
    work(asText(first(args), place), asNumber(args[1] ?? 1))

/** A date plus a number of days stays a date; the difference of two dates is days. */
const add: Work = ([a = null, b = null], place) => {
  if (isMoment(a) && !isMoment(b)) return { date: a.date + asNumber(b) * dayMs }
  if (isMoment(b) && !isMoment(a)) return { date: b.date + asNumber(a) * dayMs }
  const isText = (one: FormulaValue) => typeof one === 'string' && one !== '' && !Number.isFinite(Number(one))
  if (isText(a) || isText(b)) return asText(a, place) + asText(b, place)
  return asNumber(a) + asNumber(b)
}
const subtract: Work = ([a = null, b = null]) => {
  if (isMoment(a) && isMoment(b)) return (a.date - b.date) / dayMs
  return isMoment(a) ? { date: a.date - asNumber(b) * dayMs } : asNumber(a) - asNumber(b)
}

/** The useful part of the platform's functions; any other shows "#". UNVERIFIED in their details. */
export const functions: Record<string, Work> = {
  ADD: add,
  SUBTRACT: subtract,
  MULTIPLY: math((a, b) => a * b),
  DIVIDE: math((a, b) => a / b),
  MOD: math((a, b) => a % b),
  NEGATE: (args) => -asNumber(first(args)),
  EQ: compare((order) => order === 0),
  NE: compare((order) => order !== 0),
  GT: compare((order) => order > 0),
  LT: compare((order) => order < 0),
  GE: compare((order) => order >= 0),
  LE: compare((order) => order <= 0),
  AND: (args) => args.every(isTrue),
  OR: (args) => args.some(isTrue),
  NOT: (args) => !isTrue(first(args)),
  SUM: (args) => numbers(args).reduce((sum, one) => sum + one, 0),
  AVERAGE: (args) => {
    const all = numbers(args)
    return all.length === 0 ? 0 : all.reduce((sum, one) => sum + one, 0) / all.length
  },
  MAX: (args) => Math.max(...numbers(args)),
  MIN: (args) => Math.min(...numbers(args)),
  ROUND: math((a, b) => Math.round(a * 10 ** b) / 10 ** b),
  ABS: math((a) => Math.abs(a)),
  INT: math((a) => Math.floor(a)),
  VALUE: (args) => asNumber(first(args)),
  CONCATENATE: (args, place) => args.map((one) => asText(one, place)).join(''),
  LEN: (args, place) => asText(first(args), place).length,
  UPPER: letters((text) => text.toUpperCase()),
  LOWER: letters((text) => text.toLowerCase()),
  TRIM: letters((text) => text.trim()),
  LEFT: letters((text, count) => text.slice(0, count)),
  RIGHT: letters((text, count) => (count === 0 ? '' : text.slice(-count))),
  CONTAINTEXT: ([a = null, b = null], place) => asText(a, place).includes(asText(b, place)),
  ISBLANK: (args) => first(args) === null || first(args) === '',
  TODAY: (_args, { now }) => ({ date: now - (now % dayMs) }),
  NOW: (_args, { now }) => ({ date: now }),
  YEAR: part('year'),
  MONTH: part('month'),
  DAY: part('day'),
  DAYS: ([end = null, start = null]) => Math.floor((asNumber(end) - asNumber(start)) / dayMs),
  DATEDIF: ([start = null, end = null, unit = 'D'], { zone }) => {
    const [a, b] = [dayParts(asNumber(start), zone), dayParts(asNumber(end), zone)]
    const months = (b.year - a.year) * 12 + b.month - a.month - (b.day < a.day ? 1 : 0)
    if (unit === 'Y') return Math.floor(months / 12)
    return unit === 'M' ? months : Math.floor((asNumber(end) - asNumber(start)) / dayMs)
  },
  TEXT: ([value = null, format = ''], place) => {
    const wanted = asText(format, place)
    return isMoment(value) ? dateText(value.date, wanted, place.zone) : numberText(asNumber(value), wanted)
  },
}
