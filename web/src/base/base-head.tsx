import { ChevronLeft, Menu, ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'wouter'
import type { WebBase, WebTable } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { send } from '../api/client.ts'
import { useT } from '../shell/language.tsx'
import { useTry } from '../ui/toast.tsx'
import styles from './base-page.module.css'

/** The base's name (a press renames it) and, on a phone, the way to its tables. */
export function BaseHead({
  base,
  table,
  onTables,
}: {
  base: WebBase
  table: WebTable
  onTables: () => void
}) {
  const t = useT()
  return (
    <header className={styles.head}>
      <Link href="/base" className={styles.back} aria-label={t('全部多维表格', 'All bases')}>
        <ChevronLeft size={18} />
      </Link>
      <BaseName key={base.name} base={base} />
      {base.advanced ? (
        <span className={styles.advanced} title={t('已开启高级权限', 'Advanced permissions are on')}>
          <ShieldCheck size={14} aria-hidden />
          {t('高级权限', 'Advanced')}
        </span>
      ) : null}
      <button
        type="button"
        className={styles.tablesButton}
        onClick={onTables}
        aria-label={t('数据表列表', 'Tables')}
      >
        <Menu size={16} aria-hidden />
        {table.name}
      </button>
    </header>
  )
}

function BaseName({ base }: { base: WebBase }) {
  const t = useT()
  const attempt = useTry()
  const [name, setName] = useState(base.name)
  if (base.right === 'view') return <strong className={styles.name}>{base.name}</strong>
  const save = async () => {
    if (name.trim() === '' || name === base.name) return setName(base.name)
    const done = await attempt(() => send('PATCH', `base/${base.app_token}`, { name }))
    if (!done) setName(base.name)
  }
  return (
    <input
      className={styles.name}
      aria-label={t('多维表格名称', 'Name of the base')}
      value={name}
      maxLength={255}
      onChange={(event) => setName(event.target.value)}
      onBlur={() => void save()}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur()
        if (event.key === 'Escape') setName(base.name)
      }}
    />
  )
}
