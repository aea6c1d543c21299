import type { ApiCall, Kernel } from '../../kernel/types.ts'
import { requireTask } from './rights.ts'
import { tellComment } from './task-events.ts'
import {
  badTask,
  type Comment,
  callerOf,
  type Member,
  noTask,
  notAllowed,
  type Task,
  taskChanged,
  taskState,
} from './task-state.ts'
import { taskPage, wireComment, wireOf } from './wire.ts'

const root = '/open-apis/task/v2/comments'
const limit = { perMinute: 1000, perSecond: 50 }
const longestComment = 3000

/** A comment on a task, told to the app. */
export function addComment(
  kernel: Kernel,
  task: Task,
  wanted: { content: unknown; creator: Member; replyTo?: string | undefined },
): Comment {
  const { content, creator, replyTo } = wanted
  if (typeof content !== 'string' || content.trim() === '' || content.length > longestComment)
    throw badTask(`content must have 1 to ${longestComment} characters`)
  const now = kernel.clock.now()
  const state = taskState(kernel)
  state.count++
  const comment: Comment = {
    id: `7${now}${String(state.count).padStart(5, '0')}`,
    task: task.guid,
    content,
    creator,
    ...(replyTo !== undefined && { reply_to: replyTo }),
    created_at: now,
    updated_at: now,
  }
  state.comments.push(comment)
  taskChanged(kernel)
  tellComment(kernel, task, { id: comment.id, replyTo, kind: replyTo === undefined ? 'created' : 'replied' })
  return comment
}

/** task/v2/comments. */
export function registerCommentApi(kernel: Kernel): void {
  const route = (
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    handle: (call: ApiCall) => unknown,
  ) => kernel.api({ method, path: `${root}${path}`, limit, auth: 'any', handle })
  const answer = (call: ApiCall, comment: Comment) => ({
    comment: wireComment(wireOf(kernel, call), comment),
  })
  route('POST', '', (call) => {
    const { content, reply_to_comment_id, resource_id, resource_type } = call.body
    if (resource_type !== undefined && resource_type !== 'task') throw badTask('resource_type must be task')
    const task = requireTask(kernel, resource_id, { who: callerOf(kernel, call), right: 'read' })
    const replyTo = reply_to_comment_id === undefined ? undefined : String(reply_to_comment_id)
    if (replyTo !== undefined && !taskState(kernel).comments.some((one) => one.id === replyTo))
      throw noTask('the comment to reply to')
    return answer(call, addComment(kernel, task, { content, creator: callerOf(kernel, call), replyTo }))
  })
  route('GET', '', (call) => {
    if (call.query.resource_type !== undefined && call.query.resource_type !== 'task')
      throw badTask('resource_type must be task')
    const task = requireTask(kernel, call.query.resource_id, { who: callerOf(kernel, call), right: 'read' })
    const all = taskState(kernel).comments.filter((one) => one.task === task.guid)
    const ordered = call.query.direction === 'desc' ? all.toReversed() : all
    return taskPage(
      ordered.map((one) => wireComment(wireOf(kernel, call), one)),
      call,
    )
  })
  route('GET', '/:comment_id', (call) => answer(call, find(kernel, call).comment))
  route('PATCH', '/:comment_id', (call) => {
    const { comment, task } = own(kernel, call)
    const { content } = (call.body.comment ?? {}) as { content?: unknown }
    if (typeof content !== 'string' || content.trim() === '' || content.length > longestComment)
      throw badTask(`content must have 1 to ${longestComment} characters`)
    comment.content = content
    comment.updated_at = kernel.clock.now()
    taskChanged(kernel)
    tellComment(kernel, task, { id: comment.id, replyTo: comment.reply_to, kind: 'changed' })
    return answer(call, comment)
  })
  route('DELETE', '/:comment_id', (call) => {
    const { comment, task } = own(kernel, call)
    const state = taskState(kernel)
    state.comments = state.comments.filter((one) => one !== comment)
    taskChanged(kernel)
    tellComment(kernel, task, { id: comment.id, replyTo: comment.reply_to, kind: 'deleted' })
    return {}
  })
}

function find(kernel: Kernel, call: ApiCall): { comment: Comment; task: Task } {
  const comment = taskState(kernel).comments.find((one) => one.id === call.params.comment_id)
  if (!comment) throw noTask('comment')
  return {
    comment,
    task: requireTask(kernel, comment.task, { who: callerOf(kernel, call), right: 'read' }),
  }
}

/** Only who wrote a comment changes it. */
function own(kernel: Kernel, call: ApiCall): { comment: Comment; task: Task } {
  const found = find(kernel, call)
  if (found.comment.creator.id !== callerOf(kernel, call).id) throw notAllowed()
  return found
}
