/** How single values look on Douyin life's wire: ids as text or 64-bit numbers, money in fen, times in seconds. */
import { z } from 'zod'
import { insideSchema } from '../kit/inside-schema.ts'
import { optionalInstantFromSeconds } from '../kit/time.ts'

const digitsOrText = z.union([z.string(), z.number().int()])

export const id = digitsOrText.transform(String).pipe(z.string().min(1))
export const optionalId = digitsOrText
  .nullish()
  .transform((value) => (value === undefined || value === null || value === '' ? undefined : String(value)))
export const optionalText = z
  .string()
  .nullish()
  .transform((value) => (value ? value : undefined))

const whole = z.union([z.string().regex(/^-?\d+$/), z.number().int()]).transform(Number)
export const fen = whole.pipe(z.number().int().safe())
export const optionalFen = fen.nullish().transform((value) => value ?? undefined)
export const optionalTime = digitsOrText.nullish().transform(insideSchema(optionalInstantFromSeconds))
export const time = optionalTime.refine((value) => value !== undefined, 'time is missing').transform(Number)
/** Numbers that name a state. */
export const code = z.union([z.string().regex(/^\d+$/), z.number().int().nonnegative()]).transform(Number)
export const optionalCode = code.nullish().transform((value) => value ?? undefined)
