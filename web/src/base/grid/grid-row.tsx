// biome-ignore-all lint/a11y/useSemanticElements: a grid that draws only what is on screen is made of roles, not of a table
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid itself keeps the focus and moves a cursor
import { Maximize2 } from 'lucide-react'
import { memo } from 'react'
import type { WebField, WebRow } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { useT } from '../../shell/language.tsx'
import { CellView } from '../cells/cell-view.tsx'
import { types } from '../cells/types.ts'
import styles from './grid.module.css'
import type { Column } from './use-grid-model.ts'

/** px: rows from here on show several lines */
const tallFrom = 50

export interface RowActions {
  press(place: number, column: number, event: React.MouseEvent): void
  edit(place: number, column: number): void
  check(recordId: string, range: boolean, place: number): void
  open(recordId: string): void
  tick(row: WebRow, field: WebField): void
}

export interface GridRowProps {
  app: string
  zone: string
  row: WebRow | undefined
  place: number
  number: number
  top: number
  height: number
  width: number
  frozenWidth: number
  first: Column | undefined
  shown: readonly Column[]
  /** columns of the selected box in this row: from, to */
  from: number
  to: number
  /** column of the cursor, -1: not in this row */
  cursor: number
  checked: boolean
  found: string
  isFound: boolean
  actions: RowActions
}

/** One record: its number or checkbox and first field stay in place, the others scroll under them. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { row, place, number, top, height, width, frozenWidth, first, shown, checked, actions } = props
  const t = useT()
  return (
    <div
      role="row"
      aria-rowindex={place + 2}
      aria-selected={checked}
      data-record={row?.record_id}
      data-found={props.isFound}
      className={styles.line}
      style={{ top, height, width }}
    >
      <div className={styles.frozen} style={{ width: frozenWidth }}>
        <span className={styles.number}>
          <span className={styles.count}>{number}</span>
          {row ? (
            <input
              type="checkbox"
              checked={checked}
              aria-label={t(`选择第 ${place + 1} 行`, `Select row ${place + 1}`)}
              onClick={(event) => actions.check(row.record_id, event.shiftKey, place)}
              onChange={() => undefined}
            />
          ) : null}
        </span>
        {first ? <Cell {...props} column={first} left={undefined} /> : null}
        {row ? (
          <button
            type="button"
            className={styles.expand}
            aria-label={t(`展开第 ${place + 1} 行`, `Open row ${place + 1}`)}
            onClick={() => actions.open(row.record_id)}
          >
            <Maximize2 size={13} />
          </button>
        ) : null}
      </div>
      {shown.map((column) => (
        <Cell key={column.field.field_id} {...props} column={column} left={column.left} />
      ))}
    </div>
  )
})

function Cell({
  app,
  zone,
  row,
  place,
  column,
  left,
  from,
  to,
  cursor,
  found,
  height,
  actions,
}: GridRowProps & { column: Column; left: number | undefined }) {
  const { field, index, width } = column
  const cell = row?.cells[field.field_id]
  const ticks = field.type === types.checkbox && field.editable && row
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid itself listens to keys and keeps the cursor
    <div
      role="gridcell"
      aria-colindex={index + 2}
      aria-selected={index >= from && index <= to}
      {...(field.type === types.checkbox && { 'aria-checked': cell === true })}
      data-field={field.field_id}
      data-cursor={index === cursor}
      tabIndex={-1}
      className={height > tallFrom ? `${styles.cell} ${styles.tall}` : styles.cell}
      style={{ width, ...(left !== undefined && { position: 'absolute', top: 0, left }) }}
      onMouseDown={(event) => actions.press(place, index, event)}
      onDoubleClick={() => actions.edit(place, index)}
      onClick={(event) => {
        if (ticks && event.target instanceof HTMLElement && event.target.dataset.on !== undefined)
          actions.tick(row, field)
      }}
    >
      {row ? (
        <CellView app={app} field={field} cell={cell} zone={zone} found={found} wrap={height > tallFrom} />
      ) : (
        <span className={styles.waiting} />
      )}
    </div>
  )
}
