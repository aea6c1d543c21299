/** What the page /tasks is told. Types only: both sides import them. */

export type TaskView = 'mine' | 'followed' | 'created' | 'all'

export interface WebTaskMember {
  id: string
  name: string
  isApp: boolean
}

export interface WebTask {
  guid: string
  taskId: string
  summary: string
  description: string
  /** ms; null: none */
  due: number | null
  isAllDay: boolean
  /** ms; null: open */
  completedAt: number | null
  /** In a task all must finish: I have ticked my part. */
  doneByMe: boolean
  /** 1: all assignees must finish */
  mode: 1 | 2
  assignees: WebTaskMember[]
  followers: WebTaskMember[]
  creator: WebTaskMember
  list: { guid: string; name: string; section: string } | null
  origin: { platform: string; title: string; url: string } | null
  /** Completion happens on another page. */
  completeAt: string | null
  subtasks: { total: number; done: number }
  parent: string | null
  comments: number
  /** The person may tick it off. */
  mayComplete: boolean
  createdAt: number
}

export interface WebTaskBoard {
  lists: { guid: string; name: string; open: number }[]
  counts: Record<TaskView, number>
  tasks: WebTask[]
  /** sandbox time, ms */
  now: number
}

export interface WebTaskDetail {
  task: WebTask
  subtasks: WebTask[]
  comments: { id: string; author: WebTaskMember; content: string; at: number }[]
  now: number
}
