/** How single values look on TOP's wire: ids as 64-bit numbers or text, money in yuan, times as GMT+8 text. */
import { z } from 'zod'
import { insideSchema } from '../inside-schema.ts'
import { fenFromYuan, optionalFenFromYuan } from '../money.ts'
import { optionalInstantFromGmt8 } from '../time.ts'

export const id = z.union([z.string().min(1), z.number()]).transform(String)

export const optionalId = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value === undefined || value === null || value === '' ? undefined : String(value)))

export const optionalText = z
  .string()
  .nullish()
  .transform((value) => (value ? value : undefined))

const number = z.union([z.string(), z.number()])
export const yuan = number.transform(insideSchema(fenFromYuan))
export const optionalYuan = number.nullish().transform(insideSchema(optionalFenFromYuan))
export const optionalTime = z.string().nullish().transform(insideSchema(optionalInstantFromGmt8))
export const time = optionalTime.refine((value) => value !== undefined, 'time is missing').transform(Number)
/** `true`, `"true"` */
export const flag = z
  .union([z.boolean(), z.string()])
  .nullish()
  .transform((value) => value === true || value === 'true')
export const count = z.coerce.number().int().nonnegative()
