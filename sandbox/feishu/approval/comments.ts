/** Comments on an instance: write or edit, list, delete one, remove all. Content is JSON text `{"text": …}`. */
import type { ApiCall, Kernel } from '../../kernel/types.ts'
import { approvalFailure } from './failures.ts'
import { requireInstance } from './instances.ts'
import { idsOf, requireEmployee } from './people.ts'
import { approvalChanged, type Comment, type Instance, newNumber } from './state.ts'

const base = '/open-apis/approval/v4/instances/:instance_id/comments'
const fast = { perMinute: 1000, perSecond: 50 }

export function registerComments(kernel: Kernel): void {
  kernel.api({ method: 'POST', path: base, limit: fast, handle: (call) => write(kernel, call) })
  kernel.api({ method: 'GET', path: base, limit: fast, handle: (call) => list(kernel, call) })
  kernel.api({
    method: 'DELETE',
    path: `${base}/:comment_id`,
    limit: fast,
    handle: (call) => remove(kernel, call),
  })
  kernel.api({
    method: 'POST',
    path: `${base}/remove`,
    limit: fast,
    handle: (call) => {
      const { instance } = open(kernel, call)
      instance.comments = []
      approvalChanged(kernel)
      return { instance_id: instance.instance_code, external_id: '', task_id: '' }
    },
  })
}

function open(kernel: Kernel, { params, query }: ApiCall): { instance: Instance; openId: string } {
  const instance = requireInstance(kernel, params.instance_id)
  return { instance, openId: requireEmployee(kernel, query.user_id, query.user_id_type).open_id }
}

function write(kernel: Kernel, call: ApiCall): unknown {
  const { instance, openId } = open(kernel, call)
  const content = String(call.body.content ?? '')
  const now = kernel.clock.now()
  const known = instance.comments.find((comment) => comment.id === call.body.comment_id)
  if (call.body.comment_id !== undefined && !known) throw approvalFailure(1390001, 'comment not found')
  approvalChanged(kernel)
  if (known) {
    Object.assign(known, { content, updateTime: now })
    return { comment_id: known.id }
  }
  const comment: Comment = {
    id: newNumber(kernel),
    openId,
    content,
    createTime: now,
    updateTime: now,
    deleted: false,
    parentId: String(call.body.parent_comment_id ?? ''),
  }
  instance.comments.push(comment)
  return { comment_id: comment.id }
}

function remove(kernel: Kernel, call: ApiCall): unknown {
  const { instance } = open(kernel, call)
  const comment = instance.comments.find((one) => one.id === call.params.comment_id)
  if (!comment) throw approvalFailure(1390001, 'comment not found')
  comment.deleted = true
  approvalChanged(kernel)
  return { comment_id: comment.id }
}

function list(kernel: Kernel, call: ApiCall): unknown {
  const { instance } = open(kernel, call)
  return {
    comments: instance.comments
      .filter((comment) => comment.parentId === '')
      .map((comment) => ({
        ...show(kernel, comment),
        replies: instance.comments
          .filter((reply) => reply.parentId === comment.id)
          .map((reply) => show(kernel, reply)),
      })),
  }
}

function show(kernel: Kernel, comment: Comment): object {
  return {
    id: comment.id,
    content: comment.content,
    create_time: String(comment.createTime),
    update_time: String(comment.updateTime),
    is_delete: comment.deleted ? 1 : 0,
    commentator: idsOf(kernel, comment.openId).user_id || comment.openId,
    at_info_list: [],
    extra: '',
  }
}
