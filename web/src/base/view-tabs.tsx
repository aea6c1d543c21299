import {
  ClipboardList,
  Copy,
  GalleryHorizontalEnd,
  GanttChart,
  type LucideIcon,
  MoreHorizontal,
  Pencil,
  Plus,
  SquareKanban,
  Table,
  Trash2,
} from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { WebBase, WebTable, WebView } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { useT } from '../shell/language.tsx'
import styles from './base-page.module.css'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { freeName } from './free-name.ts'
import { type MenuItem, MenuItems, PanelButton } from './menu.tsx'
import { NameDialog } from './name-dialog.tsx'
import { useStructure } from './sync/edits.ts'

interface ViewKind {
  type: string
  icon: LucideIcon
  zh: string
  en: string
}

const kinds: readonly ViewKind[] = [
  { type: 'grid', icon: Table, zh: '表格视图', en: 'Grid' },
  { type: 'kanban', icon: SquareKanban, zh: '看板视图', en: 'Kanban' },
  { type: 'gallery', icon: GalleryHorizontalEnd, zh: '画册视图', en: 'Gallery' },
  { type: 'form', icon: ClipboardList, zh: '表单视图', en: 'Form' },
  { type: 'gantt', icon: GanttChart, zh: '甘特视图', en: 'Gantt' },
]

export interface ViewTabsProps {
  base: WebBase
  table: WebTable
  current: WebView
  onOpen(viewId: string): void
}

type Asked = 'rename' | 'delete' | undefined

/** The table's views; the open one has a menu. */
export function ViewTabs({ base, table, current, onOpen }: ViewTabsProps) {
  const t = useT()
  const structure = useStructure(base.app_token, table.table_id)
  const [asked, setAsked] = useState<Asked>()
  const list = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another view was opened
  useEffect(() => {
    list.current
      ?.querySelector('[data-current="true"]')
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [current.view_id])
  const make = async (wanted: string, body: object) => {
    const made = await structure.addView({
      name: freeName(
        wanted,
        table.views.map((view) => view.name),
      ),
      ...body,
    })
    if (made) onOpen(made)
  }
  const remove: MenuItem = {
    icon: Trash2,
    text: t('删除视图', 'Delete view'),
    danger: true,
    act: () => setAsked('delete'),
  }
  const copyName = `${current.name} ${t('副本', 'copy')}`
  const menu: (MenuItem | null)[] = [
    { icon: Pencil, text: t('重命名', 'Rename'), act: () => setAsked('rename') },
    {
      icon: Copy,
      text: t('复制视图', 'Duplicate'),
      act: () => void make(copyName, { copy_of: current.view_id }),
    },
    ...(table.views.length > 1 ? [null, remove] : []),
  ]
  return (
    <div className={styles.tabs}>
      <div ref={list} role="tablist" aria-label={t('视图', 'Views')} className={styles.tabList}>
        {table.views.map((view) => (
          <ViewTab
            key={view.view_id}
            view={view}
            current={view === current}
            menu={view === current && table.may.views ? menu : undefined}
            onOpen={() => onOpen(view.view_id)}
          />
        ))}
      </div>
      {table.may.views ? (
        <AddView onMake={(kind) => void make(t(kind.zh, kind.en), { type: kind.type })} />
      ) : null}
      {asked === 'rename' ? (
        <NameDialog
          title={t('重命名视图', 'Rename view')}
          name={current.name}
          onClose={() => setAsked(undefined)}
          onSave={(name) => structure.changeView(current.view_id, { name })}
        />
      ) : null}
      {asked === 'delete' ? (
        <ConfirmDialog
          title={t(`删除视图“${current.name}”？`, `Delete the view “${current.name}”?`)}
          text={t('记录不会被删除。', 'The records stay.')}
          onClose={() => setAsked(undefined)}
          onDelete={() => structure.deleteView(current.view_id)}
        />
      ) : null}
    </div>
  )
}

interface ViewTabProps {
  view: WebView
  current: boolean
  menu: readonly (MenuItem | null)[] | undefined
  onOpen: () => void
}

function ViewTab({ view, current, menu, onOpen }: ViewTabProps) {
  const t = useT()
  const Icon = kinds.find((kind) => kind.type === view.type)?.icon ?? Table
  return (
    <span className={styles.tab} data-current={current}>
      <button type="button" role="tab" aria-selected={current} onClick={onOpen}>
        <Icon size={15} aria-hidden />
        {view.name}
      </button>
      {menu ? (
        <PanelButton
          label={t('视图菜单', 'View menu')}
          trigger={<MoreHorizontal size={15} />}
          className={styles.more}
          role="menu"
        >
          {(close) => <MenuItems items={menu} close={close} />}
        </PanelButton>
      ) : null}
    </span>
  )
}

function AddView({ onMake }: { onMake(kind: ViewKind): void }) {
  const t = useT()
  const items = kinds.map((kind) => ({ icon: kind.icon, text: t(kind.zh, kind.en), act: () => onMake(kind) }))
  return (
    <PanelButton
      label={t('新增视图', 'Add view')}
      trigger={<Plus size={16} />}
      className={styles.addView}
      role="menu"
    >
      {(close) => <MenuItems close={close} items={items} />}
    </PanelButton>
  )
}
