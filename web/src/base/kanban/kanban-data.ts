import type { WebCell, WebField } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import type { WebColumn, WebKanban } from '#sandbox/feishu/bitable/web/kanban-shapes.ts'
import { send } from '../../api/client.ts'
import { queryClient, useWeb } from '../../api/query.ts'
import { useTry } from '../../ui/toast.tsx'
import { type RowPlace, tablePath, viewQuery } from '../sync/base-data.ts'

export function useKanban(place: RowPlace, count: number) {
  const stack = place.view.layout.stack ?? ''
  const path = `${tablePath(place.app, place.table.table_id)}/kanban?${viewQuery(place)}&stack=${stack}&count=${count}`
  return { path, ...useWeb<WebKanban>(path, [...place.table.parts, 'bitable-layout']) }
}

/** Puts a card into another column: at once on the screen, then in the sandbox. */
export function useMoveCard(place: RowPlace, path: string) {
  const attempt = useTry()
  return async (recordId: string, field: WebField, to: string | null) => {
    const key = ['web', path]
    queryClient.setQueryData<WebKanban>(key, (data) => data && moved(data, recordId, to))
    const name = field.property?.options?.find((option) => option.id === to)?.name ?? null
    const body = { changes: [{ record_id: recordId, cells: { [field.field_id]: name } }] }
    const table = tablePath(place.app, place.table.table_id)
    const done = await attempt(() => send('PATCH', `${table}/rows`, body))
    if (!done) await queryClient.invalidateQueries({ queryKey: key })
  }
}

function moved(data: WebKanban, recordId: string, to: string | null): WebKanban {
  const from = data.columns.find(({ rows }) => rows.some((row) => row.record_id === recordId))
  const row = from?.rows.find((one) => one.record_id === recordId)
  if (!row || !from || from.option_id === to || data.stack === null) return data
  const cells: Record<string, WebCell> = { ...row.cells }
  if (to === null) delete cells[data.stack]
  else cells[data.stack] = to
  const columns = data.columns.map((column): WebColumn => {
    if (column === from)
      return { ...column, count: column.count - 1, rows: column.rows.filter((one) => one !== row) }
    if (column.option_id !== to) return column
    return { ...column, count: column.count + 1, rows: [{ ...row, cells }, ...column.rows] }
  })
  return { ...data, columns }
}
