import { ApiFailure, type Kernel, type WebCall } from '../../../kernel/types.ts'
import { personOf } from '../../../web/person.ts'
import { addComment } from '../comment-api.ts'
import { completeFor } from '../complete.ts'
import { mayUseList, mayUseTask, requireTask } from '../rights.ts'
import { type Member, type Task, taskState } from '../task-state.ts'
import { newTask } from '../write-task.ts'
import type { TaskView, WebTaskBoard, WebTaskDetail } from './task-shapes.ts'
import { viewMember, viewTask } from './task-view.ts'

/** /_web/tasks: a person's tasks, one task, ticking off, commenting, adding. */
export function registerTaskWeb(kernel: Kernel): void {
  kernel.web('GET', 'tasks', (call) => board(kernel, call))
  kernel.web('GET', 'tasks/:guid', (call) => detail(kernel, call))
  kernel.web('POST', 'tasks', (call) => {
    const me = asMember(kernel, call)
    const { summary, due, list } = call.body
    const task = newTask(kernel, {
      user: me.id,
      query: {},
      body: {
        summary,
        members: [{ id: me.id, type: 'user', role: 'assignee' }],
        ...(typeof due === 'number' && { due: { timestamp: String(due), is_all_day: true } }),
        ...(typeof list === 'string' && { tasklists: [{ tasklist_guid: list }] }),
      },
    })
    return viewTask(kernel, task, me.id)
  })
  kernel.web('POST', 'tasks/:guid/completion', (call) => {
    const me = asMember(kernel, call)
    const task = requireTask(kernel, call.params.guid, { who: me, right: 'edit' })
    if (typeof call.body.done !== 'boolean') throw new ApiFailure(400, 'done must be true or false')
    completeFor(kernel, task, me.id, call.body.done)
    return viewTask(kernel, task, me.id)
  })
  kernel.web('POST', 'tasks/:guid/comments', (call) => {
    const me = asMember(kernel, call)
    const task = requireTask(kernel, call.params.guid, { who: me, right: 'read' })
    addComment(kernel, task, { content: call.body.content, creator: me })
    return detail(kernel, call)
  })
}

function asMember(kernel: Kernel, call: WebCall): Member {
  return { id: personOf(kernel, call).open_id, type: 'user', role: 'creator' }
}

const views: Record<TaskView, (task: Task, openId: string) => boolean> = {
  mine: (task, id) => task.members.some((one) => one.id === id && one.role === 'assignee'),
  followed: (task, id) => task.members.some((one) => one.id === id && one.role === 'follower'),
  created: (task, id) => task.creator.id === id,
  all: () => true,
}

function board(kernel: Kernel, call: WebCall): WebTaskBoard {
  const me = asMember(kernel, call)
  const state = taskState(kernel)
  const visible = Object.values(state.tasks).filter((task) => mayUseTask(kernel, task, me, 'read'))
  const isOpen = (task: Task) => task.completed_at === '0'
  const inList = (task: Task, guid: string) => task.tasklists.some((place) => place.tasklist_guid === guid)
  const list = typeof call.query.list === 'string' ? call.query.list : undefined
  const view = Object.hasOwn(views, String(call.query.view)) ? (call.query.view as TaskView) : 'mine'
  const shown = visible.filter((task) => (list === undefined ? views[view](task, me.id) : inList(task, list)))
  const count = (name: TaskView) => visible.filter((task) => isOpen(task) && views[name](task, me.id)).length
  return {
    lists: Object.values(state.lists)
      .filter((one) => mayUseList(one, me, 'read'))
      .map(({ guid, name }) => ({
        guid,
        name,
        open: visible.filter((task) => isOpen(task) && inList(task, guid)).length,
      })),
    counts: {
      mine: count('mine'),
      followed: count('followed'),
      created: count('created'),
      all: count('all'),
    },
    tasks: shown.map((task) => viewTask(kernel, task, me.id)).toSorted(byDue),
    now: kernel.clock.now(),
  }
}

/** What is due first comes first; tasks without a due time after them, the newest on top. */
function byDue(a: { due: number | null; createdAt: number }, b: { due: number | null; createdAt: number }) {
  if (a.due !== null && b.due !== null && a.due !== b.due) return a.due - b.due
  if ((a.due === null) !== (b.due === null)) return a.due === null ? 1 : -1
  return b.createdAt - a.createdAt
}

function detail(kernel: Kernel, call: WebCall): WebTaskDetail {
  const me = asMember(kernel, call)
  const task = requireTask(kernel, call.params.guid, { who: me, right: 'read' })
  const { tasks, comments } = taskState(kernel)
  return {
    task: viewTask(kernel, task, me.id),
    subtasks: Object.values(tasks)
      .filter((one) => one.parent === task.guid)
      .map((one) => viewTask(kernel, one, me.id)),
    comments: comments
      .filter((one) => one.task === task.guid)
      .map(({ id, creator, content, created_at }) => ({
        id,
        author: viewMember(kernel, creator),
        content,
        at: created_at,
      })),
    now: kernel.clock.now(),
  }
}
