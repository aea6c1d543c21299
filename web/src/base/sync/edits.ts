import type {
  WebCell,
  WebLayout,
  WebPasted,
  WebRecord,
  WebRows,
} from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { send } from '../../api/client.ts'
import { queryClient } from '../../api/query.ts'
import { useTry } from '../../ui/toast.tsx'
import { tablePath } from './base-data.ts'

export interface CellChange {
  record_id: string
  field_id: string
  /** As in the open API; null empties. */
  value: unknown
  /** What is shown until the sandbox has answered. */
  shown: WebCell | undefined
}

/** Edits of a table's rows. What is typed shows at once; a refusal becomes a toast and the old value comes back. */
export function useEdits(app: string, tableId: string) {
  const attempt = useTry()
  const path = tablePath(app, tableId)
  const guarded = async (work: () => Promise<unknown>) => {
    const done = await attempt(work)
    if (!done) await refresh(path)
    return done
  }
  return {
    change(changes: readonly CellChange[]) {
      showAtOnce(path, changes)
      const rows = new Map<string, Record<string, unknown>>()
      for (const { record_id, field_id, value } of changes)
        rows.set(record_id, { ...rows.get(record_id), [field_id]: value })
      const body = { changes: [...rows].map(([record_id, cells]) => ({ record_id, cells })) }
      return guarded(() => send('PATCH', `${path}/rows`, body))
    },
    async add(rows: readonly Record<string, unknown>[]): Promise<string | undefined> {
      let made: string | undefined
      await guarded(async () => {
        const { record_ids } = await send<{ record_ids: string[] }>('POST', `${path}/rows`, { rows })
        made = record_ids[0]
        await refresh(path)
      })
      return made
    },
    remove: (record_ids: readonly string[]) =>
      guarded(() => send('POST', `${path}/rows/delete`, { record_ids })),
    async paste(rows: readonly { record_id?: string; texts: Record<string, string> }[]) {
      let answer: WebPasted | undefined
      await guarded(async () => {
        answer = await send<WebPasted>('POST', `${path}/rows/paste`, { rows })
      })
      return answer
    },
  }
}

/** Work on a table's fields and views. */
export function useStructure(app: string, tableId: string) {
  const attempt = useTry()
  const path = tablePath(app, tableId)
  const then = (work: () => Promise<unknown>) =>
    attempt(async () => {
      await work()
      await queryClient.invalidateQueries({ queryKey: ['web', `base/${encodeURIComponent(app)}`] })
    })
  return {
    addField: (body: object) => then(() => send('POST', `${path}/fields`, body)),
    changeField: (id: string, body: object) => then(() => send('PATCH', `${path}/fields/${id}`, body)),
    copyField: (id: string, view: string) => then(() => send('POST', `${path}/fields/${id}/copy`, { view })),
    deleteField: (id: string) => then(() => send('DELETE', `${path}/fields/${id}`)),
    changeView: (id: string, body: object) => then(() => send('PATCH', `${path}/views/${id}`, body)),
    changeLayout: (id: string, layout: Partial<WebLayout>) =>
      then(() => send('PATCH', `${path}/views/${id}`, { layout })),
    deleteView: (id: string) => then(() => send('DELETE', `${path}/views/${id}`)),
    async addView(body: object): Promise<string | undefined> {
      let made: string | undefined
      await then(async () => {
        made = (await send<{ view_id: string }>('POST', `${path}/views`, body)).view_id
      })
      return made
    },
    renameTable: (name: string) => then(() => send('PATCH', path, { name })),
    deleteTable: () => then(() => send('DELETE', path)),
  }
}

function refresh(path: string): Promise<void> {
  return queryClient.invalidateQueries({ predicate: ({ queryKey }) => startsWith(queryKey, `${path}/`) })
}

function showAtOnce(path: string, changes: readonly CellChange[]): void {
  const changed = <Row extends { record_id: string; cells: Record<string, WebCell> }>(row: Row): Row => {
    const mine = changes.filter((change) => change.record_id === row.record_id)
    if (mine.length === 0) return row
    const cells = { ...row.cells }
    for (const { field_id, shown } of mine) {
      if (shown === undefined) delete cells[field_id]
      else cells[field_id] = shown
    }
    return { ...row, cells }
  }
  queryClient.setQueriesData<WebRows>(
    { predicate: ({ queryKey }) => startsWith(queryKey, `${path}/rows?`) },
    (data) => data && { ...data, rows: data.rows.map(changed) },
  )
  queryClient.setQueriesData<WebRecord>(
    { predicate: ({ queryKey }) => startsWith(queryKey, `${path}/records/`) },
    (data) => (data && 'row' in data ? { ...data, row: changed(data.row) } : data),
  )
}

function startsWith(key: readonly unknown[], start: string): boolean {
  return typeof key[1] === 'string' && key[1].startsWith(start)
}
