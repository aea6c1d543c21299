import type { Kernel } from '../../kernel/types.ts'

export interface Option {
  /** the key an instance is created with */
  value: string
  text: string
}

export interface Widget {
  id: string
  custom_id?: string
  name: string
  type: string
  required: boolean
  printable: boolean
  /** radioV2, checkboxV2: options; amount: `{currencyRange}` */
  option?: Option[] | { currencyRange: string[] }
  /** amount: the default currency */
  value?: string
  /** fieldList */
  children?: Widget[]
}

export type ApproverRule =
  | { type: 'Personal'; openId: string }
  /** the n-th supervisor above the applicant */
  | { type: 'Supervisor'; level: number }
  /** chosen by the applicant */
  | { type: 'Free' }

export interface FlowNode {
  node_id: string
  custom_node_id?: string
  name: string
  node_type: 'AND' | 'OR' | 'SEQUENTIAL'
  approvers: ApproverRule[]
  /** who decides when the rules find nobody */
  whenNobody: 'AUTO_PASS' | 'STARTER'
}

export interface Definition {
  approval_code: string
  approval_id: string
  name: string
  status: 'ACTIVE' | 'INACTIVE' | 'DELETED'
  form: Widget[]
  nodes: FlowNode[]
  viewers: { type: string; id: string }[]
  subscribed: boolean
}

/** A widget as an applicant filled it in; radio and checkbox hold option keys. */
export interface Filled {
  id: string
  custom_id?: string
  name: string
  type: string
  value: unknown
  extra: Record<string, unknown>
}

type TaskStatus = 'PENDING' | 'APPROVED' | 'REJECTED' | 'TRANSFERRED' | 'DONE'

export interface Task {
  id: string
  /** '' when the flow decided by itself */
  openId: string
  status: TaskStatus
  nodeId: string
  type: 'AND' | 'OR' | 'SEQUENTIAL' | 'AUTO_PASS'
  startTime: number
  endTime: number
}

export interface TimelineEntry {
  type: string
  createTime: number
  openId: string
  taskId: string
  comment: string
  nodeId: string
  openIds: string[]
}

export interface Comment {
  id: string
  openId: string
  content: string
  createTime: number
  updateTime: number
  deleted: boolean
  parentId: string
}

export interface Instance {
  instance_code: string
  serial_number: string
  approval_code: string
  uuid: string
  openId: string
  departmentId: string
  status: 'PENDING' | 'APPROVED' | 'REJECTED' | 'CANCELED' | 'DELETED'
  form: Filled[]
  nodeIndex: number
  /** node id → open ids the applicant chose */
  chosen: Record<string, string[]>
  tasks: Task[]
  timeline: TimelineEntry[]
  comments: Comment[]
  startTime: number
  endTime: number
  forbidRevoke: boolean
}

interface ApprovalState {
  definitions: Definition[]
  instances: Instance[]
  lastTask: number
  supervisors: Record<string, string>
}

const part = 'approval'

export function approvalState(kernel: Kernel): ApprovalState {
  return kernel.state<ApprovalState>(part, () => ({
    definitions: [],
    instances: [],
    lastTask: 0,
    supervisors: {},
  }))
}

export function approvalChanged(kernel: Kernel): void {
  kernel.changed(part)
}

interface InstanceIndex {
  byCode: Map<string, Instance>
  byUuid: Map<string, Instance>
}

/** Rebuilt when a reset has replaced the list. */
const indexes = new WeakMap<Instance[], InstanceIndex>()

export function instanceIndex(kernel: Kernel): InstanceIndex {
  const { instances } = approvalState(kernel)
  const known = indexes.get(instances)
  if (known) return known
  const made: InstanceIndex = { byCode: new Map(), byUuid: new Map() }
  for (const instance of instances) indexInstance(made, instance)
  indexes.set(instances, made)
  return made
}

export function addInstance(kernel: Kernel, instance: Instance): void {
  const index = instanceIndex(kernel)
  approvalState(kernel).instances.push(instance)
  indexInstance(index, instance)
  approvalChanged(kernel)
}

/** uuids are the same whatever their case. */
function indexInstance(index: InstanceIndex, instance: Instance): void {
  index.byCode.set(instance.instance_code, instance)
  if (instance.uuid) index.byUuid.set(instance.uuid.toLowerCase(), instance)
}

/** Task, comment and approval ids: 19-digit text. */
export function newNumber(kernel: Kernel): string {
  const state = approvalState(kernel)
  state.lastTask += 1
  approvalChanged(kernel)
  return String(7_081_516_627_711_000_000n + BigInt(state.lastTask) * 32_503n)
}

/** `81D31358-93AF-92D6-7425-01A5D67C4E71` */
export function newCode(kernel: Kernel): string {
  const hex = kernel.id('x_').slice(2, 34).toUpperCase()
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
