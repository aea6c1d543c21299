// biome-ignore-all lint/a11y/useSemanticElements: a grid that draws only what is on screen is made of roles, not of a table
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid itself keeps the focus and moves a cursor
import { Plus } from 'lucide-react'
import { useRef } from 'react'
import { useT } from '../../shell/language.tsx'
import styles from './grid.module.css'
import type { GridProps } from './grid.tsx'
import { GridRow, type RowActions } from './grid-row.tsx'
import { GroupLine } from './group-line.tsx'
import { lineHeight } from './sizes.ts'
import type { GridModel } from './use-grid-model.ts'
import type { Selection } from './use-selection.ts'

export interface GridLinesProps extends GridProps {
  model: GridModel
  selection: Selection
  checked: ReadonlySet<string>
  actions: RowActions
  onAdd(values: readonly unknown[]): Promise<void>
}

/** The lines on screen. */
export function GridLines(props: GridLinesProps) {
  const { base, table, view, model, selection, checked, found, foundAt, onAdd } = props
  const t = useT()
  const actions = useStable(props.actions)
  const { focus, box } = selection
  const shown = useSame(model.shown)
  return model.lines.map(({ index, top, height }) => {
    const item = model.items.at(index)
    if (!item) return null
    if (item.kind === 'add')
      return (
        <div key={`add-${index}`} role="row" className={styles.addLine} style={{ top, width: model.width }}>
          <div role="gridcell" className={styles.addCell} style={{ height: lineHeight('add', 'low') }}>
            <button
              type="button"
              aria-label={t('在此添加记录', 'Add a record here')}
              onClick={() => void onAdd(item.values)}
            >
              <Plus size={16} />
            </button>
          </div>
        </div>
      )
    if (item.kind === 'group') {
      const order = view.layout.group[item.level]
      return (
        <GroupLine
          key={`group-${item.key}`}
          base={base}
          field={table.fields.find((field) => field.field_id === order?.field_id)}
          item={item}
          top={top}
          width={model.width}
          onToggle={() => model.toggleGroup(item.key)}
        />
      )
    }
    const { place, number } = item
    const row = model.rows.at(place)
    const inBox = box && place >= box.top && place <= box.bottom
    return (
      <GridRow
        key={row?.record_id ?? `place-${place}`}
        app={base.app_token}
        zone={base.time_zone}
        row={row}
        place={place}
        number={number}
        top={top}
        height={height}
        width={model.width}
        frozenWidth={model.frozenWidth}
        first={model.columns[0]}
        shown={shown}
        from={inBox ? box.left : 0}
        to={inBox ? box.right : -1}
        cursor={focus?.row === place ? focus.column : -1}
        checked={row !== undefined && checked.has(row.record_id)}
        found={found}
        isFound={place === foundAt}
        actions={actions}
      />
    )
  })
}

/** The same object as long as its entries are the same, so that rows are not drawn again for nothing. */
function useSame<T>(list: readonly T[]): readonly T[] {
  const kept = useRef(list)
  const same = kept.current.length === list.length && list.every((one, i) => one === kept.current[i])
  if (!same) kept.current = list
  return kept.current
}

/** Functions that always do what the latest ones do, under one identity. */
function useStable(actions: RowActions): RowActions {
  const latest = useRef(actions)
  latest.current = actions
  const stable = useRef<RowActions>({
    press: (...given) => latest.current.press(...given),
    edit: (...given) => latest.current.edit(...given),
    check: (...given) => latest.current.check(...given),
    open: (...given) => latest.current.open(...given),
    tick: (...given) => latest.current.tick(...given),
  })
  return stable.current
}
