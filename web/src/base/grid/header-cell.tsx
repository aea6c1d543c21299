// biome-ignore-all lint/a11y/useSemanticElements: a grid that draws only what is on screen is made of roles, not of a table
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid itself keeps the focus and moves a cursor
import { ChevronDown, CircleHelp } from 'lucide-react'
import { useT } from '../../shell/language.tsx'
import { FieldIcon } from '../cells/field-icon.tsx'
import { PanelButton } from '../menu.tsx'
import type { ViewProps } from '../view-props.ts'
import { ColumnMenu } from './column-menu.tsx'
import styles from './grid.module.css'
import type { Column } from './use-grid-model.ts'

export interface HeaderCellProps {
  view: ViewProps
  column: Column
  fixed: boolean
  onWidth(width: number, done: boolean): void
  /** `x` from the left of the grid's content */
  onDrag(x: number, done: boolean): void
}

/** A column's name. */
export function HeaderCell({ view, column, fixed, onWidth, onDrag }: HeaderCellProps) {
  const t = useT()
  const { field, left, width } = column
  const movable = !fixed && view.table.may.views
  const grab = (event: React.PointerEvent) => {
    if (!movable || event.pointerType !== 'mouse' || event.button !== 0) return
    const start = event.clientX
    const origin = left - start
    const grabbed = start - event.currentTarget.getBoundingClientRect().left
    let moved = false
    followPointer((x, done) => {
      if (!moved && Math.abs(x - start) < 6) return
      moved = true
      onDrag(x + origin + grabbed, done)
    })
  }
  return (
    <div
      role="columnheader"
      aria-colindex={column.index + 2}
      aria-label={field.name}
      data-field={field.field_id}
      className={styles.headCell}
      style={{ width, ...(!fixed && { position: 'absolute', top: 0, left }) }}
      onPointerDown={grab}
    >
      <FieldIcon field={field} />
      <span className={styles.headName} title={field.name}>
        {field.name}
      </span>
      {field.description ? (
        <span className={styles.help} title={field.description} role="img" aria-label={field.description}>
          <CircleHelp size={13} />
        </span>
      ) : null}
      {view.table.may.manage || view.table.may.views ? (
        <PanelButton
          label={t(`${field.name} 的列菜单`, `Menu of ${field.name}`)}
          trigger={<ChevronDown size={14} />}
          className={styles.headMenu}
          role="menu"
        >
          {(close) => <ColumnMenu {...view} field={field} close={close} />}
        </PanelButton>
      ) : null}
      {view.table.may.views ? (
        <span
          className={styles.resize}
          onPointerDown={(event) => {
            event.stopPropagation()
            const start = event.clientX
            followPointer((x, done) => onWidth(Math.max(60, Math.min(800, width + x - start)), done))
          }}
        />
      ) : null}
    </div>
  )
}

/** Tells every place of the pointer until it is let go. */
function followPointer(tell: (x: number, done: boolean) => void): void {
  const onMove = (event: PointerEvent) => {
    event.preventDefault()
    tell(event.clientX, false)
  }
  const onUp = (event: PointerEvent) => {
    window.removeEventListener('pointermove', onMove)
    tell(event.clientX, true)
  }
  window.addEventListener('pointermove', onMove)
  window.addEventListener('pointerup', onUp, { once: true })
}
