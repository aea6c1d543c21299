import { type ApiCall, ApiFailure, type Kernel } from '../../kernel/types.ts'

export interface Member {
  /** open_id of a person, or the app's id */
  id: string
  type: 'user' | 'app'
  /** assignee, follower; owner, editor, viewer on a list */
  role: string
}

export interface Moment {
  /** ms, as text */
  timestamp: string
  is_all_day: boolean
}

export interface Task {
  guid: string
  /** t100001 …, what people see */
  task_id: string
  summary: string
  description: string
  due?: Moment
  start?: Moment
  reminders: { id: string; relative_fire_minute: number }[]
  creator: Member
  members: Member[]
  /** ms as text; '0': open */
  completed_at: string
  /** 1: every assignee must finish; 2: one is enough */
  mode: 1 | 2
  /** of a task all must finish: who has, open_id → ms */
  doneBy: Record<string, number>
  origin?: Record<string, unknown>
  extra: string
  custom_complete?: Record<string, unknown>
  repeat_rule: string
  is_milestone: boolean
  parent?: string
  tasklists: { tasklist_guid: string; section_guid: string }[]
  created_at: number
  updated_at: number
}

export interface Tasklist {
  guid: string
  name: string
  creator: Member
  owner: Member
  members: Member[]
  created_at: number
  updated_at: number
}

export interface Section {
  guid: string
  name: string
  resource_type: 'tasklist' | 'my_tasks'
  tasklist?: string
  is_default: boolean
  creator: Member
  created_at: number
  updated_at: number
}

export interface Comment {
  id: string
  task: string
  content: string
  creator: Member
  reply_to?: string
  created_at: number
  updated_at: number
}

interface TaskState {
  tasks: Record<string, Task>
  lists: Record<string, Tasklist>
  sections: Section[]
  comments: Comment[]
  /** client_token → guid of what it made */
  tokens: Record<string, string>
  count: number
}

const part = 'task'

export function taskState(kernel: Kernel): TaskState {
  return kernel.state<TaskState>(part, () => ({
    tasks: {},
    lists: {},
    sections: [],
    comments: [],
    tokens: {},
    count: 0,
  }))
}

export function taskChanged(kernel: Kernel): void {
  kernel.changed(part)
}

/** An id as this family has them. */
export function newGuid(kernel: Kernel): string {
  const hex = kernel.id('_').slice(1)
  return [8, 12, 16, 20, 32].map((end, at) => hex.slice([0, 8, 12, 16, 20][at], end)).join('-')
}

/** Who calls: the person of a user token, or the app itself. */
export function callerOf(kernel: Kernel, call: Pick<ApiCall, 'user'>): Member {
  return call.user === undefined
    ? { id: kernel.identity().appId, type: 'app', role: 'creator' }
    : { id: call.user, type: 'user', role: 'creator' }
}

/** Feishu docs: 任务 v2, 错误码. */
export const badTask = (detail: string) => new ApiFailure(1470400, `invalid params: ${detail}`)
export const noTask = (what: string) =>
  new ApiFailure(1470404, `${what} does not exist or has been deleted`, { status: 404 })
export const notAllowed = () => new ApiFailure(1470403, 'no permission', { status: 403 })
