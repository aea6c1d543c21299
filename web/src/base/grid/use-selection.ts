import { useState } from 'react'
import type { Rows } from '../sync/base-data.ts'
import type { Items } from './items.ts'

export interface Spot {
  /** place in the view's order */
  row: number
  /** place among the shown fields */
  column: number
}

export interface Box {
  top: number
  bottom: number
  left: number
  right: number
}

export interface Selection {
  focus: Spot | undefined
  box: Box | undefined
  /** Puts the cursor on a cell; `extend` keeps the other corner of the box. */
  put(spot: Spot, extend?: boolean): void
  /** Moves the cursor, past collapsed groups. */
  move(step: { rows?: number; columns?: number }, extend?: boolean): Spot | undefined
  clear(): void
}

interface Kept {
  focus: Spot
  anchor: Spot
  /** The record under the cursor: the cursor follows it when rows before it come and go. */
  recordId: string | undefined
}

/** The cursor and the box of cells it spans. */
export function useSelection(rows: Rows, items: Items, columns: number): Selection {
  const [kept, setKept] = useState<Kept>()
  const now = kept?.recordId === undefined ? undefined : rows.placeOf(kept.recordId)
  const shift = kept && now !== undefined ? now - kept.focus.row : 0
  const focus = kept && { ...kept.focus, row: kept.focus.row + shift }
  const anchor = kept && { ...kept.anchor, row: kept.anchor.row + shift }
  const put = (spot: Spot, extend = false) =>
    setKept({
      focus: spot,
      anchor: extend && anchor ? anchor : spot,
      recordId: rows.at(spot.row)?.record_id,
    })
  return {
    focus,
    box: focus && anchor && boxOf(focus, anchor),
    put,
    move({ rows: down = 0, columns: right = 0 }, extend = false) {
      if (!focus) return undefined
      const column = Math.max(0, Math.min(columns - 1, focus.column + right))
      const spot = { row: rowFrom(items, focus.row, down), column }
      put(spot, extend)
      return spot
    },
    clear: () => setKept(undefined),
  }
}

function boxOf(a: Spot, b: Spot): Box {
  return {
    top: Math.min(a.row, b.row),
    bottom: Math.max(a.row, b.row),
    left: Math.min(a.column, b.column),
    right: Math.max(a.column, b.column),
  }
}

function rowFrom(items: Items, row: number, step: number): number {
  const index = items.indexOf(row)
  if (index === undefined || step === 0) return row
  const way = Math.sign(step)
  let place = row
  let left = Math.abs(step)
  for (let at = index + way; at >= 0 && at < items.count && left > 0; at += way) {
    const item = items.at(at)
    if (item?.kind !== 'row') continue
    place = item.place
    left--
  }
  return place
}
