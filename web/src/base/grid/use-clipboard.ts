import type { ClipboardEvent } from 'react'
import type { WebRow, WebRows } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { get } from '../../api/client.ts'
import { queryClient } from '../../api/query.ts'
import { useT } from '../../shell/language.tsx'
import { useToast, useTry } from '../../ui/toast.tsx'
import { cellText } from '../cells/format.ts'
import { windowPath, windowRows } from '../sync/base-data.ts'
import type { useEdits } from '../sync/edits.ts'
import type { ViewProps } from '../view-props.ts'
import { readTsv, writeTsv } from './tsv.ts'
import type { GridModel } from './use-grid-model.ts'
import type { Selection } from './use-selection.ts'

export interface ClipboardSetup extends ViewProps {
  model: GridModel
  selection: Selection
  edits: ReturnType<typeof useEdits>
}

const mostRows = 2_000

/** Copies and pastes cells as spreadsheets do. */
export function useClipboard({ base, table, view, fields, model, selection, edits }: ClipboardSetup) {
  const t = useT()
  const show = useToast()
  const attempt = useTry()
  const rowsBetween = async (from: number, to: number): Promise<(WebRow | undefined)[]> => {
    const place = { app: base.app_token, table, view }
    const rows: (WebRow | undefined)[] = []
    for (let at = from; at <= to; at++) {
      const known = model.rows.at(at)
      if (known) rows.push(known)
      else {
        const path = windowPath(place, Math.floor(at / windowRows))
        const data = await queryClient.fetchQuery({
          queryKey: ['web', path],
          queryFn: () => get<WebRows>(path),
          staleTime: 5_000,
        })
        rows.push(data.rows[at - data.from])
      }
    }
    return rows
  }
  const copy = (event: ClipboardEvent) => {
    const { box } = selection
    if (!box || isText(event.target)) return false
    event.preventDefault()
    const columns = fields.slice(box.left, box.right + 1)
    const textOf = (rows: readonly (WebRow | undefined)[]) =>
      writeTsv(
        rows.map((row) =>
          columns.map((field) => cellText(field, row?.cells[field.field_id], base.time_zone)),
        ),
      )
    const bottom = Math.min(box.bottom, box.top + mostRows - 1)
    const near: (WebRow | undefined)[] = []
    for (let at = box.top; at <= bottom; at++) near.push(model.rows.at(at))
    if (near.every((row) => row !== undefined)) event.clipboardData.setData('text/plain', textOf(near))
    else void attempt(async () => navigator.clipboard.writeText(textOf(await rowsBetween(box.top, bottom))))
    return true
  }
  const empty = () => {
    const { box } = selection
    if (!box) return
    const changes = []
    for (let at = box.top; at <= box.bottom; at++)
      for (const field of fields.slice(box.left, box.right + 1)) {
        const row = model.rows.at(at)
        if (row && field.editable)
          changes.push({ record_id: row.record_id, field_id: field.field_id, value: null, shown: undefined })
      }
    if (changes.length > 0) void edits.change(changes)
  }
  const put = async (matrix: readonly (readonly string[])[]) => {
    const { box } = selection
    if (!box) return
    const single = matrix.length === 1 && matrix[0]?.length === 1
    const height = single ? box.bottom - box.top + 1 : matrix.length
    const width = single ? box.right - box.left + 1 : Math.max(...matrix.map((row) => row.length))
    const columns = fields.slice(box.left, box.left + width)
    const last = Math.min(box.top + height, model.total) - 1
    const known = await rowsBetween(box.top, last)
    const grows = table.may.add && view.layout.group.length === 0
    const rows = Array.from({ length: grows ? height : known.length }, (_, i) => {
      const source = single ? matrix[0] : matrix[i]
      const texts = Object.fromEntries(
        columns.flatMap((field, j) => {
          const text = single ? source?.[0] : source?.[j]
          return text === undefined ? [] : [[field.field_id, text]]
        }),
      )
      const id = known[i]?.record_id
      return { ...(id !== undefined && { record_id: id }), texts }
    })
    const answer = await edits.paste(rows)
    if (!answer) return
    if (answer.skipped > 0)
      show(
        'warning',
        t(
          `有 ${answer.skipped} 个单元格的内容与字段类型不符，已跳过`,
          `${answer.skipped} cells did not fit their fields and were skipped`,
        ),
      )
  }
  return {
    copy,
    cut(event: ClipboardEvent) {
      if (copy(event)) empty()
    },
    paste(event: ClipboardEvent) {
      if (isText(event.target)) return
      const text = event.clipboardData.getData('text/plain')
      if (text === '' || !selection.box) return
      event.preventDefault()
      void attempt(() => put(readTsv(text).slice(0, mostRows)))
    },
  }
}

function isText(target: EventTarget): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea') !== null
}
