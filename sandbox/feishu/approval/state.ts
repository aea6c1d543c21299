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
  /** amount: the default currency; text: what it says */
  value?: string
  /** shown in the empty input */
  placeholder?: string
  /** fieldList */
  children?: Widget[]
}

export type ApproverRule =
  | { type: 'Personal'; openId: string }
  /** the n-th supervisor above the applicant; `topDown`: counted from the top of the line */
  | { type: 'Supervisor' | 'DepartmentManager'; level: number; topDown?: true }
  /** chosen by the applicant */
  | { type: 'Free' }

/** Who decides where the applicant is the approver. */
export type StarterAssignee = 'STARTER' | 'AUTO_PASS' | 'SUPERVISOR' | 'DEPARTMENT_MANAGER'

export interface FlowNode {
  node_id: string
  custom_node_id?: string
  name: string
  node_type: 'AND' | 'OR' | 'SEQUENTIAL'
  approvers: ApproverRule[]
  /** copied to when the node is entered */
  ccers?: ApproverRule[]
  /** who decides when the rules find nobody */
  whenNobody: 'AUTO_PASS' | 'STARTER'
  starterAssignee?: StarterAssignee
  /** The applicant may choose several people, and only out of these (all when absent). */
  chosenMulti?: boolean
  chosenFrom?: string[]
  /** widget ids approvers may change and see; all may be seen when absent */
  writable?: string[]
  readable?: string[]
}

export interface DefinitionSettings {
  /** seconds after the approval in which the applicant may still revoke it; 0: never */
  revertInterval: number
  /** the applicant may withdraw once the first node has approved */
  revertAfterFirstNode: boolean
  /** a rejection gives the form back to the applicant instead of ending the instance */
  rejectToApplicant: boolean
  quickApproval: boolean
  /** who approved already passes automatically: never, in the next node, in all later nodes */
  repeated: 'ASK' | 'NEXT' | 'ALL'
}

/** What an instance keeps of the definition it was made from. */
export interface DefinitionVersion {
  form: Widget[]
  nodes: FlowNode[]
  startCc?: ApproverRule[]
  endCc?: ApproverRule[]
}

export interface Viewer {
  type: 'TENANT' | 'DEPARTMENT' | 'USER' | 'NONE'
  id: string
}

export interface Definition extends DefinitionVersion {
  approval_code: string
  approval_id: string
  name: string
  description?: string
  status: 'ACTIVE' | 'INACTIVE' | 'DELETED'
  viewers: Viewer[]
  subscribed: boolean
  /** counts up; instances name the one they were made from */
  version: number
  /** older versions that an instance may still name, by number */
  past: Record<string, DefinitionVersion>
  settings?: DefinitionSettings
  /** texts by locale and by what they name (`name`, widget id, `widget id/option key`, node id) */
  texts?: Record<string, Record<string, string>>
  managers?: string[]
  /** made by an app: nobody can disable it afterwards */
  byApi?: true
  updateTime?: number
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

export type TaskStatus = 'PENDING' | 'APPROVED' | 'REJECTED' | 'TRANSFERRED' | 'DONE'

export interface Task {
  id: string
  /** '' when the flow decided by itself */
  openId: string
  status: TaskStatus
  nodeId: string
  type: 'AND' | 'OR' | 'SEQUENTIAL' | 'AUTO_PASS'
  startTime: number
  endTime: number
  /** the stage it belongs to */
  stage: string
}

/** People who decide together: a node, or the people one approver added to it. */
export interface Stage {
  id: string
  nodeId: string
  method: 'AND' | 'OR' | 'SEQUENTIAL'
  /** asked one after the other, in this order */
  waiting: string[]
  /** the stage this one was added to */
  parent?: string
  /** asked again once an added-before stage has decided */
  resume?: string
  ended: boolean
}

export interface TimelineEntry {
  type: string
  createTime: number
  openId: string
  taskId: string
  comment: string
  nodeId: string
  openIds: string[]
  files?: AttachedFile[]
}

export interface AttachedFile {
  url: string
  title: string
  type: 'image' | 'attachment'
  file_size: number
}

export interface Mention {
  openId: string
  name: string
  offset: string
}

export interface Comment {
  id: string
  openId: string
  content: string
  createTime: number
  updateTime: number
  deleted: boolean
  parentId: string
  mentions?: Mention[]
  extra?: string
}

/** A copy sent to somebody. */
export interface Copy {
  id: string
  openId: string
  fromOpenId: string
  createTime: number
  /** 0 while unread */
  readTime: number
}

export interface Instance {
  instance_code: string
  serial_number: string
  approval_code: string
  version: number
  uuid: string
  /** shown instead of the definition's name */
  title: string
  openId: string
  departmentId: string
  status: 'PENDING' | 'APPROVED' | 'REJECTED' | 'CANCELED' | 'DELETED'
  /** approved once, then revoked by the applicant */
  reverted: boolean
  form: Filled[]
  nodeIndex: number
  /** nodes a rollback left to do before going on from the last one; undefined: one after the other */
  route: number[]
  stages: Stage[]
  /** node id → open ids the applicant chose */
  chosen: Record<string, string[]>
  chosenCc: Record<string, string[]>
  /** node ids that pass by themselves */
  autoPass: string[]
  tasks: Task[]
  timeline: TimelineEntry[]
  comments: Comment[]
  copies: Copy[]
  startTime: number
  endTime: number
  forbidRevoke: boolean
  allowResubmit: boolean
  allowSubmitAgain: boolean
  /** when anything about it last changed, ms */
  updateTime: number
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
