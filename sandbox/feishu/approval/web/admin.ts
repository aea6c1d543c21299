/** The definitions editor's server side: administrators only, as Feishu's approval console. */
import { ApiFailure, type Kernel, type WebCall } from '../../../kernel/types.ts'
import { personOf } from '../../../web/person.ts'
import { addDefinition, changeDefinition, requireDefinition } from '../definition-store.ts'
import { deleteInstance } from '../flow.ts'
import { approvalChanged, approvalState, type Definition, type DefinitionSettings } from '../state.ts'
import { readDraft } from './admin-draft.ts'
import type { DefinitionItem, EditableDefinition } from './admin-shapes.ts'

export const plainSettings: DefinitionSettings = {
  revertInterval: 0,
  revertAfterFirstNode: true,
  rejectToApplicant: false,
  quickApproval: true,
  repeated: 'ASK',
}

function requireAdmin(kernel: Kernel, call: WebCall): void {
  if (!personOf(kernel, call).roles.includes('admin'))
    throw new ApiFailure(1390009, '只有管理员可以管理审批 only admins manage approvals', { status: 403 })
}

/** `GET approval/admin` */
export function listDefinitions(kernel: Kernel, call: WebCall): DefinitionItem[] {
  requireAdmin(kernel, call)
  return approvalState(kernel)
    .definitions.filter((one) => one.status !== 'DELETED')
    .map((one) => itemOf(kernel, one))
}

function itemOf(kernel: Kernel, definition: Definition): DefinitionItem {
  const own = approvalState(kernel).instances.filter((one) => one.approval_code === definition.approval_code)
  return {
    approval_code: definition.approval_code,
    name: definition.name,
    description: definition.description ?? '',
    active: definition.status === 'ACTIVE',
    instances: own.length,
    pending: own.filter((one) => one.status === 'PENDING').length,
    subscribed: definition.subscribed,
    byApi: definition.byApi === true,
    version: definition.version,
  }
}

/** `GET approval/admin/:code` */
export function showDefinition(kernel: Kernel, call: WebCall): EditableDefinition {
  requireAdmin(kernel, call)
  const definition = requireDefinition(kernel, call.params.code)
  return {
    ...itemOf(kernel, definition),
    form: definition.form,
    nodes: definition.nodes,
    startCc: definition.startCc ?? [],
    endCc: definition.endCc ?? [],
    settings: definition.settings ?? plainSettings,
  }
}

/** `POST approval/admin` with a DefinitionDraft: a new one. */
export function createDefinition(kernel: Kernel, call: WebCall): { approval_code: string } {
  requireAdmin(kernel, call)
  const { approval_code } = addDefinition(kernel, readDraft(kernel, call.body))
  return { approval_code }
}

/** `PUT approval/admin/:code` with a DefinitionDraft: a new version; what runs keeps the old one. */
export function publishDefinition(kernel: Kernel, call: WebCall): { approval_code: string } {
  requireAdmin(kernel, call)
  const definition = requireDefinition(kernel, call.params.code)
  changeDefinition(kernel, definition, readDraft(kernel, call.body))
  return { approval_code: definition.approval_code }
}

/** `POST approval/admin/:code/status` `{active}`; what an app made stays active. Feishu docs: 创建审批定义. */
export function switchDefinition(kernel: Kernel, call: WebCall): object {
  requireAdmin(kernel, call)
  const definition = requireDefinition(kernel, call.params.code)
  if (definition.byApi)
    throw new ApiFailure(1390009, '应用创建的审批不能停用 an approval made by an app cannot be disabled')
  definition.status = call.body.active === true ? 'ACTIVE' : 'INACTIVE'
  approvalChanged(kernel)
  return {}
}

/** `DELETE approval/admin/:code`: for good, with everything that still runs. */
export function deleteDefinition(kernel: Kernel, call: WebCall): object {
  requireAdmin(kernel, call)
  const definition = requireDefinition(kernel, call.params.code)
  if (definition.byApi)
    throw new ApiFailure(1390009, '应用创建的审批不能删除 an approval made by an app cannot be deleted')
  const { instances } = approvalState(kernel)
  for (const one of instances)
    if (one.approval_code === definition.approval_code && one.status === 'PENDING')
      deleteInstance(kernel, one)
  definition.status = 'DELETED'
  approvalChanged(kernel)
  return {}
}
