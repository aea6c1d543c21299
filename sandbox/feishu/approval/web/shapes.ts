/** What the approval pages are told. Types only: both sides import them. */

export type ApprovalTab = 'todo' | 'done' | 'started' | 'copied'

export interface Who {
  /** '' where the flow itself acted */
  open_id: string
  name: string
}

export type InstanceStatus =
  | 'PENDING'
  | 'APPROVED'
  | 'REJECTED'
  | 'CANCELED'
  | 'DELETED'
  | 'REVERTED'
  | 'TERMINATED'

export interface ApprovalItem {
  instance_code: string
  title: string
  applicant: Who
  /** a few values of the form, as text */
  summary: { name: string; text: string }[]
  status: InstanceStatus
  /** ms: when it came to this tab */
  at: number
  /** a copy nobody has opened yet */
  unread: boolean
  /** where another system shows it; null for the company's own approvals */
  link: string | null
}

export interface ApprovalList {
  /** to do: waiting for me; copied: unread */
  counts: Record<ApprovalTab, number>
  items: ApprovalItem[]
  more: boolean
}

export interface ShownFile {
  code: string
  name: string
  /** bytes */
  size: number
  image: boolean
  /** path below `/_web/` */
  path: string
}

export type ShownValue =
  | { kind: 'text' | 'date' | 'phone' | 'address'; text: string }
  | { kind: 'number'; number: number }
  | { kind: 'amount'; number: number; currency: string }
  | { kind: 'interval'; start: string; end: string; days: number }
  | { kind: 'choices'; texts: string[] }
  | { kind: 'people'; people: Who[] }
  | { kind: 'instances'; items: { instance_code: string; title: string; mine: boolean }[] }
  | { kind: 'document'; title: string; url: string }
  | { kind: 'files'; files: ShownFile[] }
  | { kind: 'rows'; rows: ShownWidget[][] }

export interface ShownWidget {
  id: string
  name: string
  type: string
  value: ShownValue
}

export type PersonState =
  | 'PENDING'
  | 'WAITING'
  | 'APPROVED'
  | 'REJECTED'
  | 'TRANSFERRED'
  | 'DONE'
  | 'AUTO_PASS'
  | 'REMOVE_REPEAT'
  | 'ROLLBACK'
  | 'ADDED_BEFORE'
  | 'ADDED_AFTER'
  | 'ADDED_BESIDE'
  | 'SUBMITTED'
  | 'COPIED'

export interface FlowPerson {
  id: string
  who: Who
  state: PersonState
  /** ms; 0 where nothing happened yet */
  at: number
  comment: string
  /** transferred to, added, copied to */
  others: Who[]
}

export interface FlowStep {
  id: string
  kind: 'start' | 'node' | 'copy' | 'end'
  name: string
  method: 'AND' | 'OR' | 'SEQUENTIAL' | ''
  state: 'done' | 'current' | 'coming' | 'refused' | 'stopped'
  people: FlowPerson[]
  /** the applicant chooses people here */
  free: boolean
}

export interface ShownComment {
  id: string
  who: Who
  text: string
  at: number
  edited: boolean
  deleted: boolean
  parentId: string
  /** names that are mentions, as written after @ */
  mentions: string[]
  mine: boolean
}

export interface ApprovalRights {
  /** the person's own open task */
  taskId: string | null
  decide: boolean
  rollback: { key: string; name: string }[]
  /** the form came back to the applicant */
  resubmit: boolean
  withdraw: boolean
  revert: boolean
  submitAgain: boolean
}

export interface ApprovalDetail {
  instance_code: string
  approval_code: string
  title: string
  serial_number: string
  status: InstanceStatus
  applicant: Who
  startTime: number
  endTime: number
  form: ShownWidget[]
  flow: FlowStep[]
  comments: ShownComment[]
  rights: ApprovalRights
}

export interface FormOption {
  value: string
  text: string
}

export interface FormWidget {
  id: string
  custom_id?: string
  name: string
  type: string
  required: boolean
  placeholder?: string
  option?: FormOption[] | { currencyRange: string[] }
  value?: string
  children?: FormWidget[]
}

export interface LaunchItem {
  approval_code: string
  name: string
  description: string
}

/** A node as it would ask for this applicant. */
export interface LaunchNode {
  node_id: string
  name: string
  method: 'AND' | 'OR' | 'SEQUENTIAL'
  /** who will be asked; nobody: it passes by itself, unless the applicant chooses */
  people: Who[]
  free: boolean
  /** for free nodes: whether several people may be chosen, and out of whom (open ids; null: everybody) */
  multi: boolean
  from: string[] | null
}

export interface LaunchForm extends LaunchItem {
  form: FormWidget[]
  nodes: LaunchNode[]
  /** values to begin with, as an instance is created with: a form that came back, or one sent before */
  given: { id: string; type: string; value: unknown; [extra: string]: unknown }[]
  /** instances the person may connect */
  connectable: { instance_code: string; title: string }[]
  departments: { open_id: string; name: string }[]
  districts: { id: string; name: string }[]
}

export interface UploadedFile {
  code: string
  name: string
  size: number
  image: boolean
}
