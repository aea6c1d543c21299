import type { WebBase, WebCell, WebField } from '#sandbox/feishu/bitable/web/base-shapes.ts'

/** Where the grid goes after an editor is done. */
export type Move = 'down' | 'right' | 'left' | 'stay'

export interface EditorProps {
  base: WebBase
  field: WebField
  cell: WebCell | undefined
  /** The key that opened the editor, already typed. */
  typed?: string | undefined
  /** The cell's element: lists and calendars open beside it. */
  anchor: HTMLElement
  /** `value` as in the open API (null empties), `shown` what the cell shows until the sandbox answered. */
  save(value: unknown, shown: WebCell | undefined): void
  /** Ends editing. */
  close(move?: Move): void
}
