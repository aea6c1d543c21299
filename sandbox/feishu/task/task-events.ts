import type { Kernel } from '../../kernel/types.ts'
import { type Task, taskState } from './task-state.ts'

/** What happened to a task. Feishu docs: 任务信息变更事件. */
const kinds = {
  changed: 1,
  assignees: 2,
  followers: 3,
  reminder: 4,
  completed: 5,
  reopened: 6,
  deleted: 7,
} as const

/** Tells the app about a task it has to do with: one it made, or is a member of. */
export function tellTask(kernel: Kernel, task: Task, kind: keyof typeof kinds): void {
  if (!concernsApp(kernel, task)) return
  kernel.events.emit({
    schema: '2.0',
    type: 'task.task.updated_v1',
    event: { task_id: task.guid, obj_type: kinds[kind] },
  })
}

const commentKinds = { created: 1, replied: 2, changed: 3, deleted: 4 } as const

/** Feishu docs: 任务评论信息变更事件. */
export function tellComment(
  kernel: Kernel,
  task: Task,
  of: { id: string; replyTo: string | undefined; kind: keyof typeof commentKinds },
): void {
  if (!concernsApp(kernel, task)) return
  kernel.events.emit({
    schema: '2.0',
    type: 'task.task.comment.updated_v1',
    event: {
      task_id: task.guid,
      comment_id: of.id,
      ...(of.replyTo !== undefined && { parent_id: of.replyTo }),
      obj_type: commentKinds[of.kind],
    },
  })
}

function concernsApp(kernel: Kernel, task: Task): boolean {
  const { appId } = kernel.identity()
  const { lists } = taskState(kernel)
  const isApp = (one: { id: string }) => one.id === appId
  return (
    isApp(task.creator) ||
    task.members.some(isApp) ||
    task.tasklists.some(({ tasklist_guid }) => {
      const list = lists[tasklist_guid]
      return list !== undefined && (isApp(list.creator) || list.members.some(isApp))
    })
  )
}
