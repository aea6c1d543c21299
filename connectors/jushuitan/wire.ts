/** How single values look on Jushuitan's wire: ids as numbers, money in yuan, times as GMT+8 text. */
import { z } from 'zod'
import { messageOf } from '#src/errors.ts'
import { fenFromYuan, optionalFenFromYuan } from '../kit/money.ts'
import { optionalInstantFromGmt8 } from '../kit/time.ts'

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

/** Runs a strict reader inside zod, so that a failure carries the field's path. */
function read<I, O>(reader: (value: I) => O) {
  return (value: I, context: z.RefinementCtx): O => {
    try {
      return reader(value)
    } catch (error) {
      context.addIssue({ code: 'custom', message: messageOf(error) })
      return z.NEVER
    }
  }
}

export const yuan = number.transform(read(fenFromYuan))
export const optionalYuan = number.nullish().transform(read(optionalFenFromYuan))
export const optionalTime = z.string().nullish().transform(read(optionalInstantFromGmt8))
export const time = optionalTime.refine((value) => value !== undefined, 'time is missing').transform(Number)
