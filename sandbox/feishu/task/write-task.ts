import { type ApiCall, ApiFailure, type Kernel } from '../../kernel/types.ts'
import { requireList, requireSection } from './rights.ts'
import {
  badTask,
  callerOf,
  type Member,
  type Moment,
  newGuid,
  type Task,
  taskChanged,
  taskState,
} from './task-state.ts'
import { readMembers, wireOf } from './wire.ts'

type Body = Record<string, unknown>

const longestSummary = 3000
const mostMembers = 50
const mostOfARole = 50
export const memberRoles = ['assignee', 'follower'] as const

/** Everything a body says of a task, checked. Feishu docs: 创建任务. */
export function newTask(
  kernel: Kernel,
  call: Pick<ApiCall, 'body' | 'query' | 'user'>,
  parent?: string,
): Task {
  const { body } = call
  const who = callerOf(kernel, call)
  const state = taskState(kernel)
  const now = kernel.clock.now()
  const members = readMembers(wireOf(kernel, call), body.members, memberRoles)
  if (members.length > mostMembers) throw badTask(`at most ${mostMembers} members`)
  checkCounts(members)
  const due = readMoment('due', body.due)
  const start = readMoment('start', body.start)
  if (due && start && Number(start.timestamp) > Number(due.timestamp)) throw badTask('start is after due')
  const reminders = readReminders(kernel, body.reminders, due)
  const tasklists = readLists(kernel, body.tasklists, who)
  state.count++
  const task: Task = {
    guid: newGuid(kernel),
    task_id: `t${100_000 + state.count}`,
    summary: readSummary(body.summary),
    description: readText('description', body.description, 3000),
    ...(due && { due }),
    ...(start && { start }),
    reminders,
    creator: who,
    members,
    completed_at: readCompletion(body.completed_at),
    mode: body.mode === 1 ? 1 : 2,
    doneBy: {},
    ...(body.origin !== undefined && { origin: body.origin as Body }),
    extra: readText('extra', body.extra, 65_536),
    ...(body.custom_complete !== undefined && { custom_complete: body.custom_complete as Body }),
    repeat_rule: readText('repeat_rule', body.repeat_rule, 1000),
    is_milestone: body.is_milestone === true,
    ...(parent !== undefined && { parent }),
    tasklists,
    created_at: now,
    updated_at: now,
  }
  state.tasks[task.guid] = task
  taskChanged(kernel)
  return task
}

export function checkCounts(members: readonly Member[]): void {
  const count = (role: string) => members.filter((one) => one.role === role).length
  if (count('assignee') > mostOfARole) throw new ApiFailure(1470610, 'too many assignees')
  if (count('follower') > mostOfARole) throw new ApiFailure(1470611, 'too many followers')
}

export function readSummary(value: unknown): string {
  if (typeof value !== 'string' || value.trim() === '') throw badTask('summary must not be empty')
  if (value.length > longestSummary) throw badTask(`summary holds at most ${longestSummary} characters`)
  return value
}

export function readText(name: string, value: unknown, longest: number): string {
  if (value === undefined || value === null) return ''
  if (typeof value !== 'string' || value.length > longest)
    throw badTask(`${name} holds at most ${longest} characters`)
  return value
}

/** `{timestamp, is_all_day}`; all-day times count by their day. */
export function readMoment(name: string, value: unknown): Moment | undefined {
  if (value === undefined || value === null) return undefined
  const { timestamp, is_all_day } = value as { timestamp?: unknown; is_all_day?: unknown }
  if (timestamp === undefined) return undefined
  if (!/^\d{13}$/.test(String(timestamp))) throw badTask(`${name}.timestamp must be milliseconds`)
  return { timestamp: String(timestamp), is_all_day: is_all_day === true }
}

/** ms as text; '0' or nothing: open. */
export function readCompletion(value: unknown): string {
  if (value === undefined || value === null || value === '' || value === '0') return '0'
  if (!/^\d{13}$/.test(String(value))) throw badTask('completed_at must be milliseconds')
  return String(value)
}

/** At most one, and only for a task that is due sometime. */
export function readReminders(kernel: Kernel, value: unknown, due: Moment | undefined): Task['reminders'] {
  if (value === undefined) return []
  if (!Array.isArray(value)) throw badTask('reminders must be a list')
  if (value.length > 1) throw badTask('a task has one reminder')
  if (value.length > 0 && !due) throw badTask('a reminder needs a due time')
  return value.map(({ relative_fire_minute }: { relative_fire_minute?: unknown }) => {
    if (!Number.isInteger(relative_fire_minute) || Number(relative_fire_minute) < 0)
      throw badTask('relative_fire_minute must be 0 or more')
    const id = String(BigInt(`0x${kernel.id('_').slice(1, 15)}`))
    return { id, relative_fire_minute: Number(relative_fire_minute) }
  })
}

function readLists(kernel: Kernel, value: unknown, who: Member): Task['tasklists'] {
  if (value === undefined) return []
  if (!Array.isArray(value)) throw badTask('tasklists must be a list')
  return value.map(({ tasklist_guid, section_guid }: { tasklist_guid?: unknown; section_guid?: unknown }) =>
    placeIn(kernel, { list: tasklist_guid, section: section_guid, who }),
  )
}

/** A place in a list: the section named, or its default one. */
export function placeIn(
  kernel: Kernel,
  wanted: { list: unknown; section: unknown; who: Member },
): Task['tasklists'][number] {
  const list = requireList(kernel, wanted.list, { who: wanted.who, right: 'edit' })
  const sections = taskState(kernel).sections.filter((one) => one.tasklist === list.guid)
  if (!wanted.section)
    return { tasklist_guid: list.guid, section_guid: sections.find((one) => one.is_default)?.guid ?? '' }
  const section = requireSection(kernel, wanted.section, { who: wanted.who, right: 'edit' })
  if (section.tasklist !== list.guid) throw badTask('the section belongs to another list')
  return { tasklist_guid: list.guid, section_guid: section.guid }
}
