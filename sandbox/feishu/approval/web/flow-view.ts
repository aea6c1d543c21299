/** The flow of an instance as a column of steps: what happened, who is asked now, who comes. */
import type { Kernel } from '../../../kernel/types.ts'
import { askedBy } from '../approvers.ts'
import { definitionOf } from '../definition-store.ts'
import { startNodeId } from '../flow.ts'
import type { Definition, FlowNode, Instance, TimelineEntry } from '../state.ts'
import { openTasks } from '../task-list.ts'
import { whoIs } from './seen.ts'
import type { FlowPerson, FlowStep, PersonState } from './shapes.ts'

interface Drawing {
  kernel: Kernel
  instance: Instance
  definition: Definition | undefined
  steps: (FlowStep & { nodeId: string })[]
}

const stateOfEntry: Readonly<Record<string, PersonState>> = {
  START: 'SUBMITTED',
  PASS: 'APPROVED',
  REJECT: 'REJECTED',
  AUTO_PASS: 'AUTO_PASS',
  REMOVE_REPEAT: 'REMOVE_REPEAT',
  TRANSFER: 'TRANSFERRED',
  ADD_APPROVER_BEFORE: 'ADDED_BEFORE',
  ADD_APPROVER_AFTER: 'ADDED_AFTER',
  ADD_APPROVER: 'ADDED_BESIDE',
  ROLLBACK_SELECTED: 'ROLLBACK',
  CC: 'COPIED',
}

export function flowOf(kernel: Kernel, instance: Instance): FlowStep[] {
  const drawing: Drawing = { kernel, instance, definition: definitionOf(kernel, instance), steps: [] }
  for (const entry of instance.timeline) if (stateOfEntry[entry.type]) drawEntry(drawing, entry)
  drawDone(drawing)
  if (instance.status === 'PENDING') {
    drawWaiting(drawing)
    for (const node of comingNodes(drawing)) drawComing(drawing, node)
  }
  drawEnd(drawing)
  return drawing.steps.map(({ nodeId: _nodeId, ...step }, index) => ({
    ...step,
    id: String(index),
    people: step.people.map((person, place) => ({ ...person, id: String(place) })),
  }))
}

function drawEntry(drawing: Drawing, entry: TimelineEntry): void {
  const step = entry.type === 'CC' ? newStep(drawing, entry.nodeId, 'copy') : stepOf(drawing, entry.nodeId)
  if (entry.type === 'REJECT' || entry.type === 'ROLLBACK_SELECTED') step.state = 'refused'
  step.people.push(personOf(drawing, entry))
}

/** The last step when it is this node's, else a new one: a node that is done again shows again. */
function stepOf(drawing: Drawing, nodeId: string): Drawing['steps'][number] {
  const last = drawing.steps.findLast((step) => step.kind !== 'copy')
  return last?.nodeId === nodeId && last.state !== 'refused'
    ? last
    : newStep(drawing, nodeId, nodeId === startNodeId ? 'start' : 'node')
}

function newStep(drawing: Drawing, nodeId: string, kind: FlowStep['kind']): Drawing['steps'][number] {
  const node = drawing.definition?.nodes.find((one) => one.node_id === nodeId)
  const step: Drawing['steps'][number] = {
    id: '',
    nodeId,
    kind,
    name: kind === 'node' ? (node?.name ?? '审批') : '',
    method: kind === 'node' ? (node?.node_type ?? '') : '',
    state: 'done',
    people: [],
    free: node?.approvers.some((rule) => rule.type === 'Free') ?? false,
  }
  drawing.steps.push(step)
  return step
}

function personOf({ kernel }: Drawing, entry: TimelineEntry): FlowPerson {
  return {
    id: '',
    who: whoIs(kernel, entry.openId),
    state: stateOfEntry[entry.type] ?? 'DONE',
    at: entry.createTime,
    comment: entry.comment,
    others: entry.openIds.map((openId) => whoIs(kernel, openId)),
  }
}

/** People who need not decide any more, in the step where the others did. */
function drawDone(drawing: Drawing): void {
  const told = new Set(drawing.instance.timeline.map((entry) => entry.taskId))
  for (const task of drawing.instance.tasks) {
    if (task.status !== 'DONE' || told.has(task.id)) continue
    const step = drawing.steps.findLast((one) => one.nodeId === task.nodeId && one.kind === 'node')
    step?.people.push(plain(drawing, task.openId, 'DONE', task.endTime))
  }
}

function plain({ kernel }: Drawing, openId: string, state: PersonState, at = 0): FlowPerson {
  return { id: '', who: whoIs(kernel, openId), state, at, comment: '', others: [] }
}

function drawWaiting(drawing: Drawing): void {
  const { instance } = drawing
  for (const task of openTasks(instance)) {
    const last = drawing.steps.findLast((step) => step.kind !== 'copy')
    const fits = last?.nodeId === task.nodeId && last.state !== 'refused' && last.state !== 'stopped'
    const fresh = task.nodeId === startNodeId && last?.state !== 'current'
    const step =
      fits && !fresh ? last : newStep(drawing, task.nodeId, task.nodeId === startNodeId ? 'start' : 'node')
    step.state = 'current'
    step.people.push(plain(drawing, task.openId, 'PENDING', task.startTime))
  }
  for (const stage of instance.stages.filter((one) => !one.ended)) {
    const step = drawing.steps.findLast((one) => one.nodeId === stage.nodeId && one.state === 'current')
    for (const openId of [...stage.waiting, ...(stage.resume ? [stage.resume] : [])])
      step?.people.push(plain(drawing, openId, 'WAITING'))
  }
}

function comingNodes({ instance, definition }: Drawing): FlowNode[] {
  const nodes = definition?.nodes ?? []
  const last = instance.route.at(-1) ?? instance.nodeIndex
  const redone = instance.route.flatMap((index) => nodes[index] ?? [])
  return [...redone, ...nodes.slice(last + 1)]
}

function drawComing(drawing: Drawing, node: FlowNode): void {
  const { kernel, instance, definition } = drawing
  if (!definition) return
  const { people } = askedBy(kernel, { instance, node, definition })
  const step = newStep(drawing, node.node_id, 'node')
  step.state = 'coming'
  step.people = people.map((openId) => plain(drawing, openId, 'WAITING'))
  if (people.length === 0) step.people = [plain(drawing, '', 'AUTO_PASS')]
}

function drawEnd(drawing: Drawing): void {
  const { instance } = drawing
  const step = newStep(drawing, '', 'end')
  if (instance.status === 'PENDING') step.state = 'coming'
  if (instance.status === 'REJECTED') step.state = 'refused'
  if (instance.status === 'CANCELED' || instance.status === 'DELETED') step.state = 'stopped'
  if (instance.endTime > 0) step.people = [plain(drawing, instance.openId, 'DONE', instance.endTime)]
}
