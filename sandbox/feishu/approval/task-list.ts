/** The tasks and the history of an instance, and the events that tell of them. */
import type { Kernel } from '../../kernel/types.ts'
import { emitTask } from './events.ts'
import { approvalChanged, type Instance, newNumber, type Task, type TimelineEntry } from './state.ts'

export function openTasks(instance: Instance): Task[] {
  return instance.tasks.filter((task) => task.status === 'PENDING')
}

export function note(
  kernel: Kernel,
  instance: Instance,
  entry: Pick<TimelineEntry, 'type' | 'openId'> & Partial<TimelineEntry>,
): void {
  instance.timeline.push({
    createTime: kernel.clock.now(),
    taskId: '',
    comment: '',
    nodeId: '',
    openIds: [],
    ...entry,
  })
  touch(kernel, instance)
}

/** Remembers that something changed: queries look at it. */
export function touch(kernel: Kernel, instance: Instance): void {
  instance.updateTime = kernel.clock.now()
  approvalChanged(kernel)
}

export function addTask(
  kernel: Kernel,
  instance: Instance,
  wanted: Pick<Task, 'openId' | 'nodeId' | 'type' | 'stage'>,
): Task {
  const task: Task = {
    id: newNumber(kernel),
    status: 'PENDING',
    startTime: kernel.clock.now(),
    endTime: 0,
    ...wanted,
  }
  instance.tasks.push(task)
  touch(kernel, instance)
  if (task.type !== 'AUTO_PASS') emitTask(kernel, instance, task)
  return task
}

/** `told`: the status the event names where it differs from the one a reader sees (ROLLBACK). */
export function endTask(
  kernel: Kernel,
  instance: Instance,
  task: Task,
  ended: { status: Task['status']; told?: string; extra?: Record<string, unknown> },
): void {
  task.status = ended.status
  task.endTime = kernel.clock.now()
  touch(kernel, instance)
  emitTask(kernel, instance, task, { status: ended.told ?? ended.status, extra: ended.extra ?? {} })
}
