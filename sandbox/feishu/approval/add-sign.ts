/** An approver asks further people (加签): before themself, after themself, or beside themself. Feishu docs: 审批任务加签. */
import type { Kernel } from '../../kernel/types.ts'
import { leaveNode } from './flow.ts'
import { ask, beginStage, decideInStage, stageOf } from './stages.ts'
import type { Instance, Stage, Task } from './state.ts'
import { endTask, note } from './task-list.ts'

export type AddSignType = 'before' | 'after' | 'beside'

export interface AddSign {
  type: AddSignType
  people: string[]
  /** how the added people decide; not for `beside` */
  method: Stage['method']
  comment: string
}

const entryType = {
  before: 'ADD_APPROVER_BEFORE',
  after: 'ADD_APPROVER_AFTER',
  beside: 'ADD_APPROVER',
} as const

/**
 * Before: the approver's task is done and they are asked again afterwards. After: the approver approves, then the
 * added people are asked. Beside: they join the approver. UNVERIFIED how the approver's waiting task is shown.
 */
export function addSign(kernel: Kernel, instance: Instance, task: Task, wanted: AddSign): void {
  const { type, people, method, comment } = wanted
  const told = { openId: task.openId, taskId: task.id, nodeId: task.nodeId }
  const parent = stageOf(instance, task.stage)
  if (!parent) return
  note(kernel, instance, { type: entryType[type], ...told, comment, openIds: people })
  if (type === 'beside') {
    for (const openId of people) ask(kernel, instance, parent, openId)
    return
  }
  if (type === 'before') endTask(kernel, instance, task, { status: 'DONE' })
  else endTask(kernel, instance, task, { status: 'APPROVED' })
  if (type === 'after') note(kernel, instance, { type: 'PASS', ...told })
  beginStage(kernel, instance, {
    nodeId: task.nodeId,
    method,
    people,
    parent: parent.id,
    ...(type === 'before' && { resume: task.openId }),
  })
  if (type === 'after' && decideInStage(kernel, instance, task)) leaveNode(kernel, instance)
}
