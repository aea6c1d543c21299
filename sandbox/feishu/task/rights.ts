import type { Kernel } from '../../kernel/types.ts'
import {
  type Member,
  noTask,
  notAllowed,
  type Section,
  type Task,
  type Tasklist,
  taskState,
} from './task-state.ts'

export type Right = 'read' | 'edit'

/** May this caller read or edit the list? Its members may; viewers only read. Feishu docs: 清单是如何鉴权的. */
export function mayUseList(list: Tasklist, who: Member, right: Right): boolean {
  if (list.creator.id === who.id || list.owner.id === who.id) return true
  return list.members.some((one) => one.id === who.id && (right === 'read' || one.role !== 'viewer'))
}

/** Creator, assignees, followers and members of its lists; a follower reads only. Feishu docs: 任务是如何鉴权的. */
export function mayUseTask(kernel: Kernel, task: Task, who: Member, right: Right): boolean {
  if (task.creator.id === who.id) return true
  if (task.members.some((one) => one.id === who.id && (right === 'read' || one.role === 'assignee')))
    return true
  const { lists, tasks } = taskState(kernel)
  const inLists = task.tasklists.flatMap(({ tasklist_guid }) => lists[tasklist_guid] ?? [])
  if (inLists.some((list) => mayUseList(list, who, right))) return true
  const parent = task.parent === undefined ? undefined : tasks[task.parent]
  return parent !== undefined && mayUseTask(kernel, parent, who, right)
}

/** @throws ApiFailure 1470404 unknown, 1470403 not theirs */
export function requireTask(kernel: Kernel, guid: unknown, use: { who: Member; right: Right }): Task {
  const task = taskState(kernel).tasks[String(guid ?? '')]
  if (!task) throw noTask('task')
  if (!mayUseTask(kernel, task, use.who, use.right)) throw notAllowed()
  return task
}

/** @throws ApiFailure 1470404 unknown, 1470403 not theirs */
export function requireList(kernel: Kernel, guid: unknown, use: { who: Member; right: Right }): Tasklist {
  const list = taskState(kernel).lists[String(guid ?? '')]
  if (!list) throw noTask('tasklist')
  if (!mayUseList(list, use.who, use.right)) throw notAllowed()
  return list
}

/** A section, with the right its list gives. */
export function requireSection(kernel: Kernel, guid: unknown, use: { who: Member; right: Right }): Section {
  const section = taskState(kernel).sections.find((one) => one.guid === guid)
  if (!section) throw noTask('section')
  if (section.tasklist !== undefined) requireList(kernel, section.tasklist, use)
  else if (section.creator.id !== use.who.id) throw notAllowed()
  return section
}
