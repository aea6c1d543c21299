/** Starting an approval in the client: what may be started, its form, sending it. */
import { ApiFailure, type Kernel, type WebCall } from '../../../kernel/types.ts'
import { personOf } from '../../../web/person.ts'
import { listDepartments } from '../../contact/departments.ts'
import { askedBy } from '../approvers.ts'
import { requireDefinition } from '../definition-store.ts'
import { districts } from '../districts.ts'
import { readForm } from '../form.ts'
import { emptyInstance, openInstance } from '../open-instance.ts'
import { approvalState, type Definition, type Filled, type FlowNode } from '../state.ts'
import { listOf, peopleIn, wrong } from './actions.ts'
import { concerns, requireSeen, titleOf, whoIs } from './seen.ts'
import type { LaunchForm, LaunchItem } from './shapes.ts'

const mostConnectable = 100

/** `GET approval/launch` */
export function listLaunchable(kernel: Kernel, call: WebCall): LaunchItem[] {
  const person = personOf(kernel, call)
  return approvalState(kernel)
    .definitions.filter((one) => one.status === 'ACTIVE' && mayStart(one, person))
    .map(itemOf)
}

function mayStart({ viewers }: Definition, person: { open_id: string; department_id: string }): boolean {
  return viewers.some(
    ({ type, id }) =>
      type === 'TENANT' ||
      (type === 'USER' && id === person.open_id) ||
      (type === 'DEPARTMENT' && (id === '0' || id === person.department_id)),
  )
}

/** `GET approval/launch/:code?from=<instance>`: the form, filled in with an instance's values when one is named. */
export function showLaunch(kernel: Kernel, call: WebCall): LaunchForm {
  const person = personOf(kernel, call)
  const me = person.open_id
  const from = call.query.from ? requireSeen(kernel, call.query.from, me) : undefined
  const definition = startable(kernel, call.params.code, person, from !== undefined)
  return {
    ...itemOf(definition),
    form: definition.form,
    nodes: nodesFor(kernel, definition, me),
    given: (from?.form ?? []).map(asGiven),
    connectable: connectableTo(kernel, me),
    departments: listDepartments(kernel).map((one) => ({ open_id: one.open_department_id, name: one.name })),
    districts: [...districts],
  }
}

/** Whom the flow would ask, as far as it is known before anything is chosen. */
function nodesFor(kernel: Kernel, definition: Definition, me: string): LaunchForm['nodes'] {
  const instance = emptyInstance(kernel, definition, { openId: me, form: [] })
  return definition.nodes.map((node) => {
    const { people, passed } = askedBy(kernel, { instance, node, definition })
    const nobody = people.length === 0 && passed.length === 0 && node.whenNobody === 'STARTER'
    return {
      node_id: node.node_id,
      name: node.name,
      method: node.node_type,
      people: (nobody ? [me] : people).map((openId) => whoIs(kernel, openId)),
      free: isFree(node),
      multi: node.chosenMulti !== false,
      from: node.chosenFrom ?? null,
    }
  })
}

function connectableTo(kernel: Kernel, me: string): LaunchForm['connectable'] {
  return approvalState(kernel)
    .instances.filter((one) => concerns(one, me))
    .slice(-mostConnectable)
    .toReversed()
    .map((one) => ({
      instance_code: one.instance_code,
      title: `${titleOf(kernel, one)} ${one.serial_number}`,
    }))
}

function startable(
  kernel: Kernel,
  code: unknown,
  person: { open_id: string; department_id: string },
  returned: boolean,
): Definition {
  const definition = requireDefinition(kernel, code)
  if (returned) return definition
  if (definition.status !== 'ACTIVE' || !mayStart(definition, person))
    throw new ApiFailure(1390009, '你不能发起这个审批 you cannot start this approval', { status: 403 })
  return definition
}

function itemOf({ approval_code, name, description = '' }: Definition): LaunchItem {
  return { approval_code, name, description }
}

export function isFree(node: FlowNode): boolean {
  return node.approvers.some((rule) => rule.type === 'Free')
}

function asGiven({ id, type, value, extra }: Filled): LaunchForm['given'][number] {
  if (type !== 'fieldList') return { ...extra, id, type, value }
  return { ...extra, id, type, value: (value as Filled[][]).map((row) => row.map(asGiven)) }
}

/** `POST approval/launch/:code` `{form, chosen: {node_id: [open_id]}, copies: [open_id]}`; required widgets are. */
export function launch(kernel: Kernel, call: WebCall): { instance_code: string } {
  const person = personOf(kernel, call)
  const definition = startable(kernel, call.params.code, person, false)
  const form = readForm(kernel, definition, JSON.stringify(call.body.form ?? []))
  requireFilled(definition, form)
  const chosen = chosenOf(kernel, definition, call.body.chosen)
  const copies = peopleIn(kernel, call.body.copies)
  const instance = openInstance(kernel, definition, {
    openId: person.open_id,
    form,
    chosen,
    chosenCc: copies.length > 0 ? { START: copies } : {},
    allowResubmit: true,
    allowSubmitAgain: true,
  })
  return { instance_code: instance.instance_code }
}

/** The client insists on required widgets; the API does not. */
export function requireFilled(definition: Definition, form: readonly Filled[]): void {
  const missing = definition.form.find(
    (widget) => widget.required && widget.type !== 'text' && !form.some((one) => one.id === widget.id),
  )
  if (missing) throw wrong(`请填写「${missing.name}」 ${missing.name} is required`)
}

function chosenOf(kernel: Kernel, definition: Definition, value: unknown): Record<string, string[]> {
  const given = (value ?? {}) as Record<string, unknown>
  const nodes = definition.nodes.filter(isFree).map((node) => {
    const people = peopleIn(kernel, listOf(given[node.node_id])).filter(
      (openId) => node.chosenFrom?.includes(openId) ?? true,
    )
    const kept = node.chosenMulti === false ? people.slice(0, 1) : people
    if (kept.length === 0) throw wrong(`请为「${node.name}」选择审批人 choose approvers for ${node.name}`)
    return [node.node_id, kept] as const
  })
  return Object.fromEntries(nodes)
}
