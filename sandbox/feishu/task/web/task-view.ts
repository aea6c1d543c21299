import type { Kernel } from '../../../kernel/types.ts'
import { findPerson } from '../../contact/people.ts'
import { mayUseTask } from '../rights.ts'
import { type Member, type Task, taskState } from '../task-state.ts'
import type { WebTask, WebTaskMember } from './task-shapes.ts'

export function viewMember(kernel: Kernel, member: Member): WebTaskMember {
  const isApp = member.type === 'app'
  const name = isApp
    ? kernel.identity().botName
    : (findPerson(kernel, member.id, 'open_id')?.name ?? '已离职')
  return { id: member.id, name, isApp }
}

/** A task as one person sees it. */
export function viewTask(kernel: Kernel, task: Task, openId: string): WebTask {
  const { comments, tasks } = taskState(kernel)
  const children = Object.values(tasks).filter((one) => one.parent === task.guid)
  const members = (role: string) =>
    task.members.filter((one) => one.role === role).map((one) => viewMember(kernel, one))
  return {
    guid: task.guid,
    taskId: task.task_id,
    summary: task.summary,
    description: task.description,
    due: task.due ? Number(task.due.timestamp) : null,
    isAllDay: task.due?.is_all_day ?? false,
    completedAt: task.completed_at === '0' ? null : Number(task.completed_at),
    doneByMe: task.doneBy[openId] !== undefined,
    mode: task.mode,
    assignees: members('assignee'),
    followers: members('follower'),
    creator: viewMember(kernel, task.creator),
    list: viewPlace(kernel, task),
    origin: viewOrigin(task),
    completeAt: httpUrl((task.custom_complete?.pc as { href?: unknown } | undefined)?.href),
    subtasks: {
      total: children.length,
      done: children.filter((one) => one.completed_at !== '0').length,
    },
    parent: task.parent === undefined ? null : (tasks[task.parent]?.summary ?? null),
    comments: comments.filter((one) => one.task === task.guid).length,
    mayComplete: mayUseTask(kernel, task, { id: openId, type: 'user', role: '' }, 'edit'),
    createdAt: task.created_at,
  }
}

function viewPlace(kernel: Kernel, task: Task): WebTask['list'] {
  const { lists, sections } = taskState(kernel)
  const place = task.tasklists[0]
  const list = place && lists[place.tasklist_guid]
  if (!list) return null
  const section = sections.find((one) => one.guid === place.section_guid)
  return { guid: list.guid, name: list.name, section: section?.name ?? '' }
}

function viewOrigin({ origin }: Task): WebTask['origin'] {
  if (!origin) return null
  const names = (origin.platform_i18n_name ?? {}) as Record<string, unknown>
  const href = (origin.href ?? {}) as { url?: unknown; title?: unknown }
  const url = httpUrl(href.url)
  return url === null
    ? null
    : { platform: String(names.zh_cn ?? names.en_us ?? ''), title: String(href.title ?? url), url }
}

/** Only addresses a browser may follow safely. */
function httpUrl(value: unknown): string | null {
  return typeof value === 'string' && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)
    ? value
    : null
}
