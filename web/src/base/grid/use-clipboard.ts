import type { ClipboardEvent } from 'react'
import type { WebField, WebRow, WebRows } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { get } from '../../api/client.ts'
import { queryClient } from '../../api/query.ts'
import { useT } from '../../shell/language.tsx'
import { useToast, useTry } from '../../ui/toast.tsx'
import { cellText } from '../cells/format.ts'
import { type RowPlace, type Rows, windowPath, windowRows } from '../sync/base-data.ts'
import type { useEdits } from '../sync/edits.ts'
import type { ViewProps } from '../view-props.ts'
import { clearCells } from './clear-cells.ts'
import { readTsv, writeTsv } from './tsv.ts'
import type { GridModel } from './use-grid-model.ts'
import type { Box, Selection } from './use-selection.ts'

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
  const place = { app: base.app_token, table, view }
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
    else
      void attempt(async () =>
        navigator.clipboard.writeText(
          textOf(await rowsBetween(place, model.rows, { from: box.top, to: bottom })),
        ),
      )
    return true
  }
  const put = async (matrix: readonly (readonly string[])[]) => {
    const { box } = selection
    if (!box) return
    const size = sizeOf(matrix, box)
    const last = Math.min(box.top + size.height, model.total) - 1
    const known = await rowsBetween(place, model.rows, { from: box.top, to: last })
    const grows = table.may.add && view.layout.group.length === 0
    const columns = fields.slice(box.left, box.left + size.width)
    const rows = Array.from({ length: grows ? size.height : known.length }, (_, i) => {
      const id = known[i]?.record_id
      return { ...(id !== undefined && { record_id: id }), texts: textsOf(matrix, columns, i) }
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
      if (copy(event)) clearCells({ fields, model, selection, edits })
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

type Matrix = readonly (readonly string[])[]

/** A single copied cell fills the whole box. */
function sizeOf(matrix: Matrix, box: Box): { width: number; height: number } {
  if (matrix.length === 1 && matrix[0]?.length === 1)
    return { width: box.right - box.left + 1, height: box.bottom - box.top + 1 }
  return { width: Math.max(...matrix.map((row) => row.length)), height: matrix.length }
}

function textsOf(matrix: Matrix, columns: readonly WebField[], line: number): Record<string, string> {
  const [only] = matrix
  const single = matrix.length === 1 && only?.length === 1
  const source = single ? only : matrix[line]
  return Object.fromEntries(
    columns.flatMap((field, j) => {
      const text = source?.[single ? 0 : j]
      return text === undefined ? [] : [[field.field_id, text]]
    }),
  )
}

/** Rows of a view, those that are not on screen fetched. */
async function rowsBetween(
  place: RowPlace,
  near: Rows,
  { from, to }: { from: number; to: number },
): Promise<(WebRow | undefined)[]> {
  const rows: (WebRow | undefined)[] = []
  for (let at = from; at <= to; at++) {
    const known = near.at(at)
    if (known) rows.push(known)
    else {
      const path = windowPath(place, Math.floor(at / windowRows))
      const queryFn = () => get<WebRows>(path)
      const data = await queryClient.fetchQuery({ queryKey: ['web', path], queryFn, staleTime: 5_000 })
      rows.push(data.rows[at - data.from])
    }
  }
  return rows
}
