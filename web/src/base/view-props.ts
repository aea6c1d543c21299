import type { WebBase, WebField, WebTable, WebView } from '#sandbox/feishu/bitable/web/base-shapes.ts'

/** What the page hands to the drawing of a view: `kanban/view.tsx`, `gallery/view.tsx`, `form/view.tsx` (default exports). */
export interface ViewProps {
  base: WebBase
  table: WebTable
  view: WebView
  /** The view's shown fields from left to right, the first one being the primary field. */
  fields: readonly WebField[]
  /** Opens the side panel of a record. */
  openRecord(recordId: string): void
}
