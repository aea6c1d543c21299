/** What the definitions editor is told and sends. Types only: both sides import them. */
import type { FormWidget } from './shapes.ts'

export interface DefinitionItem {
  approval_code: string
  name: string
  description: string
  active: boolean
  /** instances so far, and those still running */
  instances: number
  pending: number
  /** an app has subscribed to its events */
  subscribed: boolean
  /** made by an app: it cannot be disabled */
  byApi: boolean
  version: number
}

export type EditableRule =
  | { type: 'Personal'; openId: string }
  | { type: 'Supervisor' | 'DepartmentManager'; level: number; topDown?: true }
  | { type: 'Free' }

export interface EditableNode {
  /** '' for a new one */
  node_id: string
  custom_node_id?: string
  name: string
  node_type: 'AND' | 'OR' | 'SEQUENTIAL'
  approvers: EditableRule[]
  ccers?: EditableRule[]
  whenNobody: 'AUTO_PASS' | 'STARTER'
  starterAssignee?: 'STARTER' | 'AUTO_PASS' | 'SUPERVISOR' | 'DEPARTMENT_MANAGER'
  chosenMulti?: boolean
}

export interface EditableSettings {
  /** seconds */
  revertInterval: number
  revertAfterFirstNode: boolean
  rejectToApplicant: boolean
  quickApproval: boolean
  repeated: 'ASK' | 'NEXT' | 'ALL'
}

export interface DefinitionDraft {
  name: string
  description: string
  /** id '' for a new widget, value '' for a new option: the sandbox gives them */
  form: FormWidget[]
  nodes: EditableNode[]
  startCc: EditableRule[]
  endCc: EditableRule[]
  settings: EditableSettings
}

export interface EditableDefinition extends DefinitionDraft, DefinitionItem {}
