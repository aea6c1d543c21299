/** How single values look on WeChat's wire: ids as text or 64-bit numbers, money in fen, times in seconds. */
import { z } from 'zod'
import { insideSchema } from '../kit/inside-schema.ts'
import { instantFromSeconds, optionalInstantFromSeconds } from '../kit/time.ts'

const digitsOrText = z.union([z.string(), z.number().int().nonnegative()])

export const id = digitsOrText.transform(String).pipe(z.string().min(1))
export const optionalId = digitsOrText
  .nullish()
  .transform((value) => (value === undefined || value === null || value === '' ? undefined : String(value)))
export const optionalText = z
  .string()
  .nullish()
  .transform((value) => (value ? value : undefined))

const amount = z.union([z.string().regex(/^\d+$/), z.number()]).transform(Number)
export const fen = amount.pipe(z.number().int().safe().nonnegative())
export const optionalFen = fen.nullish().transform((value) => value ?? undefined)

const seconds = z.union([z.string(), z.number()])
export const time = seconds.transform(insideSchema(instantFromSeconds))
export const optionalTime = seconds.nullish().transform(insideSchema(optionalInstantFromSeconds))
/** Numbers that name a state. */
export const code = z.number().int()
