import type { Kernel } from '../../kernel/types.ts'
import { tellTask } from './task-events.ts'
import { badTask, type Task, taskChanged } from './task-state.ts'

/** Finishes a task as a whole, as the API does, or opens it again. @throws ApiFailure when it is finished already */
export function completeTask(kernel: Kernel, task: Task, at: string): void {
  if (at !== '0' && task.completed_at !== '0') throw badTask('the task is completed already')
  if (at === task.completed_at) return
  task.completed_at = at
  if (at === '0') task.doneBy = {}
  task.updated_at = kernel.clock.now()
  taskChanged(kernel)
  tellTask(kernel, task, at === '0' ? 'reopened' : 'completed')
}

/** One person ticks it off: a task all must finish is done with the last of them. */
export function completeFor(kernel: Kernel, task: Task, openId: string, isDone: boolean): void {
  const now = kernel.clock.now()
  if (!isDone) {
    const { [openId]: _mine, ...others } = task.doneBy
    task.doneBy = others
    completeTask(kernel, task, '0')
    taskChanged(kernel)
    return
  }
  task.doneBy = { ...task.doneBy, [openId]: now }
  const assignees = task.members.filter(({ role, type }) => role === 'assignee' && type === 'user')
  const isLast = task.mode === 2 || assignees.every(({ id }) => task.doneBy[id] !== undefined)
  if (isLast && task.completed_at === '0') completeTask(kernel, task, String(now))
  else taskChanged(kernel)
}
