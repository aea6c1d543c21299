/** How an instance moves: nodes one after the other, tasks within a node, and the events that tell of it. */
import type { Kernel } from '../../kernel/types.ts'
import { emitInstance, emitTask } from './events.ts'
import {
  approvalChanged,
  approvalState,
  type Definition,
  type FlowNode,
  type Instance,
  newNumber,
  type Task,
  type TimelineEntry,
} from './state.ts'
import { supervisorOf } from './supervisors.ts'

export function definitionOf(kernel: Kernel, instance: Instance): Definition | undefined {
  return approvalState(kernel).definitions.find((one) => one.approval_code === instance.approval_code)
}

export function startFlow(kernel: Kernel, instance: Instance): void {
  note(kernel, instance, { type: 'START', openId: instance.openId })
  emitInstance(kernel, instance, instance.status)
  enterNode(kernel, instance, 0)
}

export function openTasks(instance: Instance): Task[] {
  return instance.tasks.filter((task) => task.status === 'PENDING')
}

export function approveTask(kernel: Kernel, instance: Instance, task: Task, comment: string): void {
  endTask(kernel, instance, task, 'APPROVED')
  note(kernel, instance, { type: 'PASS', openId: task.openId, taskId: task.id, comment, nodeId: task.nodeId })
  const node = currentNode(kernel, instance)
  if (!node) return
  if (node.node_type === 'OR')
    for (const other of openTasks(instance)) endTask(kernel, instance, other, 'DONE')
  if (node.node_type === 'SEQUENTIAL' && startNextInLine(kernel, instance, node)) return
  if (openTasks(instance).length === 0) enterNode(kernel, instance, instance.nodeIndex + 1)
}

export function rejectTask(kernel: Kernel, instance: Instance, task: Task, comment: string): void {
  endTask(kernel, instance, task, 'REJECTED')
  note(kernel, instance, {
    type: 'REJECT',
    openId: task.openId,
    taskId: task.id,
    comment,
    nodeId: task.nodeId,
  })
  for (const other of openTasks(instance)) endTask(kernel, instance, other, 'DONE')
  endInstance(kernel, instance, 'REJECTED')
}

export function transferTask(
  kernel: Kernel,
  instance: Instance,
  task: Task,
  to: { openId: string; comment: string },
): void {
  endTask(kernel, instance, task, 'TRANSFERRED')
  note(kernel, instance, {
    type: 'TRANSFER',
    openId: task.openId,
    taskId: task.id,
    comment: to.comment,
    nodeId: task.nodeId,
    openIds: [to.openId],
  })
  addTask(kernel, instance, { openId: to.openId, nodeId: task.nodeId, type: task.type })
}

export function cancelInstance(kernel: Kernel, instance: Instance): void {
  for (const task of openTasks(instance)) endTask(kernel, instance, task, 'DONE')
  note(kernel, instance, { type: 'CANCEL', openId: instance.openId })
  endInstance(kernel, instance, 'CANCELED')
}

export function note(
  kernel: Kernel,
  instance: Instance,
  entry: Pick<TimelineEntry, 'type' | 'openId'> & Partial<TimelineEntry>,
): void {
  instance.timeline.push({
    createTime: kernel.clock.now(),
    taskId: '',
    comment: '',
    nodeId: '',
    openIds: [],
    ...entry,
  })
  approvalChanged(kernel)
}

function currentNode(kernel: Kernel, instance: Instance): FlowNode | undefined {
  return definitionOf(kernel, instance)?.nodes[instance.nodeIndex]
}

/** Past the last node the instance is approved. A node nobody can decide passes by itself, or goes to the applicant. */
function enterNode(kernel: Kernel, instance: Instance, index: number): void {
  instance.nodeIndex = index
  const node = currentNode(kernel, instance)
  if (!node) {
    endInstance(kernel, instance, 'APPROVED')
    return
  }
  const approvers = approversOf(kernel, instance, node)
  if (approvers.length > 0) {
    const first = node.node_type === 'SEQUENTIAL' ? approvers.slice(0, 1) : approvers
    for (const openId of first)
      addTask(kernel, instance, { openId, nodeId: node.node_id, type: node.node_type })
    return
  }
  if (node.whenNobody === 'STARTER') {
    addTask(kernel, instance, { openId: instance.openId, nodeId: node.node_id, type: node.node_type })
    return
  }
  const passed = addTask(kernel, instance, { openId: '', nodeId: node.node_id, type: 'AUTO_PASS' })
  endTask(kernel, instance, passed, 'APPROVED')
  note(kernel, instance, { type: 'AUTO_PASS', openId: '', taskId: passed.id, nodeId: node.node_id })
  enterNode(kernel, instance, index + 1)
}

/** Chosen approvers count only on nodes that let the applicant choose. */
function approversOf(kernel: Kernel, instance: Instance, node: FlowNode): string[] {
  const found = node.approvers.flatMap((rule) => {
    if (rule.type === 'Personal') return [rule.openId]
    if (rule.type === 'Supervisor') return supervisorOf(kernel, instance.openId, rule.level) ?? []
    return instance.chosen[node.node_id] ?? instance.chosen[node.custom_node_id ?? ''] ?? []
  })
  return [...new Set(found)]
}

function startNextInLine(kernel: Kernel, instance: Instance, node: FlowNode): boolean {
  const decided = new Set(
    instance.tasks.filter((task) => task.nodeId === node.node_id).map((task) => task.openId),
  )
  const next = approversOf(kernel, instance, node).find((openId) => !decided.has(openId))
  if (next === undefined) return false
  addTask(kernel, instance, { openId: next, nodeId: node.node_id, type: node.node_type })
  return true
}

function addTask(kernel: Kernel, instance: Instance, wanted: Pick<Task, 'openId' | 'nodeId' | 'type'>): Task {
  const task: Task = {
    id: newNumber(kernel),
    status: 'PENDING',
    startTime: kernel.clock.now(),
    endTime: 0,
    ...wanted,
  }
  instance.tasks.push(task)
  if (task.type !== 'AUTO_PASS') emitTask(kernel, instance, task)
  return task
}

function endTask(kernel: Kernel, instance: Instance, task: Task, status: Task['status']): void {
  task.status = status
  task.endTime = kernel.clock.now()
  approvalChanged(kernel)
  emitTask(kernel, instance, task)
}

function endInstance(kernel: Kernel, instance: Instance, status: Instance['status']): void {
  instance.status = status
  instance.endTime = kernel.clock.now()
  approvalChanged(kernel)
  emitInstance(kernel, instance, status)
}
