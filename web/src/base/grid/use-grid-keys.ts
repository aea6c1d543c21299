import type { KeyboardEvent } from 'react'
import { flushSync } from 'react-dom'
import { takesTyping } from '../editors/cell-editor.tsx'
import type { useEdits } from '../sync/edits.ts'
import type { ViewProps } from '../view-props.ts'
import { clearCells } from './clear-cells.ts'
import type { GridModel } from './use-grid-model.ts'
import type { Selection } from './use-selection.ts'

export interface KeysSetup {
  props: ViewProps
  model: GridModel
  selection: Selection
  edits: ReturnType<typeof useEdits>
  edit(place: number, column: number, typed?: string): void
  editing: boolean
}

const steps: Record<string, { rows?: number; columns?: number }> = {
  ArrowUp: { rows: -1 },
  ArrowDown: { rows: 1 },
  ArrowLeft: { columns: -1 },
  ArrowRight: { columns: 1 },
  PageUp: { rows: -15 },
  PageDown: { rows: 15 },
}
const far = 1_000_000

/** Arrows move (with Ctrl to the end, with Shift extending), Enter or a letter edits, Tab goes on, Delete empties, Space opens the record. */
export function useGridKeys({ props, model, selection, edits, edit, editing }: KeysSetup) {
  const { fields } = props
  const go = (step: { rows?: number; columns?: number }, extend: boolean) => {
    const spot = selection.move(step, extend)
    if (spot) model.scrollTo(spot.row, spot.column)
  }
  return (event: KeyboardEvent<HTMLElement>) => {
    if (editing || isControl(event.target)) return
    const { focus } = selection
    const { key, shiftKey } = event
    const held = event.ctrlKey || event.metaKey
    if (!focus) {
      if (key.startsWith('Arrow') && model.total > 0) selection.put({ row: 0, column: 0 })
      return
    }
    const step = steps[key]
    const field = fields[focus.column]
    if (step) go(held ? { rows: (step.rows ?? 0) * far, columns: (step.columns ?? 0) * far } : step, shiftKey)
    else if (key === 'Tab') go({ columns: shiftKey ? -1 : 1 }, false)
    else if (key === 'Home') go({ columns: -far, ...(held && { rows: -far }) }, shiftKey)
    else if (key === 'End') go({ columns: far, ...(held && { rows: far }) }, shiftKey)
    else if (key === 'Enter' || key === 'F2') edit(focus.row, focus.column)
    else if (key === ' ') {
      const id = model.rows.at(focus.row)?.record_id
      if (id) props.openRecord(id)
    } else if (key === 'Delete' || key === 'Backspace') clearCells({ fields, model, selection, edits })
    else if (key === 'Escape') selection.clear()
    else if (key === 'Process' && field && takesTyping(field)) {
      // Input methods write into what has the focus when this key is over: the editor has to stand by then.
      flushSync(() => edit(focus.row, focus.column, ''))
      return
    } else if (!held && !event.altKey && key.length === 1 && field && takesTyping(field))
      edit(focus.row, focus.column, key)
    else return
    event.preventDefault()
  }
}

function isControl(target: EventTarget): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, button') !== null
}
