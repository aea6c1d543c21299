import { useRef, useState } from 'react'
import { get } from '../../api/client.ts'
import { useTry } from '../../ui/toast.tsx'
import { tablePath, viewQuery } from '../sync/base-data.ts'
import type { ViewProps } from '../view-props.ts'
import type { GridModel } from './use-grid-model.ts'

const nothing: ReadonlySet<string> = new Set()

/** The ticked records of a view. */
export function useChecked({ base, table, view }: ViewProps, model: GridModel) {
  const [kept, setKept] = useState<{ view: string; ids: ReadonlySet<string> }>({ view: '', ids: nothing })
  const last = useRef<number | undefined>(undefined)
  const attempt = useTry()
  const ids = kept.view === view.view_id ? kept.ids : nothing
  const put = (next: ReadonlySet<string>) => setKept({ view: view.view_id, ids: next })
  return {
    ids,
    clear: () => put(nothing),
    check(recordId: string, range: boolean, place: number) {
      const next = new Set(ids)
      const on = !next.has(recordId)
      const from = range && last.current !== undefined ? Math.min(last.current, place) : place
      const to = range && last.current !== undefined ? Math.max(last.current, place) : place
      for (let at = from; at <= to; at++) {
        const id = model.rows.at(at)?.record_id
        if (id === undefined) continue
        if (on) next.add(id)
        else next.delete(id)
      }
      last.current = place
      put(next)
    },
    async all() {
      if (model.total > 0 && ids.size >= model.total) return put(nothing)
      const place = { app: base.app_token, table, view }
      await attempt(async () => {
        const all = await get<{ ids: string[] }>(
          `${tablePath(base.app_token, table.table_id)}/ids?${viewQuery(place)}`,
        )
        put(new Set(all.ids))
      })
    },
  }
}
