import type { ApiCall, Kernel } from '../../kernel/types.ts'
import { findPerson, type IdType, idTypeOf } from '../contact/people.ts'
import { type Page, page } from '../paging.ts'
import {
  badTask,
  type Comment,
  type Member,
  type Section,
  type Task,
  type Tasklist,
  taskState,
} from './task-state.ts'

/** Answers in the id type the call asked for. */
export interface Wire {
  kernel: Kernel
  type: IdType
}

export function wireOf(kernel: Kernel, call: Pick<ApiCall, 'query'>): Wire {
  return { kernel, type: idTypeOf(call.query.user_id_type) }
}

export function wireMember({ kernel, type }: Wire, member: Member): Record<string, unknown> {
  const person = member.type === 'user' ? findPerson(kernel, member.id, 'open_id') : undefined
  const name = member.type === 'app' ? kernel.identity().botName : (person?.name ?? '')
  return { id: person?.[type] ?? member.id, type: member.type, role: member.role, name }
}

export function wireTask(wire: Wire, task: Task): Record<string, unknown> {
  const { doneBy: _doneBy, parent, created_at, updated_at, creator, members, ...rest } = task
  const subtasks = Object.values(taskState(wire.kernel).tasks).filter((one) => one.parent === task.guid)
  return {
    ...rest,
    creator: wireMember(wire, creator),
    members: members.map((member) => wireMember(wire, member)),
    attachments: [],
    custom_fields: [],
    dependencies: [],
    ...(parent !== undefined && { parent_task_guid: parent }),
    source: creator.type === 'app' ? 6 : 1,
    status: task.completed_at === '0' ? 'todo' : 'done',
    url: `${wire.kernel.baseUrl()}/tasks?task=${task.guid}`,
    subtask_count: subtasks.length,
    created_at: String(created_at),
    updated_at: String(updated_at),
  }
}

export function wireList(wire: Wire, list: Tasklist): Record<string, unknown> {
  return {
    guid: list.guid,
    name: list.name,
    creator: wireMember(wire, list.creator),
    owner: wireMember(wire, list.owner),
    members: list.members.map((member) => wireMember(wire, member)),
    url: `${wire.kernel.baseUrl()}/tasks?list=${list.guid}`,
    created_at: String(list.created_at),
    updated_at: String(list.updated_at),
  }
}

export function wireSection(wire: Wire, section: Section): Record<string, unknown> {
  const list = section.tasklist === undefined ? undefined : taskState(wire.kernel).lists[section.tasklist]
  return {
    guid: section.guid,
    name: section.name,
    resource_type: section.resource_type,
    is_default: section.is_default,
    creator: wireMember(wire, section.creator),
    ...(list && { tasklist: { guid: list.guid, name: list.name } }),
    created_at: String(section.created_at),
    updated_at: String(section.updated_at),
  }
}

export function wireComment(wire: Wire, comment: Comment): Record<string, unknown> {
  return {
    id: comment.id,
    content: comment.content,
    creator: wireMember(wire, comment.creator),
    ...(comment.reply_to !== undefined && { reply_to_comment_id: comment.reply_to }),
    created_at: String(comment.created_at),
    updated_at: String(comment.updated_at),
    resource_type: 'task',
    resource_id: comment.task,
  }
}

/** The short form of a task in lists of a list or section. */
export function wireSummary(wire: Wire, task: Task): Record<string, unknown> {
  const { guid, summary, completed_at, start, due, members } = task
  const subtasks = Object.values(taskState(wire.kernel).tasks).filter((one) => one.parent === guid)
  return {
    guid,
    summary,
    completed_at,
    ...(start && { start }),
    ...(due && { due }),
    members: members.map((member) => wireMember(wire, member)),
    subtask_count: subtasks.length,
  }
}

const most = 100

export function taskPage<T>(all: readonly T[], call: ApiCall): Page<T> {
  return page(all, call.query, { size: 50, most, code: 1470400 })
}

/** Members of a body, with open ids inside. @throws ApiFailure for a role or type that does not exist */
export function readMembers(wire: Wire, value: unknown, roles: readonly string[]): Member[] {
  if (value === undefined) return []
  if (!Array.isArray(value)) throw badTask('members must be a list')
  return value.map((item: { id?: unknown; type?: unknown; role?: unknown }) => {
    const type = item.type ?? 'user'
    const role = String(item.role ?? roles[0])
    if (type !== 'user' && type !== 'app') throw badTask(`member type ${String(type)} is not supported`)
    if (!roles.includes(role)) throw badTask(`role must be one of ${roles.join(', ')}`)
    const id = String(item.id ?? '')
    const person = type === 'user' ? findPerson(wire.kernel, id, wire.type) : undefined
    if (type === 'user' && !person) throw badTask(`member ${id} does not exist`)
    return { id: person?.open_id ?? id, type, role }
  })
}
