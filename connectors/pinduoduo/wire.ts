/** How single values look on Pinduoduo's wire: ids as 64-bit numbers or text, money in yuan, times as GMT+8 text. */
import { z } from 'zod'
import { insideSchema } from '../kit/inside-schema.ts'
import { fenFromYuan, optionalFenFromYuan } from '../kit/money.ts'
import { optionalInstantFromGmt8 } from '../kit/time.ts'

const digitsOrText = z.union([z.string(), z.number().int()])

export const id = digitsOrText.transform(String).pipe(z.string().min(1))
export const optionalId = digitsOrText
  .nullish()
  .transform((value) => (value === undefined || value === null || value === '' ? undefined : String(value)))
export const optionalText = z
  .string()
  .nullish()
  .transform((value) => (value ? value : undefined))

const amount = z.union([z.string(), z.number()])
export const yuan = amount.transform(insideSchema(fenFromYuan))
export const optionalYuan = amount.nullish().transform(insideSchema(optionalFenFromYuan))
export const optionalTime = z.string().nullish().transform(insideSchema(optionalInstantFromGmt8))
export const time = optionalTime.refine((value) => value !== undefined, 'time is missing').transform(Number)
/** Numbers that name a state; some answers write them as text. */
export const code = z.union([z.string().regex(/^\d+$/), z.number().int()]).transform(Number)
export const optionalCode = code.nullish().transform((value) => value ?? undefined)
export const count = z.coerce.number().int().nonnegative()
