import type { RowHeight, WebField, WebView } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { types } from '../cells/types.ts'

/** px */
export const headerHeight = 36
const numberWidths = { wide: 52, narrow: 36 }
export const addColumnWidth = 96
const rowHeights: Record<RowHeight, number> = { low: 34, medium: 56, high: 88, extra: 128 }
/** Low rows are as high as a finger needs on a phone. */
const lowOnPhone = 42
const groupHeight = 42

export function isPhone(): boolean {
  return window.innerWidth <= 640
}

/** Width of the numbers at the left, px. */
export function numberWidth(): number {
  return isPhone() ? numberWidths.narrow : numberWidths.wide
}

/** px */
export function lineHeight(kind: 'row' | 'group' | 'add', height: RowHeight): number {
  if (kind === 'group') return groupHeight
  const size = kind === 'add' ? 'low' : height
  return size === 'low' && isPhone() ? lowOnPhone : rowHeights[size]
}

const usual: Record<number, number> = {
  [types.checkbox]: 100,
  [types.number]: 130,
  [types.singleSelect]: 130,
  [types.multiSelect]: 200,
  [types.dateTime]: 160,
  [types.createdTime]: 160,
  [types.modifiedTime]: 160,
  [types.user]: 170,
  [types.attachment]: 150,
  [types.autoNumber]: 110,
}

/** Width of a column, px; on a phone the fixed first column leaves room for others. */
export function columnWidth(field: WebField, view: WebView, narrow: boolean): number {
  const width = view.layout.widths[field.field_id] ?? (field.primary ? 220 : (usual[field.type] ?? 160))
  return field.primary && narrow ? Math.min(width, 148) : width
}
