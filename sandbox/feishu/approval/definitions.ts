/** `/approval/v4/approvals`: read, create or overwrite, subscribe, unsubscribe. */
import type { ApiCall, Kernel } from '../../kernel/types.ts'
import { addDefinition, changeDefinition, requireDefinition } from './definition-store.ts'
import { approvalFailure } from './failures.ts'
import { endNodeId, startNodeId } from './flow.ts'
import { readDefinition } from './new-definition.ts'
import { approvalChanged, type Definition } from './state.ts'

const base = '/open-apis/approval/v4/approvals'
const slow = { perMinute: 100 }
const fast = { perMinute: 1000, perSecond: 50 }

export function registerDefinitions(kernel: Kernel): void {
  kernel.api({
    method: 'GET',
    path: `${base}/:approval_code`,
    limit: slow,
    handle: (call) => show(requireDefinition(kernel, call.params.approval_code)),
  })
  kernel.api({ method: 'POST', path: base, limit: fast, handle: (call) => create(kernel, call) })
  for (const wanted of [true, false]) {
    kernel.api({
      method: 'POST',
      path: `${base}/:approval_code/${wanted ? 'subscribe' : 'unsubscribe'}`,
      limit: slow,
      handle: (call) => subscribe(kernel, requireDefinition(kernel, call.params.approval_code), wanted),
    })
  }
}

/** 1390007 when it already was so; callers treat that as success. */
function subscribe(kernel: Kernel, definition: Definition, wanted: boolean): unknown {
  if (definition.subscribed === wanted) throw approvalFailure(1390007)
  definition.subscribed = wanted
  approvalChanged(kernel)
  return {}
}

function create(kernel: Kernel, { body, query }: ApiCall): unknown {
  const wanted = readDefinition(kernel, body, query.user_id_type)
  const known = body.approval_code ? requireDefinition(kernel, body.approval_code) : undefined
  if (known) changeDefinition(kernel, known, wanted)
  const definition = known ?? addDefinition(kernel, wanted)
  return { approval_code: definition.approval_code, approval_id: definition.approval_id }
}

function show(definition: Definition): unknown {
  return {
    approval_name: definition.name,
    status: definition.status,
    form: JSON.stringify(definition.form.map((widget) => ({ ...widget, enable_default_value: false }))),
    node_list: [
      node({ name: '提交', node_id: startNodeId, node_type: 'AND' }),
      ...definition.nodes.map((one) =>
        node({ ...one, need_approver: one.approvers.some((rule) => rule.type === 'Free') }),
      ),
      node({ name: '结束', node_id: endNodeId, node_type: 'AND' }),
    ],
    viewers: definition.viewers,
  }
}

interface ShownNode {
  name: string
  node_id: string
  custom_node_id?: string
  node_type: string
  need_approver?: boolean
}

function node({ name, node_id, custom_node_id, node_type, need_approver = false }: ShownNode): object {
  return {
    name,
    need_approver,
    node_id,
    ...(custom_node_id ? { custom_node_id } : {}),
    node_type,
    approver_chosen_multi: false,
    require_signature: false,
  }
}
