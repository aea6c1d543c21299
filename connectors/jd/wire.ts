/** How single values look on JD's wire: numbers as text or numbers, money in yuan or fen, times as GMT+8 text. */
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
const digits = z.union([z.string().regex(/^\d+$/), z.number().int().nonnegative()])
/** Integer fen. */
export const fen = digits.transform(Number).pipe(z.number().int().safe())
/** The year 0001 means never. */
export const optionalTime = z.string().nullish().transform(insideSchema(optionalInstantFromGmt8))
export const time = optionalTime.refine((value) => value !== undefined, 'time is missing').transform(Number)
export const code = digits.transform(Number)
export const quantity = z.coerce.number().int().positive()
export const count = z.coerce.number().int().nonnegative()
