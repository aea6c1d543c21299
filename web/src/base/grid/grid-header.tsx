// biome-ignore-all lint/a11y/useSemanticElements: a grid that draws only what is on screen is made of roles, not of a table
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid itself keeps the focus and moves a cursor
import { useState } from 'react'
import type { WebField } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { useT } from '../../shell/language.tsx'
import { AddFieldButton } from '../fields/add-field-button.tsx'
import { orderedFields } from '../sync/base-data.ts'
import { useStructure } from '../sync/edits.ts'
import type { ViewProps } from '../view-props.ts'
import styles from './grid.module.css'
import { HeaderCell } from './header-cell.tsx'
import { addColumnWidth, headerHeight } from './sizes.ts'
import type { Column, GridModel } from './use-grid-model.ts'

export interface GridHeaderProps {
  view: ViewProps
  model: GridModel
  allChecked: boolean
  onCheckAll: () => void
}

/** The names of the columns: dragged to another place, dragged wider, each with its menu. */
export function GridHeader({ view, model, allChecked, onCheckAll }: GridHeaderProps) {
  const t = useT()
  const structure = useStructure(view.base.app_token, view.table.table_id)
  const viewId = view.view.view_id
  const onResize = async (field: WebField, width: number) => {
    await structure.changeLayout(viewId, { widths: { [field.field_id]: width } })
    model.setDragged(null)
  }
  const onMove = (field: WebField, before: WebField | undefined) =>
    structure.changeLayout(viewId, { order: movedOrder(view, field, before) })
  const [drop, setDrop] = useState<number | null>(null)
  const { columns, shown, frozenWidth, width } = model
  const [first] = columns
  const last = columns.at(-1)
  const head = (column: Column, fixed: boolean) => (
    <HeaderCell
      key={column.field.field_id}
      view={view}
      column={column}
      fixed={fixed}
      onWidth={(wide, done) => {
        if (done) void onResize(column.field, wide)
        else model.setDragged({ id: column.field.field_id, width: wide })
      }}
      onDrag={(x, done) => {
        const target = dropPlace(columns, x)
        setDrop(done ? null : (columns[target]?.left ?? (last ? last.left + last.width : 0)))
        if (done && target !== column.index && target !== column.index + 1)
          void onMove(column.field, columns[target]?.field)
      }}
    />
  )
  return (
    <div role="row" aria-rowindex={1} className={styles.header} style={{ width, height: headerHeight }}>
      <div className={styles.frozen} style={{ width: frozenWidth }}>
        <span className={styles.number}>
          <input
            type="checkbox"
            checked={allChecked}
            onChange={onCheckAll}
            aria-label={t('选择全部', 'Select all')}
          />
        </span>
        {first ? head(first, true) : null}
      </div>
      {shown.map((column) => head(column, false))}
      {view.table.may.manage && last ? (
        <div className={styles.addColumn} style={{ left: last.left + last.width, width: addColumnWidth }}>
          <AddFieldButton {...view} />
        </div>
      ) : null}
      {drop === null ? null : <span className={styles.drop} style={{ left: drop }} />}
    </div>
  )
}

function dropPlace(columns: readonly Column[], x: number): number {
  const at = columns.findIndex((column) => x < column.left + column.width / 2)
  return Math.max(1, at < 0 ? columns.length : at)
}

/** The order of fields once one stands before another (undefined: at the end). */
function movedOrder({ table, view }: ViewProps, field: WebField, before: WebField | undefined): string[] {
  const ids = orderedFields(table, view).map((one) => one.field_id)
  const without = ids.filter((id) => id !== field.field_id)
  const at = before ? without.indexOf(before.field_id) : without.length
  return without.toSpliced(at, 0, field.field_id)
}
