/** Approvals made directly in a sandbox, and the pages' server asked as one of its people. */
import { addDefinition } from '../../sandbox/feishu/approval/definition-store.ts'
import { readForm } from '../../sandbox/feishu/approval/form.ts'
import { type NewInstance, openInstance } from '../../sandbox/feishu/approval/open-instance.ts'
import type { NewDefinition } from '../../sandbox/feishu/approval/refund-definition.ts'
import type {
  ApproverRule,
  Definition,
  FlowNode,
  Instance,
  Widget,
} from '../../sandbox/feishu/approval/state.ts'
import { type Approval, startApproval } from './approval-client.ts'
import type { Loose } from './world-sandbox.ts'

export interface Desk extends Approval {
  id(name: string): string
  node(
    name: string,
    type: FlowNode['node_type'],
    approvers: (string | ApproverRule)[],
    more?: Partial<FlowNode>,
  ): FlowNode
  /** A definition apps have subscribed to. */
  define(nodes: FlowNode[], more?: Partial<NewDefinition>): Definition
  file(definition: Definition, more?: Partial<NewInstance>): Instance
  /** `/_web/approval/<path>` as a person; a body makes it a POST. */
  web(name: string, path: string, body?: unknown): Promise<{ status: number; body: Loose }>
  /** Somebody acts on an instance in the client; @throws when that is refused */
  act(name: string, instance: Instance, deed: string, body?: object): Promise<void>
  /** `type status` of the events since the last call */
  told(): string[]
}

export const noteWidget: Widget = {
  id: 'note',
  name: '说明',
  type: 'textarea',
  required: true,
  printable: true,
}

export async function startDesk(): Promise<Desk> {
  const approval = await startApproval()
  const { kernel, url } = approval.world
  const id = (name: string) => approval.person(name).open_id
  let read = 0
  const web: Desk['web'] = async (name, path, body) => {
    const response = await fetch(`${url}/_web/approval/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'x-sandbox-person': id(name), 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return { status: response.status, body: await response.json() }
  }
  return {
    ...approval,
    id,
    web,
    node: (name, node_type, approvers, more = {}) => ({
      node_id: `node-${name}`,
      custom_node_id: name,
      name,
      node_type,
      approvers: approvers.map((one) =>
        typeof one === 'string' ? { type: 'Personal' as const, openId: id(one) } : one,
      ),
      whenNobody: 'AUTO_PASS',
      ...more,
    }),
    define: (nodes, more = {}) =>
      Object.assign(addDefinition(kernel, { name: '采购', form: [noteWidget], nodes, ...more }), {
        subscribed: true,
      }),
    file: (definition, more = {}) =>
      openInstance(kernel, definition, {
        openId: id('林小夏'),
        form: readForm(
          kernel,
          definition,
          JSON.stringify([{ id: 'note', type: 'textarea', value: '买打印纸' }]),
        ),
        ...more,
      }),
    async act(name, instance, deed, body = {}) {
      const answer = await web(name, `instances/${instance.instance_code}/${deed}`, body)
      if (answer.status !== 200) throw new Error(`${deed}: ${answer.status} ${answer.body.msg}`)
    },
    told() {
      const fresh = approval.events().slice(read)
      read = approval.events().length
      return fresh.map(({ type, event }) => `${type} ${event.status ?? event.operate ?? ''}`.trim())
    },
  }
}
