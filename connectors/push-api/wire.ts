/** How single values are written: money in yuan, times as ISO 8601, as GMT+8 text or as ms. */
import { z } from 'zod'
import { insideSchema } from '../kit/inside-schema.ts'
import { fenFromYuan } from '../kit/money.ts'
import { instantFromGmt8, instantFromMillis } from '../kit/time.ts'

export const id = z.string().trim().min(1).max(128)
export const text = z.string().max(2_000)

/** Yuan, `"12.30"` or 12.3. */
export const money = z.union([z.string(), z.number()]).transform(insideSchema(fenFromYuan))

const zoned = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/

/** `2026-11-21T10:00:00+08:00`, `2026-11-21 10:00:00` (meant in GMT+8), or ms. */
export const time = z.union([z.string(), z.number()]).transform(
  insideSchema((value: string | number): number => {
    if (typeof value === 'number') return instantFromMillis(value)
    if (!zoned.test(value)) return instantFromGmt8(value)
    const instant = Date.parse(value)
    if (Number.isNaN(instant)) throw new TypeError(`"${value}" is not a time 不是有效的时间`)
    return instant
  }),
)
