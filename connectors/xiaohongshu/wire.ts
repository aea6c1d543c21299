/** How single values look on Xiaohongshu's wire: ids as text, times in ms, money in fen or (refunds) yuan. */
import { z } from 'zod'
import { fen } from '#src/contracts/canonical.ts'
import { insideSchema } from '../kit/inside-schema.ts'
import { optionalFenFromYuan } from '../kit/money.ts'
import { optionalInstantFromMillis } from '../kit/time.ts'

const textOrNumber = z.union([z.string(), z.number()])

export const id = z.union([z.string().min(1), z.number()]).transform(String)

export const optionalId = textOrNumber
  .nullish()
  .transform((value) => (value === undefined || value === null || value === '' ? undefined : String(value)))

export const optionalText = z
  .string()
  .nullish()
  .transform((value) => (value ? value : undefined))

export const optionalFen = fen.nullish().transform((value) => value ?? undefined)
export const optionalYuan = textOrNumber.nullish().transform(insideSchema(optionalFenFromYuan))
export const optionalTime = textOrNumber.nullish().transform(insideSchema(optionalInstantFromMillis))
export const time = optionalTime.refine((value) => value !== undefined, 'time is missing').transform(Number)
