import { Link } from 'wouter'
import type { ApprovalItem } from '#sandbox/feishu/approval/web/shapes.ts'
import { useT } from '../shell/language.tsx'
import { Avatar } from '../ui/avatar.tsx'
import styles from './list-pane.module.css'
import { StatusChip } from './status.tsx'
import { shortTime } from './time.ts'

export interface ListItemProps {
  item: ApprovalItem
  /** sandbox time, ms */
  now: number
  href: string
  current: boolean
}

export function ListItem({ item, now, href, current }: ListItemProps) {
  const t = useT()
  const name = t(`${item.applicant.name}提交的${item.title}`, `${item.title} by ${item.applicant.name}`)
  const content = (
    <>
      <span className={styles.top}>
        <Avatar name={item.applicant.name} size={26} />
        <span className={`${styles.title} ${item.unread ? styles.unread : ''}`}>{name}</span>
        <StatusChip status={item.status} />
      </span>
      <dl className={styles.summary}>
        {item.summary.map((line) => (
          <div key={line.name}>
            <dt>{line.name}</dt>
            <dd>{line.text}</dd>
          </div>
        ))}
      </dl>
      <span className={styles.foot}>
        <time>{shortTime(item.at, now, t('昨天', 'Yesterday'))}</time>
        {item.link === null ? null : <span>{t('在第三方系统处理', 'Handled in another system')}</span>}
      </span>
    </>
  )
  if (item.link !== null)
    return (
      <a
        href={item.link}
        target="_blank"
        rel="noreferrer"
        className={styles.item}
        aria-label={name}
        data-instance={item.instance_code}
      >
        {content}
      </a>
    )
  return (
    <Link
      href={href}
      className={styles.item}
      aria-current={current}
      aria-label={name}
      data-instance={item.instance_code}
    >
      {content}
    </Link>
  )
}
