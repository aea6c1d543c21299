/** How single values look on Doudian's wire: ids as numbers or text, 0 for "none", times in unix s, money in fen. */
import { z } from 'zod'
import { insideSchema } from '../kit/inside-schema.ts'
import { optionalInstantFromSeconds } from '../kit/time.ts'

export const id = z.union([z.string().min(1), z.number()]).transform(String)

/** `0`, empty and absent mean that there is none. */
export const optionalId = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => {
    const text = String(value ?? '')
    return text === '' || text === '0' ? undefined : text
  })

export const optionalText = z
  .string()
  .nullish()
  .transform((value) => (value ? value : undefined))

const integer = z.union([
  z.number().int(),
  z
    .string()
    .regex(/^-?\d{1,15}$/)
    .transform(Number),
])
export const code = integer
export const optionalCode = integer.nullish().transform((value) => value ?? undefined)
export const fen = integer
export const optionalFen = integer.nullish().transform((value) => value ?? 0)

/** Unix s to ms; 0 and absent to undefined. */
export const optionalTime = integer.nullish().transform(insideSchema(optionalInstantFromSeconds))

export const time = optionalTime.refine((value) => value !== undefined, 'time is missing').transform(Number)
