/** What the approval cases share: people, definitions, instances, refusals. */
import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { ConformanceCase, ConformanceWorld, RawAnswer, RawCall } from '../../case.ts'

export const v4 = '/open-apis/approval/v4'

interface Person {
  open_id: string
  user_id: string
  name: string
}

interface State {
  users: Person[]
  approvals: { approval_code: string; name: string }[]
}

export async function personOf(world: ConformanceWorld, name: string): Promise<Person> {
  const state = (await world.control('state')) as State
  const found = state.users.find((one) => one.name === name)
  if (!found) throw new Error(`nobody is called ${name}`)
  return found
}

export async function refundCode(world: ConformanceWorld): Promise<string> {
  const state = (await world.control('state')) as State
  return state.approvals.find((one) => one.name === '退款审批')?.approval_code ?? ''
}

/** Calls `/open-apis/approval/v4<path>`; a spent minute is waited for. */
export async function call(
  world: ConformanceWorld,
  method: string,
  path: string,
  options: RawCall = {},
): Promise<RawAnswer> {
  const first = await world.call(method, `${v4}${path}`, options)
  if (first.status !== 429) return first
  await world.advance(60_000)
  return world.call(method, `${v4}${path}`, options)
}

/** Calls, asserts success and returns `data`. */
export async function data<T = Record<string, unknown>>(
  world: ConformanceWorld,
  method: string,
  path: string,
  options: RawCall = {},
): Promise<T> {
  const answer = await call(world, method, path, options)
  expect(answer).toMatchObject({ status: 200, json: { code: 0, msg: 'success' } })
  return answer.json.data as T
}

export const refundForm = [
  { id: 'refund_no', type: 'input', value: '6932876041925000009' },
  { id: 'order_no', type: 'input', value: '6932876041925000001' },
  { id: 'refund_amount', type: 'amount', value: 1299.5, currency: 'CNY' },
]

/** Files a refund for 林小夏; 王岚 decides. */
export async function apply(world: ConformanceWorld, more: Record<string, unknown> = {}): Promise<string> {
  const body = {
    approval_code: await refundCode(world),
    open_id: (await personOf(world, '林小夏')).open_id,
    form: JSON.stringify(refundForm),
    ...more,
  }
  return (await data<{ instance_code: string }>(world, 'POST', '/instances', { body })).instance_code
}

export interface Task {
  id: string
  open_id: string
  status: string
  type: string
  node_id: string
  custom_node_id?: string
}

export interface InstanceData extends Record<string, unknown> {
  status: string
  form: string
  task_list: Task[]
  timeline: ({ type: string; node_key?: string; ext: string } & Record<string, unknown>)[]
  comment_list: Record<string, unknown>[]
}

export function instanceOf(world: ConformanceWorld, code: string): Promise<InstanceData> {
  return data<InstanceData>(world, 'GET', `/instances/${code}`)
}

/** The body of a deed of the person whose open task it is. */
export async function own(
  world: ConformanceWorld,
  instance_code: string,
  name: string,
): Promise<{ approval_code: string; instance_code: string; user_id: string; task_id: string }> {
  const instance = await instanceOf(world, instance_code)
  const { open_id } = await personOf(world, name)
  const task = instance.task_list.findLast((one) => one.open_id === open_id && one.status === 'PENDING')
  return {
    approval_code: String(instance.approval_code),
    instance_code,
    user_id: open_id,
    task_id: task?.id ?? '',
  }
}

export interface NodeSpec {
  id: string
  type?: 'AND' | 'OR' | 'SEQUENTIAL'
  people?: string[]
  rules?: Record<string, unknown>[]
  more?: Record<string, unknown>
}

/** The body of 创建审批定义 with a `note` widget and the given nodes. */
export async function definitionBody(
  world: ConformanceWorld,
  nodes: readonly NodeSpec[],
  more: Record<string, unknown> = {},
): Promise<Record<string, unknown>> {
  const list = await Promise.all(
    nodes.map(async ({ id, type = 'OR', people = [], rules = [], more: extra = {} }) => ({
      id,
      name: `@i18n@${id}-name`,
      node_type: type,
      approver: [
        ...(await Promise.all(
          people.map(async (name) => ({ type: 'Personal', user_id: (await personOf(world, name)).open_id })),
        )),
        ...rules,
      ],
      ...extra,
    })),
  )
  const texts = [
    { key: '@i18n@approval', value: '采购' },
    { key: '@i18n@note', value: '说明' },
    ...nodes.map(({ id }) => ({ key: `@i18n@${id}-name`, value: `节点 ${id}` })),
  ]
  return {
    approval_name: '@i18n@approval',
    viewers: [{ viewer_type: 'TENANT' }],
    form: {
      form_content: JSON.stringify([{ id: 'note', type: 'textarea', name: '@i18n@note', required: true }]),
    },
    node_list: [{ id: 'START' }, ...list, { id: 'END' }],
    i18n_resources: [
      { locale: 'zh-CN', is_default: true, texts },
      { locale: 'en-US', is_default: false, texts: [{ key: '@i18n@approval', value: 'Purchase' }] },
    ],
    ...more,
  }
}

export async function define(
  world: ConformanceWorld,
  nodes: readonly NodeSpec[],
  more: Record<string, unknown> = {},
): Promise<string> {
  const body = await definitionBody(world, nodes, more)
  return (await data<{ approval_code: string }>(world, 'POST', '/approvals', { body })).approval_code
}

export const note = JSON.stringify([{ id: 'note', type: 'textarea', value: '买打印纸' }])

/** An instance of a definition made by `define`. */
export function file(world: ConformanceWorld, approval_code: string, more: Record<string, unknown> = {}) {
  return apply(world, { approval_code, form: note, ...more })
}

export function newUuid(): string {
  return randomUUID()
}

/** A case whose call must be refused with this status and code. */
export function refusal(
  endpoint: string,
  code: number,
  {
    title,
    status = 400,
    send,
  }: { title: string; status?: number; send: (world: ConformanceWorld) => Promise<RawAnswer> },
): ConformanceCase {
  return {
    endpoint,
    kind: 'error',
    title: `${title}: ${code}`,
    async run(world) {
      const answer = await send(world)
      expect(answer).toMatchObject({ status, json: { code } })
      expect(answer.json.msg).toEqual(expect.any(String))
    },
  }
}

export function happy(
  endpoint: string,
  title: string,
  run: (world: ConformanceWorld) => Promise<void>,
): ConformanceCase {
  return { endpoint, kind: 'happy', title, run }
}
