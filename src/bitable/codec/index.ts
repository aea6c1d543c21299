import type { FieldDef, FieldType } from '#src/contracts/table.ts'
import { DataError } from '#src/errors.ts'
import { type Codec, refused } from './codec.ts'
import { linkCodec } from './link.ts'
import { checkboxCodec, dateCodec, moneyCodec, numberCodec } from './number.ts'
import { groupCodec, personCodec } from './reference.ts'
import { multiSelectCodec, selectCodec } from './select.ts'
import { phoneCodec, textCodec } from './text.ts'

const codecs: Record<FieldType, Codec> = {
  text: textCodec,
  number: numberCodec,
  money: moneyCodec,
  select: selectCodec,
  multiSelect: multiSelectCodec,
  date: dateCodec,
  checkbox: checkboxCodec,
  person: personCodec,
  phone: phoneCodec,
  link: linkCodec,
  group: groupCodec,
}

export function codecOf(type: FieldType): Codec {
  return codecs[type]
}

/**
 * Our value of a field in its one normal form; undefined when it is empty.
 * @throws DataError `bitable_value_invalid` naming table, row, column and the form that is needed
 */
export function normalValue(def: FieldDef, value: unknown, place: { table: string; key: string }): unknown {
  if (value === undefined || value === null) return undefined
  const codec = codecs[def.type]
  const normal = codec.normal(value, def)
  if (normal !== refused) return normal
  throw new DataError(
    'bitable_value_invalid',
    `Table ${place.table}, row ${place.key}, column ${def.name}: ${brief(value)} cannot be written; it must be ${codec.expected(def)}.`,
    { table: place.table, row: place.key, column: def.name, expected: codec.expected(def) },
  )
}

/** Enough of the value to recognise it, never all of it: it may be a buyer's data. */
function brief(value: unknown): string {
  const text = typeof value === 'string' ? `"${value}"` : (JSON.stringify(value) ?? typeof value)
  return text.length > 40 ? `${text.slice(0, 39)}…` : text
}
