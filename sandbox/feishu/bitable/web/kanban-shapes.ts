/** What the browser client is told about kanban views. Types only: both sides import them. */
import type { WebRow } from './base-shapes.ts'

export interface WebColumn {
  /** null: records without a value */
  option_id: string | null
  count: number
  /** The first of them in the view's order. */
  rows: WebRow[]
}

export interface WebKanban {
  /** The field whose options are the columns; null: the table has no such field. */
  stack: string | null
  columns: WebColumn[]
}
