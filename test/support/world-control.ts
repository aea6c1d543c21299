/** The sandbox's control API as tests use it: what people, buyers and the platforms do, and what came of it. */
import type { WorldState } from '#src/demo/world.ts'
import { until } from './until.ts'

// biome-ignore lint/suspicious/noExplicitAny: a test reads many answer shapes
export type Loose = any

export interface Message {
  message_id: string
  chat_id: string
  root_id?: string
  msg_type: string
  created_at: number
  updated_at: number
  recalled: boolean
  content: Loose
  versions?: number
}

export interface Row {
  record_id: string
  fields: Record<string, Loose>
}

export interface Instance {
  instance_code: string
  uuid: string
  approval_code: string
  status: 'PENDING' | 'APPROVED' | 'REJECTED' | 'CANCELED' | 'DELETED'
  /** applicant */
  open_id: string
  key: string | null
  values: Record<string, Loose>
}

export interface Execution {
  system: 'douyin-shop' | 'jushuitan'
  refund_no: string
  order_no: string
  amount: number
  times: number
}

export interface WorldControl {
  sandboxUrl: string
  world: WorldState
  get(path: string): Promise<Loose>
  /** Throws when the sandbox refuses. */
  post(path: string, body?: unknown): Promise<Loose>
  /** open_id of a person. */
  person(name: string): string
  chat(name: RegExp): string
  /** Strikes until cleared or `times` is used up; see the sandbox's list of kinds. */
  fault(fault: Record<string, unknown>): Promise<void>
  clearFaults(): Promise<void>
  messages(contains?: string): Promise<Message[]>
  /** Rows of a table (by name), or those that hold the text. */
  rows(table: string, contains?: string): Promise<Row[]>
  row(table: string, contains: string): Promise<Row | undefined>
  instances(refundNo?: string): Promise<Instance[]>
  executions(refundNo?: string): Promise<Execution[]>
  /** Places orders; each is paid at once. */
  placeOrders(wish?: { count?: number; shop_id?: string; kind?: 'voucher' | 'goods' }): Promise<string[]>
  placeOrder(wish?: { shop_id?: string; kind?: 'voucher' | 'goods' }): Promise<string>
  step(orderNo: string, to?: string): Promise<void>
  /** The card about this number that is shown now: the newest message that holds it. */
  card(contains: string): Promise<Message>
  press(message: Message, who: string, name: string): Promise<Loose>
}

export function createWorldControl(sandboxUrl: string, world: WorldState): WorldControl {
  const call = async (path: string, init?: RequestInit): Promise<Loose> => {
    const answer = await fetch(`${sandboxUrl}/_control/${path}`, init)
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return answer.json()
  }
  const get = (path: string) => call(path)
  const post = (path: string, body: unknown = {}) =>
    call(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const effect = async (name: string): Promise<Loose> => (await get(`effects?only=${name}`))[name]
  const holding = <T>(list: readonly T[], text: string | undefined): T[] =>
    list.filter((one) => text === undefined || JSON.stringify(one).includes(text))

  const messages = async (contains?: string): Promise<Message[]> =>
    holding(await effect('messages'), contains)
  const rows = async (table: string, contains?: string): Promise<Row[]> => {
    const found = (await get(`rows?table=${encodeURIComponent(table)}`)) as { rows: Row[] }[]
    return holding(
      found.flatMap((one) => one.rows),
      contains,
    )
  }
  const placeOrders: WorldControl['placeOrders'] = async (wish = {}) =>
    (await post('channels/douyin-shop/orders', wish)).order_ids
  return {
    sandboxUrl,
    world,
    get,
    post,
    person: (name) => idOf(world.users.find((user) => user.name === name)?.open_id, name),
    chat: (name) => idOf(world.chats.find((chat) => name.test(chat.name))?.chat_id, String(name)),
    fault: async (fault) => void (await post('faults', fault)),
    clearFaults: async () => void (await post('faults', { clear: true })),
    messages,
    rows,
    row: async (table, contains) => (await rows(table, contains))[0],
    instances: async (refundNo) =>
      ((await effect('instances')) as Instance[]).filter(
        (one) => refundNo === undefined || one.key === refundNo,
      ),
    executions: async (refundNo) =>
      ((await effect('refundsExecuted')) as Execution[]).filter(
        (one) => refundNo === undefined || one.refund_no === refundNo,
      ),
    placeOrders,
    placeOrder: async (wish) => idOf((await placeOrders({ ...wish, count: 1 }))[0], 'order'),
    step: async (orderNo, to) =>
      void (await post('channels/douyin-shop/advance', { order_id: orderNo, ...(to ? { to } : {}) })),
    card: (contains) => until(`a card about ${contains}`, async () => (await messages(contains)).at(-1)),
    press: (message, who, name) =>
      post('click', {
        message_id: message.message_id,
        open_id: idOf(world.users.find((user) => user.name === who)?.open_id, who),
        name,
      }),
  }
}

function idOf(found: string | undefined, what: string): string {
  if (found === undefined) throw new Error(`the sandbox has no ${what}`)
  return found
}
