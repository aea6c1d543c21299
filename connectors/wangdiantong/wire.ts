/** How single values look on Wangdiantong's wire: numbers as text too, money in yuan, times as GMT+8 text or ms. */
import { z } from 'zod'
import { insideSchema } from '../kit/inside-schema.ts'
import { fenFromYuan, optionalFenFromYuan } from '../kit/money.ts'
import { optionalInstantFromGmt8, optionalInstantFromMillis } from '../kit/time.ts'

const textOrNumber = z.union([z.string(), z.number()])

export const optionalId = textOrNumber
  .nullish()
  .transform((value) => (value === undefined || value === null || value === '' ? undefined : String(value)))

export const id = z.union([z.string().min(1), z.number()]).transform(String)

export const optionalText = z
  .string()
  .nullish()
  .transform((value) => (value ? value : undefined))

/** `A,B` → both. */
export const numbers = textOrNumber.nullish().transform((value) =>
  String(value ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== ''),
)

export const yuan = textOrNumber.transform(insideSchema(fenFromYuan))
export const optionalYuan = textOrNumber.nullish().transform(insideSchema(optionalFenFromYuan))

/** UNVERIFIED: some answers of the flagship edition hold milliseconds instead of text. */
function readTime(value: string | number | null | undefined): number | undefined {
  return typeof value === 'number' || /^\d{13}$/.test(value ?? '')
    ? optionalInstantFromMillis(value)
    : optionalInstantFromGmt8(value)
}

export const optionalTime = textOrNumber.nullish().transform(insideSchema(readTime))
export const time = optionalTime.refine((value) => value !== undefined, 'time is missing').transform(Number)
