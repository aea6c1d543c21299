import { ArrowUpDown, Filter, Group, List, Plus, Rows3 } from 'lucide-react'
import type { ReactNode } from 'react'
import type { RowHeight } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { useT } from '../../shell/language.tsx'
import { PanelButton } from '../menu.tsx'
import { useEdits, useStructure } from '../sync/edits.ts'
import type { ViewProps } from '../view-props.ts'
import { FieldsPanel } from './fields-panel.tsx'
import { FilterPanel } from './filter-panel.tsx'
import { OrderPanel } from './order-panel.tsx'
import { SearchBox, type SearchState } from './search-box.tsx'
import styles from './toolbar.module.css'

const heights: readonly { id: RowHeight; zh: string; en: string }[] = [
  { id: 'low', zh: '低', en: 'Low' },
  { id: 'medium', zh: '中等', en: 'Medium' },
  { id: 'high', zh: '高', en: 'High' },
  { id: 'extra', zh: '超高', en: 'Extra high' },
]

/** What a view shows and in which order. */
export function Toolbar({ search, ...props }: ViewProps & { search: SearchState }) {
  const { base, table, view, openRecord } = props
  const t = useT()
  const edits = useEdits(base.app_token, table.table_id)
  const grid = view.type === 'grid'
  const { filter, hidden, layout } = view
  const count = (zh: string, en: string, n: number) => (n === 0 ? t(zh, en) : `${n} ${t(zh, en)}`)
  return (
    <div className={styles.toolbar} role="toolbar" aria-label={t('视图设置', 'View settings')}>
      {table.may.add ? (
        <button
          type="button"
          className={styles.add}
          onClick={async () => {
            const made = await edits.add([{}])
            if (made) openRecord(made)
          }}
        >
          <Plus size={15} aria-hidden />
          {t('添加记录', 'Add record')}
        </button>
      ) : null}
      {table.may.views ? (
        <>
          <Tool
            label={t('字段配置', 'Fields')}
            text={count('字段配置', 'Fields', hidden.length)}
            on={hidden.length > 0}
            icon={<List size={15} />}
          >
            <FieldsPanel {...props} />
          </Tool>
          <Tool
            label={t('筛选', 'Filter')}
            text={count('筛选', 'Filter', filter?.conditions.length ?? 0)}
            on={filter !== null}
            icon={<Filter size={15} />}
          >
            <FilterPanel {...props} />
          </Tool>
          {grid ? (
            <Tool
              label={t('分组', 'Group')}
              text={count('分组', 'Group', layout.group.length)}
              on={layout.group.length > 0}
              icon={<Group size={15} />}
            >
              <OrderPanel {...props} kind="group" />
            </Tool>
          ) : null}
          <Tool
            label={t('排序', 'Sort')}
            text={count('排序', 'Sort', layout.sort.length)}
            on={layout.sort.length > 0}
            icon={<ArrowUpDown size={15} />}
          >
            <OrderPanel {...props} kind="sort" />
          </Tool>
          {grid ? <HeightTool {...props} /> : null}
        </>
      ) : null}
      <span className={styles.space} />
      {grid ? <SearchBox {...search} /> : null}
    </div>
  )
}

interface ToolProps {
  label: string
  text: string
  on: boolean
  icon: ReactNode
  children: ReactNode
}

function Tool({ label, text, on, icon, children }: ToolProps) {
  return (
    <PanelButton
      label={label}
      className={on ? `${styles.tool} ${styles.on}` : styles.tool}
      trigger={
        <>
          {icon}
          {text}
        </>
      }
    >
      {() => children}
    </PanelButton>
  )
}

function HeightTool({ base, table, view }: ViewProps) {
  const t = useT()
  const structure = useStructure(base.app_token, table.table_id)
  return (
    <PanelButton
      label={t('行高', 'Row height')}
      role="menu"
      className={styles.tool}
      trigger={
        <>
          <Rows3 size={15} />
          {t('行高', 'Row height')}
        </>
      }
    >
      {(close) => (
        <div className={styles.pick}>
          {heights.map(({ id, zh, en }) => (
            <button
              key={id}
              type="button"
              role="menuitemradio"
              aria-checked={view.layout.row_height === id}
              onClick={() => {
                close()
                void structure.changeLayout(view.view_id, { row_height: id })
              }}
            >
              {t(zh, en)}
            </button>
          ))}
        </div>
      )}
    </PanelButton>
  )
}
