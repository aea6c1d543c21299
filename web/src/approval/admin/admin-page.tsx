import { ChevronLeft, Plus } from 'lucide-react'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { DefinitionItem } from '#sandbox/feishu/approval/web/admin-shapes.ts'
import { send } from '../../api/client.ts'
import { useWeb } from '../../api/query.ts'
import { useT } from '../../shell/language.tsx'
import { useSession } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Loading } from '../../ui/loading.tsx'
import { useTry } from '../../ui/toast.tsx'
import styles from './admin.module.css'
import { CopyCode } from './copy-code.tsx'

/** The approval console: all definitions, with what an app needs to know of them. */
export default function AdminPage() {
  const t = useT()
  const { me } = useSession()
  const [, navigate] = useLocation()
  const { data, error } = useWeb<DefinitionItem[]>(`approval/admin?me=${me.open_id}`, ['approval'])
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Link href="/approval" aria-label={t('返回审批列表', 'Back to approvals')}>
          <ChevronLeft size={20} aria-hidden />
        </Link>
        <h2>{t('审批管理', 'Manage approvals')}</h2>
        <Button look="primary" onClick={() => navigate('/approval/admin/new')}>
          <Plus size={16} aria-hidden />
          {t('新建审批', 'New approval')}
        </Button>
      </header>
      {data ? (
        <ul className={styles.list}>
          {data.map((item) => (
            <Definition key={item.approval_code} item={item} />
          ))}
        </ul>
      ) : error ? (
        <Empty title={t('打不开审批管理', 'This cannot be opened')} text={error.message} />
      ) : (
        <Loading />
      )}
      {data?.length === 0 ? <Empty title={t('还没有审批', 'No approvals yet')} /> : null}
    </div>
  )
}

function Definition({ item }: { item: DefinitionItem }) {
  const t = useT()
  const attempt = useTry()
  const [, navigate] = useLocation()
  const [asking, setAsking] = useState(false)
  const path = `approval/admin/${item.approval_code}`
  return (
    <li className={styles.item} aria-label={item.name} data-active={item.active}>
      <div className={styles.itemText}>
        <p>
          <Link href={`/${path}`}>{item.name}</Link>
          <span className={item.active ? styles.on : styles.off}>
            {item.active ? t('已启用', 'Active') : t('已停用', 'Disabled')}
          </span>
          <span className={item.subscribed ? styles.on : styles.plain}>
            {item.subscribed
              ? t('事件已订阅', 'Events subscribed')
              : t('事件未订阅', 'Events not subscribed')}
          </span>
        </p>
        {item.description ? <small>{item.description}</small> : null}
        <CopyCode label="approval_code" code={item.approval_code} />
      </div>
      <p className={styles.numbers}>
        {t(`${item.instances} 份`, `${item.instances} instances`)}
        <small>{t(`审批中 ${item.pending}`, `${item.pending} in review`)}</small>
      </p>
      {item.byApi ? (
        <small className={styles.numbers}>{t('由应用创建', 'Made by an app')}</small>
      ) : (
        <span className={styles.deeds}>
          <Button small onClick={() => navigate(`/${path}`)}>
            {t('编辑', 'Edit')}
          </Button>
          <Button
            small
            onClick={() => attempt(() => send('POST', `${path}/status`, { active: !item.active }))}
          >
            {item.active ? t('停用', 'Disable') : t('启用', 'Enable')}
          </Button>
          <Button small look="text" onClick={() => setAsking(true)}>
            {t('删除', 'Delete')}
          </Button>
        </span>
      )}
      {asking ? (
        <Dialog
          title={t(`删除「${item.name}」`, `Delete ${item.name}`)}
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button onClick={() => setAsking(false)}>{t('取消', 'Cancel')}</Button>
              <Button look="danger" onClick={() => attempt(() => send('DELETE', path))}>
                {t('删除', 'Delete')}
              </Button>
            </>
          }
        >
          {t(
            `删除后无法恢复，审批中的 ${item.pending} 份会一起删除。`,
            `This cannot be undone; ${item.pending} running instances are deleted too.`,
          )}
        </Dialog>
      ) : null}
    </li>
  )
}
