/** What a person may see: only what concerns them. */

import type { Kernel } from '../../../kernel/types.ts'
import { ApiFailure } from '../../../kernel/types.ts'
import { findPerson } from '../../contact/people.ts'
import { definitionOf } from '../definition-store.ts'
import { requireInstance } from '../instances.ts'
import { type Instance, instanceIndex } from '../state.ts'
import type { InstanceStatus, Who } from './shapes.ts'

/** The applicant, everybody who was asked, added, copied or mentioned. */
export function concerns(instance: Instance, openId: string): boolean {
  return (
    instance.openId === openId ||
    instance.tasks.some((task) => task.openId === openId) ||
    instance.copies.some((copy) => copy.openId === openId) ||
    instance.comments.some((comment) => comment.mentions?.some((one) => one.openId === openId))
  )
}

/** @throws ApiFailure 403 for an instance that is none of the person's business, 400 (1390003) for an unknown one */
export function requireSeen(kernel: Kernel, code: unknown, openId: string): Instance {
  const known = instanceIndex(kernel).byCode.get(String(code))
  const instance = known ?? requireInstance(kernel, code)
  if (!concerns(instance, openId))
    throw new ApiFailure(1390009, '这份审批与你无关，无法查看 this approval does not concern you', {
      status: 403,
    })
  return instance
}

export function whoIs(kernel: Kernel, openId: string): Who {
  const { botOpenId, botName } = kernel.identity()
  if (openId === botOpenId) return { open_id: openId, name: botName }
  return { open_id: openId, name: findPerson(kernel, openId, 'open_id')?.name ?? openId }
}

export function statusOf(instance: Instance): InstanceStatus {
  return instance.reverted ? 'REVERTED' : instance.status
}

export function titleOf(kernel: Kernel, instance: Instance): string {
  return instance.title || (definitionOf(kernel, instance)?.name ?? '审批')
}
