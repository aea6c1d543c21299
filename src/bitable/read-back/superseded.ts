import type { FieldDef } from '#src/contracts/table.ts'
import { sameField } from '../row-values.ts'

/** Events arrive within seconds; one that comes later only costs a read. */
const keptMs = 120_000
const mostPlaces = 50_000

export interface Superseded {
  /** Our `value` of a cell has just been overwritten by another of ours. */
  add(place: string, value: unknown): void
  /** The cell's present value is not ours: overwriting it leaves no echo of ours on the way. */
  notOurs(place: string): void
  /** Whether an event's value is the echo of such a write. Each write explains one event only. */
  explains(place: string, def: FieldDef, value: unknown): boolean
}

export const placeOf = (recordId: string, fieldKey: string) => `${recordId}/${fieldKey}`

/**
 * When a cell is written twice in short order, the first write's event no longer shows what is in the table. Without
 * this every such event would cost a read.
 */
export function createSuperseded(now: () => number): Superseded {
  const values = new Map<string, { value: unknown; at: number }[]>()
  const foreign = new Set<string>()
  const sweep = () => {
    for (const [place, entries] of values) {
      if (entries.every((entry) => now() - entry.at > keptMs)) values.delete(place)
    }
    if (values.size > mostPlaces) values.clear()
  }
  return {
    add(place, value) {
      if (foreign.delete(place)) return
      if (values.size > mostPlaces) sweep()
      const entries = values.get(place) ?? []
      entries.push({ value, at: now() })
      values.set(place, entries.slice(-20))
    },
    notOurs(place) {
      if (foreign.size > mostPlaces) foreign.clear()
      foreign.add(place)
    },
    explains(place, def, value) {
      const entries = values.get(place)?.filter((entry) => now() - entry.at <= keptMs) ?? []
      const index = entries.findIndex((entry) => sameField(def, entry.value, value))
      if (index < 0) return false
      entries.splice(index, 1)
      values.set(place, entries)
      return true
    },
  }
}
