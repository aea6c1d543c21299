/** What a person may do with an instance. */
import { ApiFailure, type Kernel } from '../../../kernel/types.ts'
import { definitionOf } from '../definition-store.ts'
import { isRevertible, startNodeId } from '../flow.ts'
import { rollbackTargets } from '../rollback.ts'
import type { Instance, Task } from '../state.ts'
import { openTasks } from '../task-list.ts'
import type { ApprovalRights } from './shapes.ts'

/** The person's open task; the applicant's own step is no decision. */
export function taskOf(instance: Instance, me: string): Task | undefined {
  return openTasks(instance).find((task) => task.openId === me && task.nodeId !== startNodeId)
}

/** The applicant's open step of a form that came back. */
export function returnedTo(instance: Instance, me: string): Task | undefined {
  return openTasks(instance).find((task) => task.openId === me && task.nodeId === startNodeId)
}

export function rightsOf(kernel: Kernel, instance: Instance, me: string): ApprovalRights {
  const task = taskOf(instance, me)
  return {
    taskId: task?.id ?? null,
    decide: task !== undefined,
    rollback: task ? rollbackTargets(kernel, instance) : [],
    resubmit: instance.allowResubmit && returnedTo(instance, me) !== undefined,
    withdraw: mayWithdraw(kernel, instance, me),
    revert: mayRevert(kernel, instance, me),
    submitAgain: instance.openId === me && instance.status !== 'PENDING' && instance.allowSubmitAgain,
  }
}

/** The applicant, while it runs; after the first node's approval only where the definition allows it. */
export function mayWithdraw(kernel: Kernel, instance: Instance, me: string): boolean {
  if (instance.openId !== me || instance.status !== 'PENDING' || instance.forbidRevoke) return false
  const passed = instance.timeline.some((entry) => entry.type === 'PASS')
  return !passed || definitionOf(kernel, instance)?.settings?.revertAfterFirstNode !== false
}

/** The applicant, within the time the definition gives. */
export function mayRevert(kernel: Kernel, instance: Instance, me: string): boolean {
  return instance.openId === me && !instance.forbidRevoke && isRevertible(kernel, instance)
}

/** @throws ApiFailure 403 */
export function requireRight(held: boolean): void {
  if (!held)
    throw new ApiFailure(
      1390009,
      '你现在不能这样操作，可能已被处理 not possible any more, it may have been handled',
      {
        status: 403,
      },
    )
}
