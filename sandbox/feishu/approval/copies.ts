/** Copies of an instance (抄送): sent by rules, by the applicant or by an app; read when opened. */
import type { Kernel } from '../../kernel/types.ts'
import { peopleOfRule } from './approvers.ts'
import { emitCopy } from './events.ts'
import { type ApproverRule, type Instance, newNumber } from './state.ts'
import { note, touch } from './task-list.ts'

export interface CopyOrder {
  /** '' when the flow sends it */
  by: string
  to: readonly string[]
  comment?: string
  nodeId?: string
}

export function sendCopies(kernel: Kernel, instance: Instance, order: CopyOrder): void {
  const { by, to, comment = '', nodeId = '' } = order
  if (to.length === 0) return
  note(kernel, instance, { type: 'CC', openId: by, openIds: [...to], comment, nodeId })
  for (const openId of to) {
    const copy = {
      id: newNumber(kernel),
      openId,
      fromOpenId: by,
      createTime: kernel.clock.now(),
      readTime: 0,
    }
    instance.copies.push(copy)
    emitCopy(kernel, instance, copy, 'CREATE')
  }
}

export function copyByRules(
  kernel: Kernel,
  instance: Instance,
  { rules, chosen, nodeId }: { rules: readonly ApproverRule[]; chosen: readonly string[]; nodeId: string },
): void {
  const to = rules.flatMap((rule) => peopleOfRule(kernel, instance.openId, rule))
  sendCopies(kernel, instance, { by: '', to: [...new Set([...to, ...chosen])], nodeId })
}

/** Marks a person's unread copies as read. */
export function readCopies(kernel: Kernel, instance: Instance, openId: string): void {
  for (const copy of instance.copies.filter((one) => one.openId === openId && one.readTime === 0)) {
    copy.readTime = kernel.clock.now()
    touch(kernel, instance)
    emitCopy(kernel, instance, copy, 'READ')
  }
}
