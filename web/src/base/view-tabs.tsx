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
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import styles from './base-page.module.css'
import { type MenuItem, MenuItems, PanelButton } from './menu.tsx'
import { NameDialog } from './name-dialog.tsx'
import { useStructure } from './sync/edits.ts'

const kinds: readonly { type: string; icon: LucideIcon; zh: string; en: string }[] = [
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
    const made = await structure.addView({ name: freeName(table, wanted), ...body })
    if (made) onOpen(made)
  }
  const menu: (MenuItem | null)[] = [
    { icon: Pencil, text: t('重命名', 'Rename'), act: () => setAsked('rename') },
    {
      icon: Copy,
      text: t('复制视图', 'Duplicate'),
      act: () => void make(`${current.name} ${t('副本', 'copy')}`, { copy_of: current.view_id }),
    },
    ...(table.views.length > 1
      ? [
          null,
          {
            icon: Trash2,
            text: t('删除视图', 'Delete view'),
            danger: true,
            act: () => setAsked('delete'),
          } satisfies MenuItem,
        ]
      : []),
  ]
  return (
    <div className={styles.tabs}>
      <div ref={list} role="tablist" aria-label={t('视图', 'Views')} className={styles.tabList}>
        {table.views.map((view) => {
          const Icon = kinds.find((kind) => kind.type === view.type)?.icon ?? Table
          return (
            <span key={view.view_id} className={styles.tab} data-current={view === current}>
              <button
                type="button"
                role="tab"
                aria-selected={view === current}
                onClick={() => onOpen(view.view_id)}
              >
                <Icon size={15} aria-hidden />
                {view.name}
              </button>
              {view === current && table.may.views ? (
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
        })}
      </div>
      {table.may.views ? (
        <PanelButton
          label={t('新增视图', 'Add view')}
          trigger={<Plus size={16} />}
          className={styles.addView}
          role="menu"
        >
          {(close) => (
            <MenuItems
              close={close}
              items={kinds.map(({ type, icon, zh, en }) => ({
                icon,
                text: t(zh, en),
                act: () => void make(t(zh, en), { type }),
              }))}
            />
          )}
        </PanelButton>
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
        <Dialog
          title={t(`删除视图“${current.name}”？`, `Delete the view “${current.name}”?`)}
          onClose={() => setAsked(undefined)}
          actions={
            <>
              <Button onClick={() => setAsked(undefined)}>{t('取消', 'Cancel')}</Button>
              <Button
                look="danger"
                onClick={async () => {
                  await structure.deleteView(current.view_id)
                  setAsked(undefined)
                }}
              >
                {t('删除', 'Delete')}
              </Button>
            </>
          }
        >
          {t('记录不会被删除。', 'The records stay.')}
        </Dialog>
      ) : null}
    </div>
  )
}

function freeName(table: WebTable, wanted: string): string {
  const taken = new Set(table.views.map((view) => view.name))
  let name = wanted
  for (let n = 2; taken.has(name); n++) name = `${wanted} ${n}`
  return name
}
