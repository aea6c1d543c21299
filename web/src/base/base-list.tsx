import { Plus, Table2 } from 'lucide-react'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { send } from '../api/client.ts'
import { useT } from '../shell/language.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Empty } from '../ui/empty.tsx'
import { Loading } from '../ui/loading.tsx'
import { useTry } from '../ui/toast.tsx'
import styles from './base-list.module.css'
import { useBases } from './sync/base-data.ts'

/** The bases this person may open. */
export function BaseList() {
  const t = useT()
  const { data, error } = useBases()
  const [making, setMaking] = useState(false)
  if (error) return <Empty title={t('读不到多维表格', 'Bases cannot be read')} text={error.message} />
  if (!data) return <Loading />
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h2>{t('多维表格', 'Base')}</h2>
        <Button look="primary" onClick={() => setMaking(true)}>
          <Plus size={15} aria-hidden />
          {t('新建多维表格', 'New base')}
        </Button>
      </header>
      {data.length === 0 ? (
        <Empty
          title={t('还没有多维表格', 'No bases yet')}
          text={t(
            '汇流连接后会建好自己的多维表格；您也可以自己新建一个。',
            'A connected product makes its own base; you can make one too.',
          )}
        />
      ) : (
        <ul className={styles.list}>
          {data.map((base) => (
            <li key={base.app_token}>
              <Link href={`/base/${base.app_token}`} className={styles.entry}>
                <span className={styles.icon}>
                  <Table2 size={20} aria-hidden />
                </span>
                <span className={styles.text}>
                  <strong>{base.name}</strong>
                  <small>
                    {t('所有者', 'Owner')} {base.owner || '—'} ·{' '}
                    {base.right === 'view'
                      ? t('可阅读', 'can view')
                      : base.right === 'edit'
                        ? t('可编辑', 'can edit')
                        : t('可管理', 'can manage')}
                  </small>
                  <small className={styles.tables}>
                    {base.tables.map((table) => (
                      <span key={table.table_id}>
                        {table.name} <b>{table.rows.toLocaleString('en-US')}</b>
                      </span>
                    ))}
                  </small>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      {making ? <NewBase onClose={() => setMaking(false)} /> : null}
    </div>
  )
}

function NewBase({ onClose }: { onClose: () => void }) {
  const t = useT()
  const attempt = useTry()
  const [, go] = useLocation()
  const [name, setName] = useState('')
  const make = () =>
    attempt(async () => {
      const { app_token } = await send<{ app_token: string }>('POST', 'base', { name })
      go(`/base/${app_token}`)
    })
  return (
    <Dialog
      title={t('新建多维表格', 'New base')}
      onClose={onClose}
      width={400}
      actions={
        <>
          <Button onClick={onClose}>{t('取消', 'Cancel')}</Button>
          <Button look="primary" onClick={() => void make()}>
            {t('新建', 'Create')}
          </Button>
        </>
      }
    >
      <input
        className={styles.name}
        aria-label={t('名称', 'Name')}
        placeholder={t('未命名多维表格', 'Untitled base')}
        value={name}
        maxLength={255}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') void make()
        }}
      />
    </Dialog>
  )
}
