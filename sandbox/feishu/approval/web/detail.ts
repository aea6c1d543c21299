/** One instance, as the person reading it sees it. */
import type { Kernel, WebCall } from '../../../kernel/types.ts'
import { personOf } from '../../../web/person.ts'
import { readCopies } from '../copies.ts'
import { definitionOf } from '../definition-store.ts'
import { plainText } from '../instance-view.ts'
import type { Filled, Instance } from '../state.ts'
import { flowOf } from './flow-view.ts'
import { rightsOf, taskOf } from './rights.ts'
import { requireSeen, statusOf, titleOf, whoIs } from './seen.ts'
import type { ApprovalDetail, ShownComment } from './shapes.ts'
import { orderedForm, showForm } from './values.ts'

/** `GET approval/instances/:code` */
export function showApproval(kernel: Kernel, call: WebCall): ApprovalDetail {
  const me = personOf(kernel, call).open_id
  return detailOf(kernel, requireSeen(kernel, call.params.code, me), me)
}

/** `POST approval/instances/:code/read`: the person has opened it. */
export function markRead(kernel: Kernel, call: WebCall): object {
  const me = personOf(kernel, call).open_id
  readCopies(kernel, requireSeen(kernel, call.params.code, me), me)
  return {}
}

export function detailOf(kernel: Kernel, instance: Instance, me: string): ApprovalDetail {
  const definition = definitionOf(kernel, instance)
  return {
    instance_code: instance.instance_code,
    approval_code: instance.approval_code,
    title: titleOf(kernel, instance),
    serial_number: instance.serial_number,
    status: statusOf(instance),
    applicant: whoIs(kernel, instance.openId),
    startTime: instance.startTime,
    endTime: instance.endTime,
    form: showForm({ kernel, me }, definition?.form ?? [], readable(kernel, instance, me)),
    flow: flowOf(kernel, instance),
    comments: instance.comments.map(
      (comment): ShownComment => ({
        id: comment.id,
        who: whoIs(kernel, comment.openId),
        text: comment.deleted ? '' : plainText(comment.content),
        at: comment.createTime,
        edited: comment.updateTime !== comment.createTime,
        deleted: comment.deleted,
        parentId: comment.parentId,
        mentions: (comment.mentions ?? []).map((one) => one.name),
        mine: comment.openId === me,
      }),
    ),
    rights: rightsOf(kernel, instance, me),
  }
}

/** A node may hide widgets from its approvers. */
function readable(kernel: Kernel, instance: Instance, me: string): Filled[] {
  const definition = definitionOf(kernel, instance)
  const filled = orderedForm(definition, instance.form)
  const task = instance.openId === me ? undefined : taskOf(instance, me)
  const node = definition?.nodes.find((one) => one.node_id === task?.nodeId)
  return node?.readable ? filled.filter((one) => node.readable?.includes(one.id)) : filled
}
