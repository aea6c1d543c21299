// biome-ignore-all lint/a11y/useSemanticElements: a grid that draws only what is on screen is made of roles, not of a table
import { useEffect, useRef, useState } from 'react'
import type { WebCell } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { useT } from '../../shell/language.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Loading } from '../../ui/loading.tsx'
import { useEdits } from '../sync/edits.ts'
import type { ViewProps } from '../view-props.ts'
import { apiValue } from './cell-value.ts'
import { CheckedBar } from './checked-bar.tsx'
import { type Editing, EditorLayer } from './editor-layer.tsx'
import styles from './grid.module.css'
import { GridFoot, NoRows } from './grid-foot.tsx'
import { GridHeader } from './grid-header.tsx'
import { GridLines } from './grid-lines.tsx'
import type { RowActions } from './grid-row.tsx'
import { isPhone } from './sizes.ts'
import { cellEditing } from './use-cell-editing.ts'
import { useChecked } from './use-checked.ts'
import { useClipboard } from './use-clipboard.ts'
import { useGridKeys } from './use-grid-keys.ts'
import { useGridModel } from './use-grid-model.ts'
import { type Selection, useSelection } from './use-selection.ts'

export interface GridProps extends ViewProps {
  /** Searched text. */
  found: string
  /** Place of the search result to show. */
  foundAt: number | undefined
}

/** Feishu's grid: rows and columns on screen only, a cursor, editors in place, everything by keyboard. */
export function Grid(props: GridProps) {
  const t = useT()
  const scroller = useRef<HTMLDivElement>(null)
  const [editing, setEditing] = useState<Editing>()
  const model = useGridModel(props, scroller, editing?.place)
  const { table, view, fields, foundAt } = props
  const selection = useSelection(model.rows, model.items, fields.length)
  const edits = useEdits(props.base.app_token, table.table_id)
  const cells = cellEditing({ fields, model, selection, edits, scroller, setEditing })
  const clipboard = useClipboard({ ...props, model, selection, edits })
  const keys = useGridKeys({
    props,
    model,
    selection,
    edits,
    edit: cells.edit,
    editing: editing !== undefined,
  })
  const checked = useChecked(props, model)
  // biome-ignore lint/correctness/useExhaustiveDependencies: shown once per result, not again when rows change
  useEffect(() => {
    if (foundAt !== undefined) model.scrollTo(foundAt)
  }, [foundAt])
  if (model.error)
    return <Empty title={t('打不开这个视图', 'This view cannot be shown')} text={model.error.message} />
  if (model.loading) return <Loading />
  const add = async (values: readonly unknown[]) => {
    await edits.add([groupCells(props, values)])
    if (view.layout.group.length === 0) requestAnimationFrame(() => model.scrollTo(model.total))
  }
  const actions: RowActions = {
    press: presser(selection, cells.edit),
    edit: cells.edit,
    check: checked.check,
    open: props.openRecord,
    tick: cells.tick,
  }
  return (
    <div className={styles.wrap}>
      <div
        ref={scroller}
        role="grid"
        tabIndex={0}
        aria-label={view.name}
        aria-rowcount={model.total + 1}
        aria-colcount={fields.length + 1}
        aria-multiselectable
        className={styles.grid}
        onKeyDown={keys}
        onCopy={clipboard.copy}
        onCut={clipboard.cut}
        onPaste={clipboard.paste}
      >
        <div className={styles.canvas} style={{ width: model.width, height: model.height }}>
          <GridHeader
            view={props}
            model={model}
            allChecked={model.total > 0 && checked.ids.size >= model.total}
            onCheckAll={checked.all}
          />
          <GridLines
            {...props}
            model={model}
            selection={selection}
            checked={checked.ids}
            actions={actions}
            onAdd={add}
          />
          {editing ? (
            <EditorLayer {...props} editing={editing} model={model} edits={edits} onClose={cells.close} />
          ) : null}
        </div>
        {model.total === 0 ? <NoRows {...props} /> : null}
      </div>
      <GridFoot {...props} total={model.total} onAdd={() => void add([])} />
      <CheckedBar {...props} ids={checked.ids} edits={edits} onClear={checked.clear} />
    </div>
  )
}

/** A press puts the cursor; on a phone, where nothing is pressed twice at once, a press on the cursor edits. */
function presser(selection: Selection, edit: (place: number, column: number) => void): RowActions['press'] {
  return (place, column, event) => {
    if (event.target instanceof HTMLElement && event.target.closest('a')) return
    const again = selection.focus?.row === place && selection.focus.column === column
    selection.put({ row: place, column }, event.shiftKey)
    if (again && event.detail === 1 && isPhone()) edit(place, column)
  }
}

/** What a record needs to belong to a group. */
function groupCells({ table, view }: ViewProps, values: readonly unknown[]): Record<string, unknown> {
  return Object.fromEntries(
    view.layout.group.flatMap(({ field_id }, i) => {
      const field = table.fields.find((one) => one.field_id === field_id)
      return field?.editable ? [[field_id, apiValue(field, values[i] as WebCell | null | undefined)]] : []
    }),
  )
}
