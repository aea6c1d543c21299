import type { ApiCall, Kernel } from '../../kernel/types.ts'
import { completeTask } from './complete.ts'
import { requireTask } from './rights.ts'
import { tellTask } from './task-events.ts'
import { badTask, callerOf, type Task, taskChanged, taskState } from './task-state.ts'
import { taskPage, wireOf, wireTask } from './wire.ts'
import { newTask, readCompletion, readMoment, readSummary, readText } from './write-task.ts'

const root = '/open-apis/task/v2/tasks'
const fast = { perSecond: 10 }
const tier4 = { perMinute: 1000, perSecond: 50 }

/** task/v2/tasks: make, read, change, delete, list, subtasks. */
export function registerTaskApi(kernel: Kernel): void {
  const answer = (call: ApiCall, task: Task) => ({ task: wireTask(wireOf(kernel, call), task) })
  const find = (call: ApiCall, right: 'read' | 'edit') =>
    requireTask(kernel, call.params.task_guid, { who: callerOf(kernel, call), right })
  kernel.api({
    method: 'POST',
    path: root,
    limit: fast,
    auth: 'any',
    handle: (call) =>
      answer(
        call,
        once(kernel, call, () => newTask(kernel, call)),
      ),
  })
  kernel.api({ method: 'GET', path: root, limit: tier4, auth: 'user', handle: (call) => mine(kernel, call) })
  kernel.api({
    method: 'GET',
    path: `${root}/:task_guid`,
    limit: fast,
    auth: 'any',
    handle: (call) => answer(call, find(call, 'read')),
  })
  kernel.api({
    method: 'PATCH',
    path: `${root}/:task_guid`,
    limit: fast,
    auth: 'any',
    handle: (call) => {
      const task = find(call, 'edit')
      change(kernel, task, call.body)
      return answer(call, task)
    },
  })
  kernel.api({
    method: 'DELETE',
    path: `${root}/:task_guid`,
    limit: fast,
    auth: 'any',
    handle: (call) => {
      const task = find(call, 'edit')
      tellTask(kernel, task, 'deleted')
      remove(kernel, task)
      return {}
    },
  })
  kernel.api({
    method: 'POST',
    path: `${root}/:task_guid/subtasks`,
    limit: fast,
    auth: 'any',
    handle: (call) => {
      const parent = find(call, 'edit')
      const made = once(kernel, call, () => newTask(kernel, call, parent.guid))
      return { subtask: wireTask(wireOf(kernel, call), made) }
    },
  })
  kernel.api({
    method: 'GET',
    path: `${root}/:task_guid/subtasks`,
    limit: tier4,
    auth: 'any',
    handle: (call) => {
      const parent = find(call, 'read')
      const all = Object.values(taskState(kernel).tasks).filter((one) => one.parent === parent.guid)
      return taskPage(
        all.map((one) => wireTask(wireOf(kernel, call), one)),
        call,
      )
    },
  })
}

/** The same client_token makes one task. */
function once(kernel: Kernel, { body }: ApiCall, make: () => Task): Task {
  const { tokens, tasks } = taskState(kernel)
  const token = typeof body.client_token === 'string' ? body.client_token : undefined
  if (token !== undefined && (token.length < 10 || token.length > 100))
    throw badTask('client_token must have 10 to 100 characters')
  const known = token === undefined ? undefined : tasks[tokens[token] ?? '']
  if (known) return known
  const task = make()
  if (token !== undefined) tokens[token] = task.guid
  taskChanged(kernel)
  return task
}

/** Tasks the person of the token is responsible for. */
function mine(kernel: Kernel, call: ApiCall): unknown {
  const { completed } = call.query
  const found = Object.values(taskState(kernel).tasks).filter(
    (task) =>
      task.members.some((one) => one.id === call.user && one.role === 'assignee') &&
      (completed === undefined || (task.completed_at !== '0') === (completed === 'true')),
  )
  return taskPage(
    found.map((task) => wireTask(wireOf(kernel, call), task)),
    call,
  )
}

function remove(kernel: Kernel, task: Task): void {
  const { tasks } = taskState(kernel)
  for (const child of Object.values(tasks)) if (child.parent === task.guid) remove(kernel, child)
  delete tasks[task.guid]
  taskChanged(kernel)
}

type Body = Record<string, unknown>

const changes: Record<string, (task: Task, value: Body) => void> = {
  summary: (task, { summary }) => {
    task.summary = readSummary(summary)
  },
  description: (task, { description }) => {
    task.description = readText('description', description, 3000)
  },
  due(task, { due }) {
    const moment = readMoment('due', due)
    if (moment) task.due = moment
    else if (task.reminders.length > 0) throw badTask('remove the reminder before the due time')
    else delete task.due
  },
  start(task, { start }) {
    const moment = readMoment('start', start)
    if (moment) task.start = moment
    else delete task.start
  },
  extra: (task, { extra }) => {
    task.extra = readText('extra', extra, 65_536)
  },
  repeat_rule: (task, { repeat_rule }) => {
    task.repeat_rule = readText('repeat_rule', repeat_rule, 1000)
  },
  mode: (task, { mode }) => {
    if (mode !== 1 && mode !== 2) throw badTask('mode must be 1 or 2')
    task.mode = mode
  },
  is_milestone: (task, { is_milestone }) => {
    task.is_milestone = is_milestone === true
  },
  custom_complete(task, { custom_complete }) {
    if (custom_complete === undefined) delete task.custom_complete
    else task.custom_complete = custom_complete as Body
  },
}

/** A field named in update_fields and absent from the task is emptied. Feishu docs: 更新任务. */
function change(kernel: Kernel, task: Task, body: Body): void {
  const fields = (body.update_fields ?? []) as string[]
  const value = (body.task ?? {}) as Body
  if (fields.length === 0) throw badTask('update_fields is empty')
  const unknown = fields.find((name) => !changes[name] && name !== 'completed_at')
  if (unknown !== undefined) throw badTask(`update_fields: ${unknown} cannot be updated`)
  const draft = structuredClone(task)
  for (const name of fields) changes[name]?.(draft, value)
  const completedAt = fields.includes('completed_at') ? readCompletion(value.completed_at) : undefined
  if (completedAt !== undefined && completedAt !== '0' && task.completed_at !== '0')
    throw badTask('the task is completed already')
  for (const name of ['due', 'start', 'custom_complete'] as const) if (!draft[name]) delete task[name]
  Object.assign(task, draft, { updated_at: kernel.clock.now() })
  taskChanged(kernel)
  if (fields.some((name) => name !== 'completed_at')) tellTask(kernel, task, 'changed')
  if (completedAt !== undefined) completeTask(kernel, task, completedAt)
}
