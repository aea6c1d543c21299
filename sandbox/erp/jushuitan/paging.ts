import { type Biz, codes, ErpFailure } from './gateway.ts'
import { parseTime } from './wire.ts'

const longestWindowMs = 7 * 86_400_000

export interface Page<T> {
  rows: T[]
  page_index: number
  page_size: number
  data_count: number
  page_count: number
  has_next: boolean
}

export function readObject(biz: Biz): Record<string, unknown> {
  if (Array.isArray(biz)) throw new ErpFailure(codes.badParameter, 'biz必须为对象')
  return biz
}

/** ms window, at most 7 days, both ends included; undefined when neither end was sent. */
export function readWindow(biz: Record<string, unknown>): { from: number; to: number } | undefined {
  if (biz.modified_begin === undefined && biz.modified_end === undefined) return undefined
  const from = parseTime(biz.modified_begin)
  const to = parseTime(biz.modified_end)
  if (Number.isNaN(from) || Number.isNaN(to)) {
    throw new ErpFailure(
      codes.badParameter,
      'modified_begin和modified_end必须同时存在，格式yyyy-MM-dd HH:mm:ss',
    )
  }
  if (to < from || to - from > longestWindowMs)
    throw new ErpFailure(codes.badParameter, '时间间隔不能超过七天')
  // The wire has whole seconds, rows have ms.
  return { from, to: to + 999 }
}

/** A list of at most `most` ids, as text. */
export function readIds(biz: Record<string, unknown>, name: string, most: number): Set<string> | undefined {
  const value = biz[name]
  if (value === undefined || value === null) return undefined
  if (!Array.isArray(value) || value.length > most)
    throw new ErpFailure(codes.badParameter, `${name}最多${most}个`)
  return value.length === 0 ? undefined : new Set(value.map(String))
}

export function page<T>(rows: readonly T[], biz: Record<string, unknown>, largest: number): Page<T> {
  const index = Number(biz.page_index ?? 1)
  const size = Number(biz.page_size ?? 30)
  if (!Number.isInteger(index) || index < 1) throw new ErpFailure(codes.badParameter, 'page_index从1开始')
  if (!Number.isInteger(size) || size < 1 || size > largest) {
    throw new ErpFailure(codes.badParameter, `page_size最大${largest}`)
  }
  return {
    rows: rows.slice((index - 1) * size, index * size),
    page_index: index,
    page_size: size,
    data_count: rows.length,
    page_count: Math.ceil(rows.length / size),
    has_next: index * size < rows.length,
  }
}
