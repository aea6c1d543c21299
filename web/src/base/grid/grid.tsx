// biome-ignore-all lint/a11y/useSemanticElements: a grid that draws only what is on screen is made of roles, not of a table
import { Plus } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { WebField, WebRow } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { useT } from '../../shell/language.tsx'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Loading } from '../../ui/loading.tsx'
import { isEditable } from '../editors/cell-editor.tsx'
import { orderedFields } from '../sync/base-data.ts'
import { useEdits, useStructure } from '../sync/edits.ts'
import type { ViewProps } from '../view-props.ts'
import { apiValue } from './cell-value.ts'
import { CheckedBar } from './checked-bar.tsx'
import { type Editing, EditorLayer } from './editor-layer.tsx'
import styles from './grid.module.css'
import { GridHeader } from './grid-header.tsx'
import { GridLines } from './grid-lines.tsx'
import type { RowActions } from './grid-row.tsx'
import { isPhone } from './sizes.ts'
import { useChecked } from './use-checked.ts'
import { useClipboard } from './use-clipboard.ts'
import { useGridKeys } from './use-grid-keys.ts'
import { useGridModel } from './use-grid-model.ts'
import { useSelection } from './use-selection.ts'

export interface GridProps extends ViewProps {
  /** Searched text. */
  found: string
  /** Place of the search result to show. */
  foundAt: number | undefined
}

/** Feishu's grid: rows and columns on screen only, a cursor, editors in place, everything by keyboard. */
export function Grid(props: GridProps) {
  const t = useT()
  const { base, table, view, fields, openRecord, foundAt } = props
  const scroller = useRef<HTMLDivElement>(null)
  const [editing, setEditing] = useState<Editing>()
  const model = useGridModel(props, scroller, editing?.place)
  const selection = useSelection(model.rows, model.items, fields.length)
  const edits = useEdits(base.app_token, table.table_id)
  const structure = useStructure(base.app_token, table.table_id)
  const checked = useChecked(props, model)
  const edit = (place: number, column: number, typed?: string) => {
    const row = model.rows.at(place)
    const field = fields[column]
    if (!row || !field || !isEditable(field)) return
    if (typeof row.cells[field.field_id] === 'boolean' || field.type === 7) return tick(row, field)
    model.scrollTo(place, column)
    setEditing({ recordId: row.record_id, fieldId: field.field_id, place, typed })
  }
  const tick = (row: WebRow, field: WebField) => {
    const on = row.cells[field.field_id] !== true
    void edits.change([{ record_id: row.record_id, field_id: field.field_id, value: on, shown: on }])
  }
  const clipboard = useClipboard({ ...props, model, selection, edits })
  const keys = useGridKeys({ props, model, selection, edits, edit, editing: editing !== undefined })
  // biome-ignore lint/correctness/useExhaustiveDependencies: shown once per result, not again when rows change
  useEffect(() => {
    if (foundAt !== undefined) model.scrollTo(foundAt)
  }, [foundAt])
  const actions: RowActions = {
    press(place, column, event) {
      if (event.target instanceof HTMLElement && event.target.closest('a')) return
      const again = selection.focus?.row === place && selection.focus.column === column
      selection.put({ row: place, column }, event.shiftKey)
      if (again && event.detail === 1 && isPhone()) edit(place, column)
    },
    edit,
    check: checked.check,
    open: openRecord,
    tick,
  }
  if (model.error)
    return <Empty title={t('打不开这个视图', 'This view cannot be shown')} text={model.error.message} />
  if (model.loading) return <Loading />
  const add = async (values: readonly unknown[]) => {
    const cells = Object.fromEntries(
      view.layout.group.flatMap(({ field_id }, i) => {
        const field = table.fields.find((one) => one.field_id === field_id)
        return field?.editable ? [[field_id, apiValue(field, values[i] as never)]] : []
      }),
    )
    await edits.add([cells])
    if (view.layout.group.length === 0) requestAnimationFrame(() => model.scrollTo(model.total))
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
            onResize={async (field, width) => {
              await structure.changeLayout(view.view_id, { widths: { [field.field_id]: width } })
              model.setDragged(null)
            }}
            onMove={(field, before) =>
              structure.changeLayout(view.view_id, { order: movedOrder(props, field, before) })
            }
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
            <EditorLayer
              {...props}
              editing={editing}
              model={model}
              edits={edits}
              onClose={(move) => {
                setEditing(undefined)
                scroller.current?.focus({ preventScroll: true })
                const step =
                  move === 'down'
                    ? { rows: 1 }
                    : move === 'right'
                      ? { columns: 1 }
                      : move === 'left'
                        ? { columns: -1 }
                        : undefined
                const spot = step && selection.move(step)
                if (spot) model.scrollTo(spot.row, spot.column)
              }}
            />
          ) : null}
        </div>
        {model.total === 0 ? (
          <div className={styles.none}>
            <Empty
              title={
                view.filter
                  ? t('没有符合筛选条件的记录', 'No record meets the filter')
                  : t('还没有记录', 'No records yet')
              }
            >
              {view.filter && table.may.views ? (
                <Button small onClick={() => structure.changeView(view.view_id, { filter: null })}>
                  {t('清除筛选', 'Clear the filter')}
                </Button>
              ) : null}
            </Empty>
          </div>
        ) : null}
      </div>
      <footer className={styles.foot}>
        {table.may.add ? (
          <button type="button" className={styles.footAdd} onClick={() => void add([])}>
            <Plus size={15} aria-hidden />
            {t('添加记录', 'Add record')}
          </button>
        ) : null}
        <span>
          {t(
            `共 ${model.total.toLocaleString('en-US')} 条记录`,
            `${model.total.toLocaleString('en-US')} records`,
          )}
        </span>
      </footer>
      <CheckedBar {...props} ids={checked.ids} edits={edits} onClear={checked.clear} />
    </div>
  )
}

function movedOrder({ table, view }: ViewProps, field: WebField, before: WebField | undefined): string[] {
  const ids = orderedFields(table, view).map((one) => one.field_id)
  const without = ids.filter((id) => id !== field.field_id)
  const at = before ? without.indexOf(before.field_id) : without.length
  return without.toSpliced(at, 0, field.field_id)
}
