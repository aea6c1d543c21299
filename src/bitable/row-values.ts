import type { AnyTable, FieldDef } from '#src/contracts/table.ts'
import { DataError } from '#src/errors.ts'
import { codecOf, normalValue } from './codec/index.ts'

/** A row's values by field key; a key that is not there is an empty cell. */
export type Values = Readonly<Record<string, unknown>>

export function fieldsOf(table: AnyTable): [string, FieldDef][] {
  return Object.entries(table.fields)
}

export function fieldOf(table: AnyTable, key: string): FieldDef | undefined {
  return Object.hasOwn(table.fields, key) ? table.fields[key] : undefined
}

/** The key of the field that holds the row's key: always the first. */
export function keyField(table: AnyTable): string {
  const first = Object.keys(table.fields)[0]
  if (first === undefined) throw new Error(`Table ${table.id} has no fields`)
  return first
}

const maxKeyChars = 500

/** @throws DataError `bitable_key_invalid` */
export function checkKey(table: AnyTable, key: string): string {
  const fine = typeof key === 'string' && key !== '' && key.length <= maxKeyChars
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (fine && key === key.trim() && key.isWellFormed() && !/[\u0000-\u001f]/.test(key)) return key
  throw new DataError(
    'bitable_key_invalid',
    `Table ${table.id}: a row's key must be 1 to ${maxKeyChars} printable characters without spaces around them.`,
    { table: table.id },
  )
}

/**
 * What a caller gave, in normal form: `null` for a field to be emptied.
 * @throws DataError `bitable_value_invalid`, `bitable_field_unknown`
 */
export function normalChanges(table: AnyTable, key: string, given: Values): Record<string, unknown> {
  const changes: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(given)) {
    const def = fieldOf(table, name)
    if (def === undefined) {
      throw new DataError('bitable_field_unknown', `Table ${table.id} has no field ${name}.`, {
        table: table.id,
      })
    }
    if (value === undefined || def.isKey) continue
    changes[name] = normalValue(def, value, { table: table.name, key }) ?? null
  }
  return changes
}

/** `base` with the changes laid over it; emptied fields are gone. */
export function merged(base: Values, changes: Values): Record<string, unknown> {
  const result: Record<string, unknown> = { ...base }
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === undefined) delete result[name]
    else result[name] = value
  }
  return result
}

export function sameField(def: FieldDef, a: unknown, b: unknown): boolean {
  const [left, right] = [a ?? undefined, b ?? undefined]
  if (left === undefined || right === undefined) return left === right
  return codecOf(def.type).same(left, right)
}

/** Fields whose value differs, with the value `to` has (`null` when it has none). */
export function differences(table: AnyTable, from: Values, to: Values): Record<string, unknown> {
  const found: Record<string, unknown> = {}
  for (const [name, def] of fieldsOf(table)) {
    if (!sameField(def, from[name], to[name])) found[name] = to[name] ?? null
  }
  return found
}
