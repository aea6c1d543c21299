import type { FieldDef } from '#src/contracts/table.ts'

/** The live names of a select's options, by the name we know them by: people may rename an option. */
export type OptionNames = ReadonlyMap<string, string>

/**
 * Turns one kind of value into Feishu's shapes and back. `undefined` stands for an empty cell everywhere, so that a
 * cleared cell, a missing one and an unticked box compare as equal.
 */
export interface Codec {
  /** What a right value looks like, for the message of a refusal. */
  expected(def: FieldDef): string
  /** Our value in its one normal form, undefined when empty, `refused` when it is not of this kind. */
  normal(value: unknown, def: FieldDef): unknown | typeof refused
  /** The value in a create or update call; never called with an empty one. */
  toWire(value: unknown, options: OptionNames): unknown
  /** Our value from a create answer, a search or a batch_get; what cannot be read is empty. */
  fromWire(wire: unknown): unknown
  /** Our value from the text of `field_value` in a record event. */
  fromEvent(text: string, cell: EventCell): unknown
  same(a: unknown, b: unknown): boolean
}

/** One changed cell as a record event carries it. */
export interface EventCell {
  /** Option names by option id of this field. */
  optionsById: ReadonlyMap<string, string>
  /** open_ids of `field_identity_value.users` (people columns have no other value in events). */
  people: readonly string[]
}

export const refused = Symbol('refused')

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The value of a JSON text; the text itself when it is none (events send some values bare). */
export function looseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
