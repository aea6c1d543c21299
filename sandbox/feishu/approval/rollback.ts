/** Sends an instance back to nodes that have approved already, or to the applicant. Feishu docs: 退回审批任务. */
import type { Kernel } from '../../kernel/types.ts'
import { definitionOf } from './definition-store.ts'
import { askApplicant, enterNode, startNodeId } from './flow.ts'
import { closeStages } from './stages.ts'
import type { Instance, Task } from './state.ts'
import { endTask, note } from './task-list.ts'

export interface RollbackTarget {
  /** 'START' or a node id */
  key: string
  name: string
}

/** Where a running instance can be sent back to: the applicant and every node that approved. */
export function rollbackTargets(kernel: Kernel, instance: Instance): RollbackTarget[] {
  const passed = new Set(
    instance.timeline.filter((entry) => entry.type === 'PASS').map((entry) => entry.nodeId),
  )
  const nodes = definitionOf(kernel, instance)?.nodes ?? []
  return [
    { key: 'START', name: '提交' },
    ...nodes
      .filter((node, index) => index < instance.nodeIndex && passed.has(node.node_id))
      .map((node) => ({ key: node.node_id, name: node.name })),
  ]
}

/**
 * The chosen nodes are done again in their order, then the node that sent it back; nodes between that were not chosen
 * keep their decision (UNVERIFIED). The sender's task is told as ROLLBACK and read as DONE.
 */
export function rollBack(
  kernel: Kernel,
  instance: Instance,
  task: Task,
  { keys, reason }: { keys: readonly string[]; reason: string },
): void {
  const nodes = definitionOf(kernel, instance)?.nodes ?? []
  const chosen = nodes.flatMap((node, index) =>
    keys.includes(node.node_id) || keys.includes(node.custom_node_id ?? '') ? [index] : [],
  )
  const toApplicant = keys.includes('START') || keys.includes(startNodeId)
  const ids = [...(toApplicant ? ['START'] : []), ...chosen.map((index) => nodes[index]?.node_id ?? '')]
  const customIds = chosen.map((index) => nodes[index]?.custom_node_id ?? '').filter((id) => id !== '')
  endTask(kernel, instance, task, {
    status: 'DONE',
    told: 'ROLLBACK',
    extra: { rollback_node_ids: ids, rollback_custom_node_ids: customIds },
  })
  note(kernel, instance, {
    type: 'ROLLBACK_SELECTED',
    openId: task.openId,
    taskId: task.id,
    comment: reason,
    nodeId: task.nodeId,
  })
  closeStages(kernel, instance)
  const route = [...chosen, instance.nodeIndex]
  if (toApplicant) {
    instance.route = route
    askApplicant(kernel, instance)
    return
  }
  instance.route = route.slice(1)
  enterNode(kernel, instance, route[0] ?? 0)
}
