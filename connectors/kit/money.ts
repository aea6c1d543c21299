import { DataError } from '#src/errors.ts'

/**
 * Decimal yuan as platforms write them (`"12.30"`, `12.3`, `"-0.5"`) to integer fen, by moving the point in the text:
 * no binary fraction is ever multiplied.
 *
 * @throws DataError `money_unreadable` for anything else: empty text, NaN, exponents, signs other than one `-`,
 * thousands separators, fractions of a fen, amounts beyond exact integers
 */
export function fenFromYuan(value: string | number): number {
  const text = typeof value === 'number' ? String(value) : value
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text)
  const [, sign, whole, fraction = ''] = match ?? []
  if (whole === undefined || !/^\d{0,2}0*$/.test(fraction)) throw unreadable(text)
  const fen = Number(`${whole}${fraction.slice(0, 2).padEnd(2, '0')}`)
  if (!Number.isSafeInteger(fen)) throw unreadable(text)
  return sign === '-' && fen !== 0 ? -fen : fen
}

/** Like `fenFromYuan`; absent, null and empty mean undefined. */
export function optionalFenFromYuan(value: string | number | null | undefined): number | undefined {
  return value === undefined || value === null || value === '' ? undefined : fenFromYuan(value)
}

/** Integer fen to decimal yuan with two digits: 1230 → `"12.30"`. */
export function yuanFromFen(fen: number): string {
  if (!Number.isSafeInteger(fen)) throw unreadable(String(fen))
  const digits = String(Math.abs(fen)).padStart(3, '0')
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

function unreadable(text: string): DataError {
  return new DataError('money_unreadable', `"${text.slice(0, 40)}" is not an amount of money 不是有效的金额`)
}
