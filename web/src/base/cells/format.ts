import type { WebCell, WebField, WebFile, WebPlace, WebRef } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { isDate, isSelect, types } from './types.ts'

const symbols: Record<string, string> = {
  CNY: '¥',
  USD: '$',
  EUR: '€',
  GBP: '£',
  JPY: 'JP¥',
  HKD: 'HK$',
  TWD: 'NT$',
  KRW: '₩',
  INR: '₹',
  RUB: '₽',
  THB: '฿',
  VND: '₫',
  AUD: 'AU$',
  CAD: 'CA$',
  BRL: 'R$',
  TRY: '₺',
  PHP: '₱',
  PLN: 'zł',
  SGD: 'S$',
  MYR: 'RM',
}

/** A number as its field's formatter writes it. */
export function numberText(field: WebField, value: number): string {
  const { formatter = '0', currency_code } = field.property ?? {}
  const decimals = /\.(0+)/.exec(formatter)?.[1]?.length ?? 0
  const fixed = (n: number, grouped: boolean) =>
    n.toLocaleString('en-US', {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
      useGrouping: grouped,
    })
  if (field.ui_type === 'Currency')
    return `${symbols[currency_code ?? ''] ?? `${currency_code} `}${fixed(value, true)}`
  if (formatter.includes('%')) return `${fixed(value * 100, false)}%`
  if (formatter.startsWith('¥') || formatter.startsWith('$')) return `${formatter[0]}${fixed(value, true)}`
  return fixed(value, formatter.includes(','))
}

export interface WallTime {
  year: number
  month: number
  day: number
  hour: number
  minute: number
}

const zones = new Map<string, Intl.DateTimeFormat>()

/** ms a calendar can show; a cell may hold any whole number. */
const mostMs = 8.6e15

/** What the clocks of a zone showed at an instant (ms); the nearest one a calendar knows. */
export function wallTime(given: number, zone: string): WallTime {
  const ms = Number.isFinite(given) ? Math.max(-mostMs, Math.min(mostMs, given)) : 0
  const format =
    zones.get(zone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    })
  zones.set(zone, format)
  const parts = new Map(format.formatToParts(ms).map((part) => [part.type, Number(part.value)]))
  const of = (name: 'year' | 'month' | 'day' | 'hour' | 'minute') => parts.get(name) ?? 0
  return { year: of('year'), month: of('month'), day: of('day'), hour: of('hour'), minute: of('minute') }
}

/** The instant (ms) of a wall-clock time in a zone. */
export function instantOf(time: WallTime, zone: string): number {
  const asUtc = Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute)
  const offset = (ms: number) => {
    const shown = wallTime(ms, zone)
    return (
      Date.UTC(shown.year, shown.month - 1, shown.day, shown.hour, shown.minute) -
      Math.floor(ms / 60_000) * 60_000
    )
  }
  return asUtc - offset(asUtc - offset(asUtc))
}

/** `2026/03/01 09:30` */
export function clockText(ms: number, zone: string): string {
  const { year, month, day, hour, minute } = wallTime(ms, zone)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${year}/${two(month)}/${two(day)} ${two(hour)}:${two(minute)}`
}

/** A date (ms) as its field's formatter writes it. */
export function dateText(field: WebField, ms: number, zone: string): string {
  if (!Number.isFinite(ms) || Math.abs(ms) > mostMs) return String(ms)
  const { year, month, day, hour, minute } = wallTime(ms, zone)
  const two = (n: number) => String(n).padStart(2, '0')
  return (field.property?.date_formatter ?? 'yyyy/MM/dd')
    .replace('yyyy', String(year))
    .replace('MM', two(month))
    .replace('dd', two(day))
    .replace('HH', two(hour))
    .replace('mm', two(minute))
}

/** A cell as plain text: what is copied, and what a label says. */
export function cellText(field: WebField, cell: WebCell | null | undefined, zone: string): string {
  if (cell === undefined || cell === null) return ''
  if (isSelect(field.type)) {
    const options = new Map(field.property?.options?.map((option) => [option.id, option.name]))
    return (Array.isArray(cell) ? cell : [cell])
      .map((id) => options.get(String(id)) ?? '')
      .filter(Boolean)
      .join(',')
  }
  if (typeof cell === 'number')
    return isDate(field.type) ? dateText(field, cell, zone) : numberText(field, cell)
  if (typeof cell === 'boolean') return cell ? 'true' : 'false'
  if (typeof cell === 'string') return cell
  if (Array.isArray(cell))
    return (cell as (WebRef | WebFile | string)[])
      .map((one) => (typeof one === 'string' ? one : one.name))
      .join(',')
  if (field.type === types.location) return (cell as WebPlace).full_address
  return 'text' in cell ? cell.text : ''
}
