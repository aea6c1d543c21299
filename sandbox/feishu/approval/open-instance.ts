import type { Kernel } from '../../kernel/types.ts'
import { startFlow } from './flow.ts'
import { addInstance, approvalState, type Definition, type Filled, type Instance, newCode } from './state.ts'

export type NewInstance = { openId: string; form: Filled[] } & Partial<
  Pick<
    Instance,
    | 'uuid'
    | 'title'
    | 'departmentId'
    | 'chosen'
    | 'chosenCc'
    | 'autoPass'
    | 'forbidRevoke'
    | 'allowResubmit'
    | 'allowSubmitAgain'
  >
>

/** Files a checked form and starts its flow. */
export function openInstance(kernel: Kernel, definition: Definition, wanted: NewInstance): Instance {
  const instance = emptyInstance(kernel, definition, wanted)
  addInstance(kernel, instance)
  startFlow(kernel, instance)
  return instance
}

/** An instance nobody has filed yet. */
export function emptyInstance(kernel: Kernel, definition: Definition, wanted: NewInstance): Instance {
  const now = kernel.clock.now()
  return {
    instance_code: newCode(kernel),
    serial_number: serialNumber(kernel, now),
    approval_code: definition.approval_code,
    version: definition.version,
    uuid: '',
    title: '',
    departmentId: '',
    status: 'PENDING',
    reverted: false,
    nodeIndex: 0,
    route: [],
    stages: [],
    chosen: {},
    chosenCc: {},
    autoPass: [],
    tasks: [],
    timeline: [],
    comments: [],
    copies: [],
    startTime: now,
    endTime: 0,
    forbidRevoke: false,
    allowResubmit: false,
    allowSubmitAgain: false,
    updateTime: now,
    ...wanted,
  }
}

function serialNumber(kernel: Kernel, now: number): string {
  const day = new Date(now + 8 * 3_600_000).toISOString().slice(0, 10).replaceAll('-', '')
  return `${day}${String(approvalState(kernel).instances.length + 1).padStart(4, '0')}`
}
