/** `/approval/v4/instances`: add approvers, send back, preview the flow. */
import type { ApiCall, Kernel } from '../../kernel/types.ts'
import { type AddSignType, addSign } from './add-sign.ts'
import { askedBy } from './approvers.ts'
import { definitionOf, requireDefinition } from './definition-store.ts'
import { approvalFailure } from './failures.ts'
import { endNodeId, startNodeId } from './flow.ts'
import { readForm } from './form.ts'
import { requireInstance } from './instances.ts'
import { emptyInstance } from './open-instance.ts'
import { idsOf, requireEmployee } from './people.ts'
import { rollBack, rollbackTargets } from './rollback.ts'
import { approvalState, type Definition, type Instance, type Task } from './state.ts'
import { requireOwnTask } from './tasks.ts'

const base = '/open-apis/approval/v4/instances'

export function registerInstanceDeeds(kernel: Kernel): void {
  kernel.api({
    method: 'POST',
    path: `${base}/add_sign`,
    limit: { perMinute: 100 },
    unverified: ['the rate tier', 'how the waiting approver of an added-before node is listed'],
    handle: (call) => add(kernel, call),
  })
  kernel.api({
    method: 'POST',
    path: `${base}/specified_rollback`,
    limit: { perMinute: 1000, perSecond: 50 },
    unverified: [
      'nodes between the chosen ones keep their decision',
      'the code for a wrong task (here 1390001)',
    ],
    handle: (call) => sendBack(kernel, call),
  })
  kernel.api({
    method: 'POST',
    path: `${base}/preview`,
    limit: { perMinute: 100 },
    unverified: ['the rate tier'],
    handle: (call) => preview(kernel, call),
  })
}

const types: Readonly<Record<string, AddSignType>> = { 1: 'before', 2: 'after', 3: 'beside' }
const methods = { 1: 'OR', 2: 'AND', 3: 'SEQUENTIAL' } as const

/** People are named by user_id; approval_method belongs to types 1 and 2. */
function add(kernel: Kernel, call: ApiCall): unknown {
  const { body } = call
  const { instance, task } = requireOwnTask(kernel, { ...call, query: { user_id_type: 'user_id' } })
  const type = types[String(body.add_sign_type)]
  if (!type) throw approvalFailure(1390001, 'add_sign_type: 1, 2 or 3')
  const method = methods[body.approval_method as keyof typeof methods]
  if (type !== 'beside' && !method) throw approvalFailure(1390001, 'approval_method is missing')
  const people = ((body.add_sign_user_ids ?? []) as unknown[]).map(
    (id) => requireEmployee(kernel, id, 'user_id').open_id,
  )
  if (people.length === 0) throw approvalFailure(1390001, 'add_sign_user_ids is empty')
  addSign(kernel, instance, task, {
    type,
    people: [...new Set(people)],
    method: method ?? 'AND',
    comment: String(body.comment ?? ''),
  })
  return {}
}

/** Names only the task: the instance follows from it. */
function sendBack(kernel: Kernel, { body, query }: ApiCall): unknown {
  const { instance, task } = taskById(kernel, body.task_id)
  const person = requireEmployee(kernel, body.user_id, query.user_id_type)
  if (task.status !== 'PENDING' || task.openId !== person.open_id)
    throw approvalFailure(1390001, 'task_id is not a pending task of this user')
  const keys = ((body.task_def_key_list ?? []) as unknown[]).map(String)
  const allowed = new Set(rollbackTargets(kernel, instance).map((target) => target.key))
  if (keys.length === 0 || !keys.every((key) => allowed.has(key) || key === startNodeId))
    throw approvalFailure(1390001, 'task_def_key_list: START or node keys that have passed')
  rollBack(kernel, instance, task, { keys, reason: String(body.reason ?? '') })
  return {}
}

function taskById(kernel: Kernel, id: unknown): { instance: Instance; task: Task } {
  for (const instance of approvalState(kernel).instances) {
    const task = instance.tasks.find((one) => one.id === id)
    if (task) return { instance, task }
  }
  throw approvalFailure(1390001, 'task_id is unknown')
}

/** Before an instance exists: the whole flow of a form. Afterwards: what follows one person's task. */
function preview(kernel: Kernel, { body, query }: ApiCall): unknown {
  const person = requireEmployee(kernel, body.user_id, query.user_id_type)
  const show = (openId: string) => (query.user_id_type === 'user_id' ? idsOf(kernel, openId).user_id : openId)
  if (body.instance_code !== undefined) {
    const instance = requireInstance(kernel, body.instance_code)
    const task = instance.tasks.find((one) => one.id === body.task_id)
    if (!task || task.openId !== person.open_id) throw approvalFailure(1390010)
    const definition = definitionOf(kernel, instance)
    const from = definition?.nodes.findIndex((node) => node.node_id === task.nodeId) ?? 0
    return {
      preview_nodes: definition
        ? previewNodes(kernel, { instance, definition, from, show, begun: true })
        : [],
    }
  }
  const definition = requireDefinition(kernel, body.approval_code)
  const form = readForm(kernel, definition, body.form)
  const instance = emptyInstance(kernel, definition, { openId: person.open_id, form })
  return { preview_nodes: previewNodes(kernel, { instance, definition, from: 0, show }) }
}

function previewNodes(
  kernel: Kernel,
  {
    instance,
    definition,
    from,
    show,
    begun = false,
  }: {
    instance: Instance
    definition: Definition
    from: number
    show: (openId: string) => string
    /** the instance exists: only what follows is shown */
    begun?: boolean
  },
): object[] {
  const edge = (node_id: string, node_name: string, people: string[]) => ({
    user_id_list: people.map(show),
    end_cc_id_list: [],
    node_id,
    node_name,
    node_type: '',
    comments: [],
    custom_node_id: '',
  })
  const nodes = definition.nodes.slice(from).map((node) => {
    const { people } = askedBy(kernel, { instance, node, definition })
    const free = node.approvers.some((rule) => rule.type === 'Free')
    const asked = people.length === 0 && node.whenNobody === 'STARTER' ? [instance.openId] : people
    return {
      user_id_list: asked.map(show),
      end_cc_id_list: [],
      node_id: node.node_id,
      node_name: node.name,
      node_type: asked.length === 0 && !free ? 'AUTO_PASS' : node.node_type,
      comments: [],
      custom_node_id: node.custom_node_id ?? '',
      is_empty_logic: people.length === 0 && !free,
      is_approver_type_free: free,
      has_cc_type_free: false,
    }
  })
  return [
    ...(begun ? [] : [edge(startNodeId, '提交', [instance.openId])]),
    ...nodes,
    edge(endNodeId, '结束', []),
  ]
}
