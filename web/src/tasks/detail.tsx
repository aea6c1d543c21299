import { ArrowLeft, Link2, X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useSearchParams } from 'wouter'
import type { WebTaskDetail, WebTaskMember } from '#sandbox/feishu/task/web/task-shapes.ts'
import { send } from '../api/client.ts'
import { useWeb } from '../api/query.ts'
import { useT } from '../shell/language.tsx'
import { Avatar } from '../ui/avatar.tsx'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { Loading } from '../ui/loading.tsx'
import { useTry } from '../ui/toast.tsx'
import { dueInWords } from './due.ts'
import { TaskRow, Tick } from './task-row.tsx'
import styles from './tasks.module.css'

/** One task: what is asked, of whom, until when, where it comes from, what was said. */
export function Detail({ guid, onClose }: { guid: string; onClose: () => void }) {
  const t = useT()
  const { data, error } = useWeb<WebTaskDetail>(`tasks/${encodeURIComponent(guid)}`, ['task', 'contact'])
  return (
    <aside className={styles.detail} aria-label={t('任务详情', 'Task')}>
      <header className={styles.bar}>
        <button type="button" className={styles.back} onClick={onClose} aria-label={t('返回', 'Back')}>
          <ArrowLeft size={20} aria-hidden />
        </button>
        <span>{data?.task.taskId}</span>
        <button type="button" className={styles.close} onClick={onClose} aria-label={t('关闭', 'Close')}>
          <X size={18} aria-hidden />
        </button>
      </header>
      {error ? <Empty title={t('看不到这个任务', 'This task cannot be shown')} text={error.message} /> : null}
      {!data && !error ? <Loading /> : null}
      {data ? <Content detail={data} /> : null}
    </aside>
  )
}

function Content({ detail }: { detail: WebTaskDetail }) {
  const t = useT()
  const { task, now } = detail
  const due = task.due === null ? undefined : dueInWords(task.due, { now, isAllDay: task.isAllDay, t })
  return (
    <div className={styles.content}>
      <div className={styles.title} data-done={task.completedAt !== null}>
        <Tick task={task} />
        <h2>{task.summary}</h2>
      </div>
      <dl className={styles.fields}>
        <Field name={t('负责人', 'Assignees')}>
          <People people={task.assignees} />
          {task.mode === 1 && task.assignees.length > 1 ? (
            <small>{t('所有人完成后才算完成', 'Done when everybody is')}</small>
          ) : null}
        </Field>
        <Field name={t('截止时间', 'Due')}>
          {due ? (
            <span className={styles.due} data-look={task.completedAt === null ? due.look : 'later'}>
              {due.text}
            </span>
          ) : (
            t('未安排', 'None')
          )}
        </Field>
        {task.list ? (
          <Field name={t('清单', 'List')}>
            {task.list.name}
            {task.list.section ? ` / ${task.list.section}` : ''}
          </Field>
        ) : null}
        {task.followers.length > 0 ? (
          <Field name={t('关注人', 'Followers')}>
            <People people={task.followers} />
          </Field>
        ) : null}
        <Field name={t('创建人', 'Created by')}>
          <People people={[task.creator]} />
        </Field>
        {task.origin ? (
          <Field name={t('来自', 'From')}>
            <a href={task.origin.url} target="_blank" rel="noreferrer" className={styles.origin}>
              <Link2 size={14} aria-hidden />
              {task.origin.platform ? `${task.origin.platform} · ` : ''}
              {task.origin.title}
            </a>
          </Field>
        ) : null}
      </dl>
      {task.description ? <p className={styles.description}>{task.description}</p> : null}
      <Subtasks detail={detail} />
      <Comments detail={detail} />
    </div>
  )
}

function Field({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function People({ people }: { people: readonly WebTaskMember[] }) {
  const t = useT()
  if (people.length === 0) return <>{t('无', 'Nobody')}</>
  return (
    <>
      {people.map((one) => (
        <span key={one.id} className={styles.person}>
          <Avatar name={one.name} size={20} square={one.isApp} />
          {one.name}
        </span>
      ))}
    </>
  )
}

function Subtasks({ detail }: { detail: WebTaskDetail }) {
  const t = useT()
  const [, setSearch] = useSearchParams()
  if (detail.subtasks.length === 0) return null
  const open = (guid: string) =>
    setSearch((now) => {
      const next = new URLSearchParams(now)
      next.set('task', guid)
      return next
    })
  return (
    <section aria-label={t('子任务', 'Subtasks')}>
      <h3>
        {t('子任务', 'Subtasks')} {detail.task.subtasks.done}/{detail.task.subtasks.total}
      </h3>
      <ul className={styles.rows}>
        {detail.subtasks.map((one) => (
          <TaskRow key={one.guid} task={one} now={detail.now} isOpen={false} onOpen={open} />
        ))}
      </ul>
    </section>
  )
}

function Comments({ detail }: { detail: WebTaskDetail }) {
  const t = useT()
  const attempt = useTry()
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const say = async () => {
    setBusy(true)
    if (await attempt(() => send('POST', `tasks/${detail.task.guid}/comments`, { content: text })))
      setText('')
    setBusy(false)
  }
  return (
    <section className={styles.comments} aria-label={t('评论', 'Comments')}>
      <h3>{t('评论', 'Comments')}</h3>
      {detail.comments.map(({ id, author, content, at }) => (
        <article key={id}>
          <Avatar name={author.name} size={28} square={author.isApp} />
          <div>
            <header>
              {author.name}
              <time>{new Date(at).toLocaleString('zh-CN', { dateStyle: 'short', timeStyle: 'short' })}</time>
            </header>
            <p>{content}</p>
          </div>
        </article>
      ))}
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void say()
        }}
      >
        <input
          value={text}
          onChange={(event) => setText(event.target.value)}
          placeholder={t('说点什么', 'Write a comment')}
          aria-label={t('评论内容', 'Comment')}
          maxLength={3000}
        />
        <Button type="submit" look="primary" busy={busy} disabled={text.trim() === ''}>
          {t('发送', 'Send')}
        </Button>
      </form>
    </section>
  )
}
