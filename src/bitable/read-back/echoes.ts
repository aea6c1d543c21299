import type { FieldDef } from '#src/contracts/table.ts'
import { sameField } from '../row-values.ts'

/** Events arrive within seconds; one that comes later only costs a read. */
const keptMs = 120_000
const mostPlaces = 100_000

export interface Echoes {
  /** A record was just created by us. */
  created(recordId: string): void
  /** A cell of ours was just changed from `before` to `value`. */
  updated(recordId: string, field: string, change: { before: unknown; value: unknown }): void
  /** Whether an event's value is the echo of such a write. Each write explains one event only. */
  explains(recordId: string, field: string, event: { def: FieldDef; value: unknown }): boolean
  /** An event about the record was looked at. */
  seen(recordId: string): void
}

/**
 * Echoes of our own writes that have not arrived yet. When a cell is written twice in short order, the event of the
 * first write no longer shows what is in the table; without this every such event would cost a read. Forgetting is
 * harmless, so nothing of it is stored.
 */
export function createEchoes(now: () => number): Echoes {
  const creates = new Map<string, number>()
  const cells = new Map<string, { value: unknown; at: number }[]>()
  const placeOf = (recordId: string, field: string) => `${recordId}/${field}`
  const add = (place: string, value: unknown) => {
    if (cells.size > mostPlaces) cells.clear()
    const fresh = (cells.get(place) ?? []).filter((entry) => now() - entry.at <= keptMs)
    cells.set(place, [...fresh, { value, at: now() }])
  }
  return {
    created(recordId) {
      if (creates.size > mostPlaces) creates.clear()
      creates.set(recordId, now())
    },
    updated(recordId, field, { before, value }) {
      const place = placeOf(recordId, field)
      if (now() - (creates.get(recordId) ?? 0) <= keptMs) add(place, before)
      add(place, value)
    },
    explains(recordId, field, { def, value }) {
      const place = placeOf(recordId, field)
      const entries = cells.get(place)?.filter((entry) => now() - entry.at <= keptMs) ?? []
      const index = entries.findIndex((entry) => sameField(def, entry.value, value))
      if (index < 0) return false
      entries.splice(index, 1)
      if (entries.length === 0) cells.delete(place)
      else cells.set(place, entries)
      return true
    },
    seen: (recordId) => void creates.delete(recordId),
  }
}
