/** How an instance moves: nodes one after the other, and the events that tell of it. */
import type { Kernel } from '../../kernel/types.ts'
import { type Asked, askedBy } from './approvers.ts'
import { copyByRules } from './copies.ts'
import { definitionOf } from './definition-store.ts'
import { emitInstance } from './events.ts'
import { beginStage, closeStages, decideInStage, newStage } from './stages.ts'
import type { Definition, FlowNode, Instance, Task } from './state.ts'
import { addTask, endTask, note, touch } from './task-list.ts'

export { definitionOf } from './definition-store.ts'
export { openTasks } from './task-list.ts'

/** node ids of the applicant's own step and of the end, the same in every definition */
export const startNodeId = 'b078ffd28db767c502ac367053f6e0ac'
export const endNodeId = 'b1a326c06d88bf042f73d70f50197905'

export function startFlow(kernel: Kernel, instance: Instance): void {
  note(kernel, instance, { type: 'START', openId: instance.openId, nodeId: startNodeId })
  emitInstance(kernel, instance, instance.status)
  copyByRules(kernel, instance, {
    rules: definitionOf(kernel, instance)?.startCc ?? [],
    chosen: instance.chosenCc[startNodeId] ?? instance.chosenCc.START ?? [],
    nodeId: startNodeId,
  })
  enterNode(kernel, instance, 0)
}

export function approveTask(kernel: Kernel, instance: Instance, task: Task, comment: string): void {
  endTask(kernel, instance, task, { status: 'APPROVED' })
  note(kernel, instance, { type: 'PASS', openId: task.openId, taskId: task.id, comment, nodeId: task.nodeId })
  if (decideInStage(kernel, instance, task)) leaveNode(kernel, instance)
}

/** Ends the instance, or gives the form back to the applicant where the definition says so. */
export function rejectTask(kernel: Kernel, instance: Instance, task: Task, comment: string): void {
  endTask(kernel, instance, task, { status: 'REJECTED' })
  note(kernel, instance, {
    type: 'REJECT',
    openId: task.openId,
    taskId: task.id,
    comment,
    nodeId: task.nodeId,
  })
  closeStages(kernel, instance)
  if (definitionOf(kernel, instance)?.settings?.rejectToApplicant) {
    instance.route = []
    askApplicant(kernel, instance)
  } else endInstance(kernel, instance, 'REJECTED')
}

export function transferTask(
  kernel: Kernel,
  instance: Instance,
  task: Task,
  to: { openId: string; comment: string },
): void {
  endTask(kernel, instance, task, { status: 'TRANSFERRED' })
  note(kernel, instance, {
    type: 'TRANSFER',
    openId: task.openId,
    taskId: task.id,
    comment: to.comment,
    nodeId: task.nodeId,
    openIds: [to.openId],
  })
  addTask(kernel, instance, {
    openId: to.openId,
    nodeId: task.nodeId,
    type: task.type,
    stage: task.stage,
  })
}

export function cancelInstance(kernel: Kernel, instance: Instance): void {
  closeStages(kernel, instance)
  note(kernel, instance, { type: 'CANCEL', openId: instance.openId })
  endInstance(kernel, instance, 'CANCELED')
}

/** An administrator deleted the definition: what still runs is deleted with it. Feishu docs: 审批实例状态变更. */
export function deleteInstance(kernel: Kernel, instance: Instance): void {
  closeStages(kernel, instance)
  note(kernel, instance, { type: 'DELETE', openId: '' })
  endInstance(kernel, instance, 'DELETED')
}

/** Whether the definition still lets the applicant take an approved instance back; 0 seconds is never. */
export function isRevertible(kernel: Kernel, instance: Instance): boolean {
  const seconds = definitionOf(kernel, instance)?.settings?.revertInterval ?? 0
  return (
    instance.status === 'APPROVED' && seconds > 0 && kernel.clock.now() - instance.endTime <= seconds * 1000
  )
}

/** The applicant takes an approved instance back: told as REVERTED, read as CANCELED. */
export function revertInstance(kernel: Kernel, instance: Instance): void {
  note(kernel, instance, { type: 'CANCEL', openId: instance.openId })
  instance.status = 'CANCELED'
  instance.reverted = true
  instance.endTime = kernel.clock.now()
  touch(kernel, instance)
  emitInstance(kernel, instance, 'REVERTED')
}

/** Gives the form back to the applicant, as a task of the start node. */
export function askApplicant(kernel: Kernel, instance: Instance): void {
  instance.nodeIndex = -1
  const stage = newStage(kernel, instance, { nodeId: startNodeId, method: 'AND' })
  addTask(kernel, instance, { openId: instance.openId, nodeId: startNodeId, type: 'AND', stage: stage.id })
}

/** The applicant's answer to a form that came back. UNVERIFIED which entry the history gets; the list has no other. */
export function resubmitTask(kernel: Kernel, instance: Instance, task: Task, comment: string): void {
  endTask(kernel, instance, task, { status: 'APPROVED' })
  note(kernel, instance, {
    type: 'START',
    openId: task.openId,
    taskId: task.id,
    comment,
    nodeId: startNodeId,
  })
  closeStages(kernel, instance)
  leaveNode(kernel, instance)
}

export function leaveNode(kernel: Kernel, instance: Instance): void {
  enterNode(kernel, instance, instance.route.shift() ?? instance.nodeIndex + 1)
}

/** Past the last node the instance is approved. A node nobody can decide passes by itself, or goes to the applicant. */
export function enterNode(kernel: Kernel, instance: Instance, index: number): void {
  instance.nodeIndex = index
  const definition = definitionOf(kernel, instance)
  const node = definition?.nodes[index]
  if (definition && node) tryNode(kernel, instance, { node, definition })
  else finish(kernel, instance)
}

function tryNode(
  kernel: Kernel,
  instance: Instance,
  { node, definition }: { node: FlowNode; definition: Definition },
): void {
  const nodeId = node.node_id
  const chosen = instance.chosenCc[nodeId] ?? instance.chosenCc[node.custom_node_id ?? ''] ?? []
  copyByRules(kernel, instance, { rules: node.ccers ?? [], chosen, nodeId })
  const asked = askedBy(kernel, { instance, node, definition })
  const wanted = instance.autoPass.includes(nodeId)
  if (!wanted) for (const { openId, type } of asked.passed) note(kernel, instance, { type, openId, nodeId })
  if (wanted || isPassed(node, asked)) {
    passNode(kernel, instance, node, !wanted && asked.passed.length > 0)
    return
  }
  const people = asked.people.length > 0 ? asked.people : [instance.openId]
  beginStage(kernel, instance, { nodeId, method: node.node_type, people })
}

/** In an OR node one person who passes by themself is enough. */
function isPassed(node: FlowNode, asked: Asked): boolean {
  if (asked.people.length === 0) return asked.passed.length > 0 || node.whenNobody === 'AUTO_PASS'
  return node.node_type === 'OR' && asked.passed.length > 0
}

function passNode(kernel: Kernel, instance: Instance, node: FlowNode, told = false): void {
  const passed = addTask(kernel, instance, {
    openId: '',
    nodeId: node.node_id,
    type: 'AUTO_PASS',
    stage: '',
  })
  endTask(kernel, instance, passed, { status: 'APPROVED' })
  if (!told)
    note(kernel, instance, { type: 'AUTO_PASS', openId: '', taskId: passed.id, nodeId: node.node_id })
  leaveNode(kernel, instance)
}

function finish(kernel: Kernel, instance: Instance): void {
  endInstance(kernel, instance, 'APPROVED')
  const definition: Definition | undefined = definitionOf(kernel, instance)
  copyByRules(kernel, instance, {
    rules: definition?.endCc ?? [],
    chosen: instance.chosenCc[endNodeId] ?? instance.chosenCc.END ?? [],
    nodeId: endNodeId,
  })
}

export function endInstance(kernel: Kernel, instance: Instance, status: Instance['status']): void {
  instance.status = status
  instance.endTime = kernel.clock.now()
  touch(kernel, instance)
  emitInstance(kernel, instance, status)
}
