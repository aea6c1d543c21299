import { Circle, CircleCheck, ExternalLink, MessageSquareText, SquareCheck } from 'lucide-react'
import type { WebTask } from '#sandbox/feishu/task/web/task-shapes.ts'
import { send } from '../api/client.ts'
import { useT } from '../shell/language.tsx'
import { Avatar } from '../ui/avatar.tsx'
import { useTry } from '../ui/toast.tsx'
import { dueInWords } from './due.ts'
import styles from './tasks.module.css'

export interface TaskRowProps {
  task: WebTask
  now: number
  isOpen: boolean
  onOpen: (guid: string) => void
}

/** One line of a list: tick, title, where it belongs, when it is due, whose it is. */
export function TaskRow({ task, now, isOpen, onOpen }: TaskRowProps) {
  const t = useT()
  const due = task.due === null ? undefined : dueInWords(task.due, { now, isAllDay: task.isAllDay, t })
  const isDone = task.completedAt !== null
  return (
    <li className={styles.row} data-done={isDone} data-open={isOpen}>
      <Tick task={task} />
      <button type="button" className={styles.open} onClick={() => onOpen(task.guid)}>
        <span className={styles.summary}>{task.summary}</span>
        <span className={styles.facts}>
          {due ? (
            <span className={styles.due} data-look={isDone ? 'later' : due.look}>
              {due.text}
            </span>
          ) : null}
          {task.list ? <span className={styles.place}>{task.list.name}</span> : null}
          {task.parent ? <span className={styles.place}>{task.parent}</span> : null}
          {task.subtasks.total > 0 ? (
            <span className={styles.count}>
              <SquareCheck size={13} aria-hidden />
              {task.subtasks.done}/{task.subtasks.total}
            </span>
          ) : null}
          {task.comments > 0 ? (
            <span className={styles.count}>
              <MessageSquareText size={13} aria-hidden />
              {task.comments}
            </span>
          ) : null}
        </span>
      </button>
      <span className={styles.faces} title={task.assignees.map(({ name }) => name).join('、')}>
        {task.assignees.slice(0, 3).map((one) => (
          <Avatar key={one.id} name={one.name} size={24} square={one.isApp} />
        ))}
        {task.assignees.length > 3 ? <small>+{task.assignees.length - 3}</small> : null}
      </span>
    </li>
  )
}

/** The round tick; a task that is finished on another page leads there. */
export function Tick({ task }: { task: WebTask }) {
  const t = useT()
  const attempt = useTry()
  const isDone = task.completedAt !== null || task.doneByMe
  if (task.completeAt && !isDone)
    return (
      <a
        className={styles.tick}
        href={task.completeAt}
        target="_blank"
        rel="noreferrer"
        aria-label={t(`去完成：${task.summary}`, `Complete elsewhere: ${task.summary}`)}
      >
        <ExternalLink size={17} aria-hidden />
      </a>
    )
  const Icon = isDone ? CircleCheck : Circle
  return (
    <button
      type="button"
      className={styles.tick}
      aria-pressed={isDone}
      aria-label={t(`完成：${task.summary}`, `Complete: ${task.summary}`)}
      disabled={!task.mayComplete}
      onClick={() => attempt(() => send('POST', `tasks/${task.guid}/completion`, { done: !isDone }))}
    >
      <Icon size={19} aria-hidden />
    </button>
  )
}
