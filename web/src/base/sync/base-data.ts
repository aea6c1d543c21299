import { useQueries } from '@tanstack/react-query'
import type {
  WebBase,
  WebBaseEntry,
  WebField,
  WebOutline,
  WebRow,
  WebRows,
  WebTable,
  WebView,
} from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { get } from '../../api/client.ts'
import { useWeb } from '../../api/query.ts'

/** Rows are fetched in windows of this many. */
export const windowRows = 100

export function useBases() {
  return useWeb<WebBaseEntry[]>('base', ['bitable', 'drive'])
}

/** A base with its tables, fields and views. */
export function useBase(app: string) {
  return useWeb<WebBase>(`base/${encodeURIComponent(app)}`, ['bitable', 'bitable-layout', 'drive'])
}

/** Where the rows of a view are asked for. */
export interface RowPlace {
  app: string
  table: WebTable
  view: WebView
}

export function tablePath(app: string, tableId: string): string {
  return `base/${encodeURIComponent(app)}/tables/${encodeURIComponent(tableId)}`
}

/**
 * Query of a view's rows. `stamp` is ignored by the server: it makes another question of the same view under another
 * filter, order or grouping, so that no window of the old order is shown among the new ones.
 */
export function viewQuery({ view }: RowPlace): string {
  const { sort, group } = view.layout
  const stamp = JSON.stringify([view.filter, sort, group])
  return `view=${view.view_id}&stamp=${encodeURIComponent(stamp)}`
}

/** How many rows a view has, and its groups. */
export function useOutline(place: RowPlace) {
  const path = `${tablePath(place.app, place.table.table_id)}/outline?${viewQuery(place)}`
  return useWeb<WebOutline>(path, place.table.parts)
}

export function windowPath(place: RowPlace, index: number): string {
  const from = index * windowRows
  return `${tablePath(place.app, place.table.table_id)}/rows?${viewQuery(place)}&from=${from}&count=${windowRows}`
}

export interface Rows {
  /** The row at a place of the view's order; undefined while it is fetched. */
  at(place: number): WebRow | undefined
  /** The place of a fetched record. */
  placeOf(recordId: string): number | undefined
  error: Error | null
}

/** The rows of some windows (numbers of `windowRows` each). */
export function useRows(place: RowPlace, windows: readonly number[]): Rows {
  return useQueries({
    queries: windows.map((index) => {
      const path = windowPath(place, index)
      return {
        queryKey: ['web', path],
        queryFn: () => get<WebRows>(path),
        meta: { parts: place.table.parts },
        gcTime: 60_000,
      }
    }),
    combine: (results) => {
      const known = new Map<number, WebRow>()
      const places = new Map<string, number>()
      for (const { data } of results)
        for (const [i, row] of (data?.rows ?? []).entries()) {
          known.set((data?.from ?? 0) + i, row)
          places.set(row.record_id, (data?.from ?? 0) + i)
        }
      return {
        at: (index: number) => known.get(index),
        placeOf: (id: string) => places.get(id),
        error: results.find((result) => result.error)?.error ?? null,
      }
    },
  })
}

/** The fields a view shows from left to right: the primary field first, then by the view's own order. */
export function shownFields(table: WebTable, view: WebView): WebField[] {
  const hidden = new Set(view.hidden)
  return orderedFields(table, view).filter((field) => field.primary || !hidden.has(field.field_id))
}

export function orderedFields(table: WebTable, view: WebView): WebField[] {
  const rank = new Map(view.layout.order.map((id, i) => [id, i]))
  const last = view.layout.order.length
  const placed = table.fields.map((field, i) => ({
    field,
    at: field.primary ? -1 : (rank.get(field.field_id) ?? last + i),
  }))
  return placed.toSorted((a, b) => a.at - b.at).map(({ field }) => field)
}
