import { MoreHorizontal, Pencil, Plus, Table2, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { WebBase, WebTable } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { send } from '../api/client.ts'
import { queryClient } from '../api/query.ts'
import { useT } from '../shell/language.tsx'
import { useTry } from '../ui/toast.tsx'
import styles from './base-page.module.css'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { freeName } from './free-name.ts'
import { type MenuItem, MenuItems, PanelButton } from './menu.tsx'
import { NameDialog } from './name-dialog.tsx'
import { tablePath } from './sync/base-data.ts'

export interface SidebarProps {
  base: WebBase
  current: WebTable
  /** On a phone the list is shown only when asked for. */
  shown: boolean
  onClose: () => void
  onOpen(tableId: string): void
}

type Asked = { kind: 'new' } | { kind: 'rename' | 'delete'; table: WebTable }

/** The base's tables. */
export function Sidebar({ base, current, shown, onClose, onOpen }: SidebarProps) {
  const t = useT()
  const attempt = useTry()
  const [asked, setAsked] = useState<Asked>()
  const app = `base/${encodeURIComponent(base.app_token)}`
  const then = (work: () => Promise<unknown>) =>
    attempt(async () => {
      await work()
      await queryClient.invalidateQueries({ queryKey: ['web', app] })
    })
  return (
    <>
      {shown ? (
        <button
          type="button"
          className={styles.shade}
          aria-label={t('关闭列表', 'Close the list')}
          onClick={onClose}
        />
      ) : null}
      <nav className={styles.side} data-shown={shown} aria-label={t('数据表', 'Tables')}>
        <ul>
          {base.tables.map((table) => (
            <TableEntry
              key={table.table_id}
              table={table}
              current={table === current}
              onOpen={() => onOpen(table.table_id)}
              onAsk={(kind) => setAsked({ kind, table })}
            />
          ))}
        </ul>
        {base.right === 'view' ? null : (
          <button type="button" className={styles.newTable} onClick={() => setAsked({ kind: 'new' })}>
            <Plus size={15} aria-hidden />
            {t('新建数据表', 'New table')}
          </button>
        )}
      </nav>
      {asked?.kind === 'new' ? (
        <NameDialog
          title={t('新建数据表', 'New table')}
          name={freeName(
            t('数据表', 'Table'),
            base.tables.map((table) => table.name),
          )}
          onClose={() => setAsked(undefined)}
          onSave={(name) =>
            then(async () => {
              const { table_id } = await send<{ table_id: string }>('POST', `${app}/tables`, { name })
              onOpen(table_id)
            })
          }
        />
      ) : null}
      {asked?.kind === 'rename' ? (
        <NameDialog
          title={t('重命名数据表', 'Rename table')}
          name={asked.table.name}
          onClose={() => setAsked(undefined)}
          onSave={(name) =>
            then(() => send('PATCH', tablePath(base.app_token, asked.table.table_id), { name }))
          }
        />
      ) : null}
      {asked?.kind === 'delete' ? (
        <ConfirmDialog
          title={t(`删除数据表“${asked.table.name}”？`, `Delete the table “${asked.table.name}”?`)}
          text={t(
            `其中的 ${asked.table.rows} 条记录会一起删除。`,
            `Its ${asked.table.rows} records go with it.`,
          )}
          onClose={() => setAsked(undefined)}
          onDelete={() => then(() => send('DELETE', tablePath(base.app_token, asked.table.table_id)))}
        />
      ) : null}
    </>
  )
}

interface TableEntryProps {
  table: WebTable
  current: boolean
  onOpen: () => void
  onAsk(kind: 'rename' | 'delete'): void
}

function TableEntry({ table, current, onOpen, onAsk }: TableEntryProps) {
  const t = useT()
  const items: MenuItem[] = [
    { icon: Pencil, text: t('重命名', 'Rename'), act: () => onAsk('rename') },
    { icon: Trash2, text: t('删除数据表', 'Delete table'), danger: true, act: () => onAsk('delete') },
  ]
  return (
    <li data-current={current}>
      <button
        type="button"
        className={styles.table}
        aria-current={current ? 'page' : undefined}
        onClick={onOpen}
      >
        <Table2 size={15} aria-hidden />
        <span>{table.name}</span>
        <small>{table.rows.toLocaleString('en-US')}</small>
      </button>
      {table.may.manage ? (
        <PanelButton
          label={t(`${table.name} 的菜单`, `Menu of ${table.name}`)}
          trigger={<MoreHorizontal size={15} />}
          className={styles.more}
          role="menu"
        >
          {(close) => <MenuItems close={close} items={items} />}
        </PanelButton>
      ) : null}
    </li>
  )
}
