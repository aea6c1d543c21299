import { useSearchParams } from 'wouter'
import type { TaskView, WebTaskBoard } from '#sandbox/feishu/task/web/task-shapes.ts'
import { useWeb } from '../api/query.ts'
import { useT } from '../shell/language.tsx'
import { Empty } from '../ui/empty.tsx'
import { Loading } from '../ui/loading.tsx'
import { Board } from './board.tsx'
import { Detail } from './detail.tsx'
import { Sidebar } from './sidebar.tsx'
import styles from './tasks.module.css'

const views: readonly TaskView[] = ['mine', 'followed', 'created', 'all']

/** `/tasks?view=…|list=…&task=…`: a person's tasks; one of them open at the side, or alone on a phone. */
export default function Page() {
  const [search, setSearch] = useSearchParams()
  const t = useT()
  const list = search.get('list')
  const asked = search.get('view') as TaskView
  const view = views.includes(asked) ? asked : 'mine'
  const open = search.get('task')
  const path = list === null ? `tasks?view=${view}` : `tasks?list=${encodeURIComponent(list)}`
  const { data, error } = useWeb<WebTaskBoard>(path, ['task', 'contact'])
  const show = (guid: string | null) =>
    setSearch((now) => {
      const next = new URLSearchParams(now)
      if (guid === null) next.delete('task')
      else next.set('task', guid)
      return next
    })
  if (error) return <Empty title={t('任务打不开', 'Tasks cannot be shown')} text={error.message} />
  if (!data) return <Loading />
  return (
    <div className={styles.layout} data-open={open !== null}>
      <Sidebar board={data} view={list === null ? view : undefined} list={list} />
      <Board board={data} view={view} list={list} open={open} onOpen={show} />
      {open === null ? null : <Detail key={open} guid={open} onClose={() => show(null)} />}
    </div>
  )
}
