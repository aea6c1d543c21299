import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { TaskView, WebTask, WebTaskBoard } from '#sandbox/feishu/task/web/task-shapes.ts'
import { send } from '../api/client.ts'
import { useT } from '../shell/language.tsx'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { useTry } from '../ui/toast.tsx'
import { TaskRow } from './task-row.tsx'
import styles from './tasks.module.css'

interface BoardProps {
  board: WebTaskBoard
  view: TaskView
  list: string | null
  open: string | null
  onOpen: (guid: string) => void
}

const titles = {
  mine: ['我负责的', 'Assigned to me'],
  followed: ['我关注的', 'Followed'],
  created: ['我创建的', 'Created by me'],
  all: ['全部任务', 'All tasks'],
} as const

/** The tasks of one view, open or done, in groups by time. */
export function Board({ board, view, list, open, onOpen }: BoardProps) {
  const t = useT()
  const [shown, show] = useState<'open' | 'done'>('open')
  const [zh, en] = titles[view]
  const name = list === null ? t(zh, en) : (board.lists.find((one) => one.guid === list)?.name ?? '')
  const done = board.tasks.filter((task) => task.completedAt !== null)
  const todo = board.tasks.filter((task) => task.completedAt === null)
  const groups = shown === 'done' ? [{ id: 'done', name: '', tasks: done }] : groupsOf(todo, board.now, t)
  return (
    <section className={styles.board} aria-label={name}>
      <header className={styles.head}>
        <h1>{name}</h1>
        <Tabs
          label={t('完成情况', 'State')}
          tabs={[
            { id: 'open', text: t('未完成', 'Open'), count: todo.length },
            { id: 'done', text: t('已完成', 'Done'), count: done.length },
          ]}
          current={shown}
          onChoose={show}
        />
      </header>
      <div className={styles.scroll}>
        {shown === 'open' && view !== 'followed' ? <QuickAdd list={list} /> : null}
        {groups.every((group) => group.tasks.length === 0) ? (
          <Empty
            title={
              shown === 'open'
                ? t('没有未完成的任务', 'Nothing to do')
                : t('还没有完成的任务', 'Nothing done yet')
            }
            text={t('应用或同事给你的任务会出现在这里', 'Tasks from apps and colleagues appear here')}
          />
        ) : null}
        {groups
          .filter((group) => group.tasks.length > 0)
          .map((group) => (
            <section key={group.id} aria-label={group.name || name}>
              {group.name ? <h2 className={styles.group}>{group.name}</h2> : null}
              <ul className={styles.rows}>
                {group.tasks.map((task) => (
                  <TaskRow
                    key={task.guid}
                    task={task}
                    now={board.now}
                    isOpen={task.guid === open}
                    onOpen={onOpen}
                  />
                ))}
              </ul>
            </section>
          ))}
      </div>
    </section>
  )
}

const dayMs = 24 * 3_600_000

function groupsOf(tasks: readonly WebTask[], now: number, t: ReturnType<typeof useT>) {
  const endOfToday = new Date(now).setHours(24, 0, 0, 0)
  const at = (task: WebTask) => task.due ?? Number.POSITIVE_INFINITY
  const isLate = (task: WebTask) => (task.isAllDay ? at(task) + dayMs < now : at(task) < now)
  return [
    { id: 'late', name: t('已逾期', 'Overdue'), tasks: tasks.filter(isLate) },
    {
      id: 'today',
      name: t('今天', 'Today'),
      tasks: tasks.filter((task) => !isLate(task) && at(task) < endOfToday),
    },
    {
      id: 'later',
      name: t('以后', 'Later'),
      tasks: tasks.filter((task) => !isLate(task) && at(task) >= endOfToday && task.due !== null),
    },
    { id: 'none', name: t('未安排时间', 'No due time'), tasks: tasks.filter((task) => task.due === null) },
  ]
}

function QuickAdd({ list }: { list: string | null }) {
  const t = useT()
  const attempt = useTry()
  const [summary, setSummary] = useState('')
  return (
    <form
      className={styles.add}
      onSubmit={async (event) => {
        event.preventDefault()
        if (summary.trim() === '') return
        const done = await attempt(() => send('POST', 'tasks', { summary, ...(list !== null && { list }) }))
        if (done) setSummary('')
      }}
    >
      <Plus size={17} aria-hidden />
      <input
        value={summary}
        onChange={(event) => setSummary(event.target.value)}
        placeholder={t('新建任务，按回车添加', 'Add a task, press Enter')}
        aria-label={t('新建任务', 'New task')}
        maxLength={3000}
      />
      {summary.trim() ? (
        <Button type="submit" look="primary" small>
          {t('添加', 'Add')}
        </Button>
      ) : null}
    </form>
  )
}
