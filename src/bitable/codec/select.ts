import type { FieldDef } from '#src/contracts/table.ts'
import { type Codec, type EventCell, isRecord, looseJson, refused } from './codec.ts'

const namesOf = (def: FieldDef): string[] => def.options.map((option) => option.name)

const optionName = (wire: unknown): string | undefined => {
  if (typeof wire === 'string') return wire === '' ? undefined : wire
  if (isRecord(wire)) return optionName(wire.text ?? wire.name)
  return undefined
}

/** UNVERIFIED beyond a single option: events name options by id, with or without JSON around it. */
const named = (value: unknown, cell: EventCell): string | undefined => {
  const name = optionName(value)
  return name === undefined ? undefined : (cell.optionsById.get(name) ?? name)
}

/** The platform creates an unknown option without a word, so only the options of the definition are ever written. */
export const selectCodec: Codec = {
  expected: (def) => `one of ${namesOf(def).join(' / ')}`,
  normal(value, def) {
    if (value === '') return undefined
    return typeof value === 'string' && namesOf(def).includes(value) ? value : refused
  },
  toWire: (value, options) => options.get(String(value)) ?? value,
  fromWire: (wire) => optionName(Array.isArray(wire) ? wire[0] : wire),
  fromEvent(text, cell) {
    const value = looseJson(text)
    return named(Array.isArray(value) ? value[0] : value, cell)
  },
  same: (a, b) => a === b,
}

const nameList = (wire: unknown, read: (item: unknown) => string | undefined): string[] | undefined => {
  const names = (Array.isArray(wire) ? wire : [wire]).map(read).filter((name) => name !== undefined)
  return names.length === 0 ? undefined : [...new Set(names)]
}

export const multiSelectCodec: Codec = {
  expected: (def) => `a list of any of ${namesOf(def).join(' / ')}`,
  normal(value, def) {
    if (!Array.isArray(value)) return refused
    const known = namesOf(def)
    if (!value.every((item) => typeof item === 'string' && known.includes(item))) return refused
    return value.length === 0 ? undefined : [...new Set(value)]
  },
  toWire: (value, options) => (value as string[]).map((name) => options.get(name) ?? name),
  fromWire: (wire) => nameList(wire, optionName),
  fromEvent: (text, cell) => nameList(text === '' ? [] : looseJson(text), (item) => named(item, cell)),
  /** The order in which options were ticked means nothing. */
  same: (a, b) => sorted(a) === sorted(b),
}

const sorted = (value: unknown): string => JSON.stringify(Array.isArray(value) ? value.toSorted() : [])
