/** `/approval/v4/approvals`: read, create or overwrite, subscribe, unsubscribe. */
import type { ApiCall, Kernel } from '../../kernel/types.ts'
import { addDefinition, changeDefinition, requireDefinition } from './definition-store.ts'
import { approvalFailure } from './failures.ts'
import { endNodeId, startNodeId } from './flow.ts'
import { readDefinition } from './new-definition.ts'
import { idsOf } from './people.ts'
import { approvalChanged, type Definition, type FlowNode, type Viewer, type Widget } from './state.ts'

const base = '/open-apis/approval/v4/approvals'
const slow = { perMinute: 100 }
const fast = { perMinute: 1000, perSecond: 50 }

export function registerDefinitions(kernel: Kernel): void {
  kernel.api({
    method: 'GET',
    path: `${base}/:approval_code`,
    limit: slow,
    handle: (call) => show(kernel, requireDefinition(kernel, call.params.approval_code), call),
  })
  kernel.api({
    method: 'POST',
    path: base,
    limit: fast,
    unverified: ['whether an approver who approved already is asked again in a definition made by an app'],
    handle: (call) => create(kernel, call),
  })
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
  const known = body.approval_code ? requireDefinition(kernel, body.approval_code) : undefined
  const ids = { user: query.user_id_type, department: query.department_id_type }
  const { byApi, ...wanted } = readDefinition(kernel, body, ids)
  if (known) changeDefinition(kernel, known, wanted)
  const definition = known ?? addDefinition(kernel, { ...wanted, ...(byApi && { byApi }) })
  return { approval_code: definition.approval_code, approval_id: definition.approval_id }
}

function show(kernel: Kernel, definition: Definition, { query }: ApiCall): unknown {
  const texts = definition.texts?.[String(query.locale ?? '')] ?? {}
  return {
    approval_name: texts.name ?? definition.name,
    status: definition.status,
    form: JSON.stringify(
      definition.form.map((widget) => ({ ...translated(widget, texts), enable_default_value: false })),
    ),
    node_list: [
      showNode({ name: '提交', node_id: startNodeId }),
      ...definition.nodes.map((one) => showNode({ ...one, name: texts[one.node_id] ?? one.name })),
      showNode({ name: '结束', node_id: endNodeId }),
    ],
    viewers: definition.viewers.map((viewer) => showViewer(kernel, viewer)),
    ...(query.with_admin_id === 'true' && { approval_admin_ids: definition.managers ?? [] }),
  }
}

function translated(widget: Widget, texts: Record<string, string>): Widget {
  const { option } = widget
  return {
    ...widget,
    name: texts[widget.id] ?? widget.name,
    ...(Array.isArray(option) && {
      option: option.map((one) => ({ ...one, text: texts[`${widget.id}/${one.value}`] ?? one.text })),
    }),
    ...(widget.children && { children: widget.children.map((child) => translated(child, texts)) }),
  }
}

function showViewer(kernel: Kernel, { type, id }: Viewer): object {
  return type === 'USER' ? { type, id, user_id: idsOf(kernel, id).user_id } : { type, id }
}

function showNode(node: Pick<FlowNode, 'name' | 'node_id'> & Partial<FlowNode>): object {
  const free = node.approvers?.some((rule) => rule.type === 'Free') ?? false
  return {
    name: node.name,
    need_approver: free,
    node_id: node.node_id,
    ...(node.custom_node_id ? { custom_node_id: node.custom_node_id } : {}),
    node_type: node.node_type ?? 'AND',
    approver_chosen_multi: node.chosenMulti ?? free,
    ...(free && {
      approver_chosen_range: [
        {
          approver_range_type: node.chosenFrom ? 2 : 0,
          approver_range_ids: node.chosenFrom ?? [],
        },
      ],
    }),
    require_signature: false,
  }
}
