import { ChevronLeft } from 'lucide-react'
import { useEffect } from 'react'
import { Link, useSearchParams } from 'wouter'
import type { ApprovalDetail } from '#sandbox/feishu/approval/web/shapes.ts'
import { send } from '../api/client.ts'
import { useWeb } from '../api/query.ts'
import { useT } from '../shell/language.tsx'
import { useSession } from '../shell/session.tsx'
import { Avatar } from '../ui/avatar.tsx'
import { Empty } from '../ui/empty.tsx'
import { Loading } from '../ui/loading.tsx'
import { ActionBar } from './action-bar.tsx'
import { Comments } from './comments.tsx'
import styles from './detail.module.css'
import { FlowView } from './flow-view.tsx'
import { FormView } from './form-view.tsx'
import { StatusChip } from './status.tsx'
import { fullTime } from './time.ts'

/** One approval: who asks for what, how far it is, and what the reader may do about it. */
export function Detail({ code }: { code: string }) {
  const t = useT()
  const { me } = useSession()
  const [params] = useSearchParams()
  const path = `approval/instances/${encodeURIComponent(code)}`
  const { data, error } = useWeb<ApprovalDetail>(`${path}?me=${me.open_id}`, ['approval', 'approval-files'])
  const known = data !== undefined
  useEffect(() => {
    // Opening it is what marks a copy as read.
    if (known) send('POST', `${path}/read`).catch(() => undefined)
  }, [known, path])
  const back = `/approval${params.size > 0 ? `?${params}` : ''}`
  if (data === undefined)
    return (
      <div className={styles.pane}>
        <Back href={back} />
        {error ? (
          <Empty title={t('打不开这个审批', 'This approval cannot be opened')} text={error.message} />
        ) : (
          <Loading />
        )}
      </div>
    )
  return (
    <article className={styles.pane} aria-label={data.title} data-status={data.status}>
      <Back href={back} />
      <div className={styles.scroll}>
        <header className={styles.head}>
          <div className={styles.title}>
            <h2>
              {t(`${data.applicant.name}提交的${data.title}`, `${data.title} by ${data.applicant.name}`)}
            </h2>
            <StatusChip status={data.status} />
          </div>
          <p className={styles.meta}>
            <Avatar name={data.applicant.name} size={22} />
            <span>{data.applicant.name}</span>
            <time>{fullTime(data.startTime)}</time>
            <span>
              {t('编号', 'No.')} {data.serial_number}
            </span>
          </p>
        </header>
        <FormView widgets={data.form} />
        <section className={styles.section}>
          <h3>{t('审批流程', 'Flow')}</h3>
          <FlowView steps={data.flow} status={data.status} />
        </section>
        <Comments detail={data} path={path} />
      </div>
      <ActionBar detail={data} path={path} />
    </article>
  )
}

function Back({ href }: { href: string }) {
  const t = useT()
  return (
    <nav className={styles.back} aria-label={t('返回', 'Back')}>
      <Link href={href}>
        <ChevronLeft size={20} aria-hidden />
        {t('审批列表', 'Approvals')}
      </Link>
    </nav>
  )
}
