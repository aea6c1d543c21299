/** Comments on an instance: write or edit, list, delete one, remove all. Content is JSON text `{"text": …, "files": […]}`. */
import type { ApiCall, Kernel } from '../../kernel/types.ts'
import { page } from '../paging.ts'
import { approvalFailure } from './failures.ts'
import { requireInstance } from './instances.ts'
import { idsOf, requireEmployee } from './people.ts'
import { type Comment, type Instance, type Mention, newNumber } from './state.ts'
import { touch } from './task-list.ts'

const base = '/open-apis/approval/v4/instances/:instance_id/comments'
const limit = { perMinute: 1000, perSecond: 50 }
const mostListed = 1000

export function registerComments(kernel: Kernel): void {
  kernel.api({ method: 'POST', path: base, limit, handle: (call) => write(kernel, call) })
  kernel.api({ method: 'GET', path: base, limit, handle: (call) => list(kernel, call) })
  kernel.api({
    method: 'DELETE',
    path: `${base}/:comment_id`,
    limit,
    handle: (call) => remove(kernel, call),
  })
  kernel.api({
    method: 'POST',
    path: `${base}/remove`,
    limit,
    handle: ({ params, query }) => {
      const instance = requireInstance(kernel, params.instance_id)
      if (query.user_id !== undefined) requireEmployee(kernel, query.user_id, query.user_id_type)
      instance.comments = []
      touch(kernel, instance)
      return { instance_id: instance.instance_code, external_id: '' }
    },
  })
}

function open(kernel: Kernel, { params, query }: ApiCall): { instance: Instance; openId: string } {
  const instance = requireInstance(kernel, params.instance_id)
  return { instance, openId: requireEmployee(kernel, query.user_id, query.user_id_type).open_id }
}

/** Editing is the author's; a new comment may answer one that exists. */
function write(kernel: Kernel, call: ApiCall): unknown {
  const { instance, openId } = open(kernel, call)
  const { body } = call
  const given = contentOf(kernel, call)
  const now = kernel.clock.now()
  if (body.comment_id !== undefined) {
    const known = requireComment(instance, body.comment_id)
    if (known.openId !== openId) throw approvalFailure(1390009)
    Object.assign(known, { ...given, updateTime: now })
    touch(kernel, instance)
    return { comment_id: known.id }
  }
  if (body.parent_comment_id !== undefined) requireComment(instance, body.parent_comment_id)
  const comment: Comment = {
    id: newNumber(kernel),
    openId,
    createTime: now,
    updateTime: now,
    deleted: false,
    parentId: String(body.parent_comment_id ?? ''),
    ...given,
  }
  instance.comments.push(comment)
  touch(kernel, instance)
  return { comment_id: comment.id }
}

function contentOf(
  kernel: Kernel,
  { body, query }: ApiCall,
): Pick<Comment, 'content'> & { mentions: Mention[]; extra: string } {
  const content = String(body.content ?? '')
  if (!isObject(content)) throw approvalFailure(1390001, 'content must be a JSON object as text')
  const mentions = ((body.at_info_list ?? []) as Record<string, unknown>[]).map((one) => ({
    openId: requireEmployee(kernel, one.user_id, query.user_id_type).open_id,
    name: String(one.name),
    offset: String(one.offset),
  }))
  return { content, mentions, extra: String(body.extra ?? '') }
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return value !== null && typeof value === 'object' && !Array.isArray(value)
  } catch {
    return false
  }
}

function requireComment(instance: Instance, id: unknown): Comment {
  const comment = instance.comments.find((one) => one.id === id)
  if (!comment) throw approvalFailure(1390001, 'comment not found')
  return comment
}

function remove(kernel: Kernel, call: ApiCall): unknown {
  const { instance, openId } = open(kernel, call)
  const comment = requireComment(instance, call.params.comment_id)
  if (comment.openId !== openId) throw approvalFailure(1390009)
  comment.deleted = true
  touch(kernel, instance)
  return { comment_id: comment.id }
}

function list(kernel: Kernel, call: ApiCall): unknown {
  const { instance } = open(kernel, call)
  const roots = instance.comments.filter((comment) => comment.parentId === '')
  const { items } = page(roots, call.query, { size: 50, most: mostListed, code: 1390001 })
  const show = (comment: Comment) => showComment(kernel, comment, call.query.user_id_type)
  return {
    comments: items.map((comment) => ({
      ...show(comment),
      replies: instance.comments.filter((reply) => reply.parentId === comment.id).map(show),
    })),
  }
}

function showComment(kernel: Kernel, comment: Comment, idType: unknown): object {
  const asked = (openId: string) => (idType === 'open_id' ? openId : idsOf(kernel, openId).user_id || openId)
  return {
    id: comment.id,
    content: comment.content,
    create_time: String(comment.createTime),
    update_time: String(comment.updateTime),
    is_delete: comment.deleted ? 1 : 0,
    commentator: asked(comment.openId),
    at_info_list: (comment.mentions ?? []).map(({ openId, name, offset }) => ({
      user_id: asked(openId),
      name,
      offset,
    })),
    extra: comment.extra ?? '',
  }
}
