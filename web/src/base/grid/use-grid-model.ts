import { useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useLayoutEffect, useMemo, useState } from 'react'
import type { RowHeight, WebField, WebView } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { type Rows, useOutline, useRows, windowRows } from '../sync/base-data.ts'
import type { ViewProps } from '../view-props.ts'
import { type Items, layItems } from './items.ts'
import { addColumnWidth, columnWidth, headerHeight, isPhone, lineHeight, numberWidth } from './sizes.ts'

export interface Column {
  field: WebField
  /** place among the shown fields */
  index: number
  left: number
  width: number
}

export interface GridModel {
  items: Items
  total: number
  loading: boolean
  error: Error | null
  rows: Rows
  /** Lines on screen. */
  lines: { index: number; top: number; height: number }[]
  /** Every column; the first stays where it is. */
  columns: readonly Column[]
  /** Columns on screen, without the first. */
  shown: readonly Column[]
  frozenWidth: number
  width: number
  height: number
  collapsed: ReadonlySet<string>
  toggleGroup(key: string): void
  scrollTo(place: number, column?: number): void
  topOf(place: number): number | undefined
  /** Width of a column while it is dragged. */
  setDragged(dragged: { id: string; width: number } | null): void
}

const nothing: ReadonlySet<string> = new Set()

/** Which lines and columns are on screen, and the rows in them. */
export function useGridModel(
  props: ViewProps,
  scroller: RefObject<HTMLDivElement | null>,
  pinned?: number,
): GridModel {
  const { base, table, view, fields } = props
  const place = { app: base.app_token, table, view }
  const outline = useOutline(place)
  const [folds, setFolds] = useState<{ view: string; keys: ReadonlySet<string> }>({ view: '', keys: nothing })
  const collapsed = folds.view === view.view_id ? folds.keys : nothing
  const [dragged, setDragged] = useState<{ id: string; width: number } | null>(null)
  const items = useMemo(
    () => layItems(outline.data ?? { total: 0, groups: [] }, collapsed, table.may.add),
    [outline.data, collapsed, table.may.add],
  )
  const columns = useColumns(fields, view, dragged)
  const frozenWidth = numberWidth() + (columns[0]?.width ?? 0)
  const last = columns.at(-1)
  const width = (last ? last.left + last.width : numberWidth()) + (table.may.manage ? addColumnWidth : 24)
  const { lines, across } = useVirtual({
    items,
    columns,
    height: view.layout.row_height,
    frozenWidth,
    scroller,
  })
  const onScreen = lines.getVirtualItems()
  const windows = windowsOf(
    items,
    onScreen.map(({ index }) => index),
    pinned,
  )
  const rows = useRows(place, windows)
  return {
    items,
    total: outline.data?.total ?? 0,
    loading: outline.isPending,
    error: outline.error,
    rows,
    lines: onScreen.map(({ index, start, size }) => ({ index, top: start, height: size })),
    columns,
    shown: across.getVirtualItems().flatMap(({ index }) => columns[index + 1] ?? []),
    frozenWidth,
    width,
    height: lines.getTotalSize(),
    collapsed,
    toggleGroup(key) {
      const keys = new Set(collapsed)
      if (!keys.delete(key)) keys.add(key)
      setFolds({ view: view.view_id, keys })
    },
    scrollTo(at, column) {
      const index = items.indexOf(at)
      if (index !== undefined) lines.scrollToIndex(index, { align: 'auto' })
      if (column !== undefined && column > 0) across.scrollToIndex(column - 1, { align: 'auto' })
    },
    topOf(at) {
      const index = items.indexOf(at)
      return index === undefined
        ? undefined
        : lines.getOffsetForIndex(index, 'start') && lines.measurementsCache[index]?.start
    },
    setDragged,
  }
}

function useColumns(
  fields: readonly WebField[],
  view: WebView,
  dragged: { id: string; width: number } | null,
): readonly Column[] {
  const narrow = isPhone()
  return useMemo(() => {
    let left = numberWidth()
    return fields.map((field, index): Column => {
      const width = dragged?.id === field.field_id ? dragged.width : columnWidth(field, view, narrow)
      left += width
      return { field, index, left: left - width, width }
    })
  }, [fields, view, narrow, dragged])
}

interface VirtualSetup {
  items: Items
  columns: readonly Column[]
  height: RowHeight
  frozenWidth: number
  scroller: RefObject<HTMLDivElement | null>
}

function useVirtual({ items, columns, height, frozenWidth, scroller }: VirtualSetup) {
  const lines = useVirtualizer({
    count: items.count,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => lineHeight(items.kindAt(index), height),
    overscan: 10,
    paddingStart: headerHeight,
    scrollPaddingStart: headerHeight,
    scrollPaddingEnd: 16,
  })
  const across = useVirtualizer({
    horizontal: true,
    count: Math.max(0, columns.length - 1),
    getScrollElement: () => scroller.current,
    estimateSize: (index) => columns[index + 1]?.width ?? 160,
    overscan: 3,
    paddingStart: frozenWidth,
    scrollPaddingStart: frozenWidth,
    scrollPaddingEnd: 16,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: sizes are read anew when what they come from changes
  useLayoutEffect(() => lines.measure(), [items, height])
  // biome-ignore lint/correctness/useExhaustiveDependencies: sizes are read anew when what they come from changes
  useLayoutEffect(() => across.measure(), [columns])
  return { lines, across }
}

/** The windows of rows that the lines on screen (and the row being edited) are in. */
function windowsOf(items: Items, lines: readonly number[], pinned: number | undefined): number[] {
  const places = lines.flatMap((index) => {
    const item = items.at(index)
    return item?.kind === 'row' ? [item.place] : []
  })
  if (pinned !== undefined) places.push(pinned)
  return [...new Set(places.map((at) => Math.floor(at / windowRows)))].toSorted((a, b) => a - b)
}
