import { CircleUserRound, Eye, Inbox, List, Send } from 'lucide-react'
import { Link } from 'wouter'
import type { TaskView, WebTaskBoard } from '#sandbox/feishu/task/web/task-shapes.ts'
import { useT } from '../shell/language.tsx'
import styles from './tasks.module.css'

const views = [
  { id: 'mine', icon: CircleUserRound, zh: '我负责的', en: 'Assigned to me' },
  { id: 'followed', icon: Eye, zh: '我关注的', en: 'Followed' },
  { id: 'created', icon: Send, zh: '我创建的', en: 'Created by me' },
  { id: 'all', icon: Inbox, zh: '全部任务', en: 'All tasks' },
] as const

/** Views and lists; a row that scrolls sideways on a phone. */
export function Sidebar(props: { board: WebTaskBoard; view: TaskView | undefined; list: string | null }) {
  const t = useT()
  return (
    <nav className={styles.sidebar} aria-label={t('任务视图', 'Task views')}>
      {views.map(({ id, icon: Icon, zh, en }) => (
        <Link
          key={id}
          href={`/tasks?view=${id}`}
          className={styles.view}
          aria-current={props.view === id ? 'page' : undefined}
        >
          <Icon size={16} aria-hidden />
          <span>{t(zh, en)}</span>
          <small>{props.board.counts[id] || ''}</small>
        </Link>
      ))}
      {props.board.lists.length > 0 ? <h2>{t('清单', 'Lists')}</h2> : null}
      {props.board.lists.map(({ guid, name, open }) => (
        <Link
          key={guid}
          href={`/tasks?list=${guid}`}
          className={styles.view}
          aria-current={props.list === guid ? 'page' : undefined}
        >
          <List size={16} aria-hidden />
          <span>{name}</span>
          <small>{open || ''}</small>
        </Link>
      ))}
    </nav>
  )
}
