import { ChevronLeft, ChevronRight, Stamp } from 'lucide-react'
import { Link } from 'wouter'
import type { LaunchItem } from '#sandbox/feishu/approval/web/shapes.ts'
import { useWeb } from '../../api/query.ts'
import { useT } from '../../shell/language.tsx'
import { useSession } from '../../shell/session.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Loading } from '../../ui/loading.tsx'
import styles from './launch.module.css'

/** What a person may start. */
export default function LaunchList() {
  const t = useT()
  const { me } = useSession()
  const { data, error } = useWeb<LaunchItem[]>(`approval/launch?me=${me.open_id}`, ['approval'])
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Link href="/approval" aria-label={t('返回审批列表', 'Back to approvals')}>
          <ChevronLeft size={20} aria-hidden />
        </Link>
        <h2>{t('发起审批', 'New request')}</h2>
      </header>
      {data === undefined ? (
        error ? (
          <Empty title={t('打不开', 'Could not be read')} text={error.message} />
        ) : (
          <Loading />
        )
      ) : data.length === 0 ? (
        <Empty
          title={t('没有你能发起的审批', 'There is nothing you may start')}
          text={t('请管理员在审批管理里启用一个', 'An admin can enable one')}
        />
      ) : (
        <ul className={styles.cards}>
          {data.map((item) => (
            <li key={item.approval_code}>
              <Link href={`/approval/new/${item.approval_code}`} className={styles.card}>
                <span className={styles.icon}>
                  <Stamp size={20} aria-hidden />
                </span>
                <span className={styles.cardText}>
                  <strong>{item.name}</strong>
                  {item.description ? <small>{item.description}</small> : null}
                </span>
                <ChevronRight size={16} aria-hidden />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
