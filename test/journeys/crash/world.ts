/** What the test does to the sandbox's world and reads from it, over the control API only. */

export interface CardMessage {
  message_id: string
  chat_id: string
  msg_type: string
  recalled: boolean
  created_at: number
  content: unknown
}

export interface TableRows {
  table: string
  rows: { record_id: string; fields: Record<string, unknown> }[]
}

export interface InstanceEffect {
  instance_code: string
  uuid: string
  status: 'PENDING' | 'APPROVED' | 'REJECTED' | 'CANCELED' | 'DELETED'
  key: string | null
  values: Record<string, unknown>
}

/** `GET /_control/effects`: everything that really happened. */
export interface Effects {
  messages: CardMessage[]
  rows: TableRows[]
  instances: InstanceEffect[]
  refundsExecuted: { system: string; refund_no: string; amount: number; times: number }[]
  orders: { order_no: string; status: number }[]
  platformRefunds: {
    refund_no: string
    order_no: string
    amount: number
    status: number
    refund_status: number
  }[]
  erpRefunds: {
    refund_no: string
    as_id: number
    order_no: string
    amount: number
    status: string
    shop_status: string
  }[]
}

export interface Staff {
  openId: string
  name: string
  roles: string[]
}

/** What a person saw after pressing a button. */
export interface PressOutcome {
  ok: boolean
  toast: { type: string; content: string } | undefined
}

export class Refused extends Error {}

export interface World {
  staff(): Promise<Staff[]>
  effects(): Promise<Effects>
  placeOrders(count: number): Promise<string[]>
  advance(orderNo: string): Promise<void>
  startRefund(system: RefundSystem, orderNo: string): Promise<{ no: string; id: string; amount: number }>
  changeAmount(system: RefundSystem, id: string, amount: number): Promise<void>
  withdraw(system: RefundSystem, id: string): Promise<void>
  decide(instanceCode: string, decision: 'approve' | 'reject', openId: string): Promise<void>
  click(messageId: string, openId: string, button: { name?: string; value?: unknown }): Promise<PressOutcome>
  setFaults(faults: readonly Record<string, unknown>[]): Promise<void>
}

export type RefundSystem = 'douyin-shop' | 'jushuitan'

const refundsPath: Record<RefundSystem, string> = {
  'douyin-shop': 'channels/douyin-shop/refunds',
  jushuitan: 'erp/jushuitan/refunds',
}
const withdrawWord: Record<RefundSystem, string> = { 'douyin-shop': 'withdraw', jushuitan: 'cancel' }

interface ClickAnswer {
  outcome: { ok: boolean } | null
  answer: { toast?: { type: string; content: string } } | null
}

/** Throws `Refused` when the sandbox says no (a button gone, an instance decided): a person would see the same. */
export function connectWorld(baseUrl: string): World {
  const call = async <T>(path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${baseUrl}/_control/${path}`, {
      signal: AbortSignal.timeout(20_000),
      ...(body === undefined
        ? {}
        : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
    const answer: unknown = await response.json()
    if (!response.ok) throw new Refused(`${path}: ${JSON.stringify(answer)}`)
    return answer as T
  }
  return {
    async staff() {
      const state = await call<{ users: { open_id: string; name: string; roles: string[] }[] }>('state')
      return state.users.map(({ open_id, name, roles }) => ({ openId: open_id, name, roles }))
    },
    effects: () => call<Effects>('effects'),
    async placeOrders(count) {
      return (await call<{ order_ids: string[] }>('channels/douyin-shop/orders', { count })).order_ids
    },
    async advance(orderNo) {
      await call('channels/douyin-shop/advance', { order_id: orderNo })
    },
    async startRefund(system, orderNo) {
      const made = await call<{
        aftersale_id?: string
        outer_as_id?: string
        as_id?: number
        amount: number
      }>(refundsPath[system], { order_id: orderNo })
      const id = String(made.aftersale_id ?? made.as_id)
      return { no: made.aftersale_id ?? made.outer_as_id ?? '', id, amount: made.amount }
    },
    async changeAmount(system, id, amount) {
      await call(`${refundsPath[system]}/${id}/amount`, { amount })
    },
    async withdraw(system, id) {
      await call(`${refundsPath[system]}/${id}/${withdrawWord[system]}`, {})
    },
    async decide(instanceCode, decision, openId) {
      await call(`approvals/${instanceCode}/${decision}`, { open_id: openId })
    },
    async click(messageId, openId, button) {
      const { outcome, answer } = await call<ClickAnswer>('click', {
        message_id: messageId,
        open_id: openId,
        ...button,
      })
      return { ok: outcome?.ok === true, toast: answer?.toast }
    },
    async setFaults(faults) {
      await call('faults', { clear: true, faults })
    },
  }
}
