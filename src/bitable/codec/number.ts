import { type Codec, looseJson, refused } from './codec.ts'

const asNumber = (wire: unknown): number | undefined => {
  const value = typeof wire === 'string' && wire.trim() !== '' ? Number(wire) : wire
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

export const numberCodec: Codec = {
  expected: () => 'a finite number',
  normal: (value) => (typeof value === 'number' && Number.isFinite(value) ? value + 0 : refused),
  toWire: (value) => value,
  fromWire: asNumber,
  fromEvent: (text) => asNumber(looseJson(text)),
  same: (a, b) => a === b,
}

/** Feishu shows and keeps numbers with 15 digits; beyond that fen and yuan no longer convert exactly. */
const maxFen = 999_999_999_999_999

const toFen = (wire: unknown): number | undefined => {
  const yuan = asNumber(wire)
  return yuan === undefined ? undefined : Math.round(yuan * 100) + 0
}

/** Integer fen with us, yuan in the table. */
export const moneyCodec: Codec = {
  expected: () => 'whole fen below 10^15',
  normal: (value) =>
    typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= maxFen ? value + 0 : refused,
  toWire: (value) => Number(value) / 100,
  fromWire: toFen,
  fromEvent: (text) => toFen(looseJson(text)),
  same: (a, b) => a === b,
}

/** Latest instant a JavaScript date can show. */
const maxInstant = 8.64e15

export const dateCodec: Codec = {
  expected: () => 'milliseconds since 1970 as a whole number',
  normal: (value) =>
    typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= maxInstant
      ? value + 0
      : refused,
  toWire: (value) => value,
  fromWire: asNumber,
  fromEvent: (text) => asNumber(looseJson(text)),
  /** UNVERIFIED whether the platform keeps milliseconds; people never see them, so they never count as an edit. */
  same: (a, b) => seconds(a) === seconds(b),
}

const seconds = (value: unknown): number | undefined =>
  typeof value === 'number' ? Math.floor(value / 1000) : undefined

export const checkboxCodec: Codec = {
  expected: () => 'true or false',
  normal: (value) => (typeof value === 'boolean' ? value || undefined : refused),
  toWire: (value) => value,
  fromWire: (wire) => (wire === true ? true : undefined),
  fromEvent: (text) => (looseJson(text) === true ? true : undefined),
  same: (a, b) => a === b,
}
