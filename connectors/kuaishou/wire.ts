/** How single values look on Kuaishou's wire: 64-bit ids, integer fen, ms. */
import { z } from 'zod'
import { insideSchema } from '../kit/inside-schema.ts'
import { optionalInstantFromMillis } from '../kit/time.ts'

const digitsOrText = z.union([z.string(), z.number().int()])

export const id = digitsOrText.transform(String).pipe(z.string().regex(/^\d+$/))
export const optionalId = digitsOrText
  .nullish()
  .transform((value) => (value === undefined || value === null || value === '' ? undefined : String(value)))
export const optionalText = z
  .string()
  .nullish()
  .transform((value) => (value ? value : undefined))
export const fen = z.number().int().safe()
export const optionalFen = fen.nullish().transform((value) => value ?? undefined)
export const optionalTime = z
  .union([z.string(), z.number()])
  .nullish()
  .transform(insideSchema(optionalInstantFromMillis))
export const time = optionalTime.refine((value) => value !== undefined, 'time is missing').transform(Number)
export const code = z.union([z.string().regex(/^\d+$/), z.number().int()]).transform(Number)
export const optionalCode = code.nullish().transform((value) => value ?? undefined)
