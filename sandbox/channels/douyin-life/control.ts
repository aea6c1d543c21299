import { ApiFailure, type ControlCall, type Kernel } from '../../kernel/types.ts'
import { push } from './push.ts'
import { settle } from './refunds.ts'
import { type Certificate, lifeChanged, lifeState, newNumber, type Order } from './state.ts'

const path = 'channels/douyin-life'

/** Control calls that play merchants and buyers: `/_control/channels/douyin-life/…`. Amounts are fen. */
export function registerLifeControl(kernel: Kernel): void {
  const act = (
    name: string,
    about: { zh: string; en: string; fields?: Record<string, string> },
    run: (kernel: Kernel, body: ControlCall['body']) => unknown,
  ) =>
    kernel.control('POST', `${path}/${name}`, {
      about,
      handle: ({ body }) => {
        const result = run(kernel, body)
        lifeChanged(kernel)
        return result
      },
    })
  const certificate = { certificate_id: '券 ID' }
  act(
    'accounts',
    { zh: '再开一个来客商户', en: 'One more Douyin life merchant', fields: { name: '名称' } },
    openAccount,
  )
  act(
    'orders',
    {
      zh: '来客下单（默认已支付）',
      en: 'Douyin life customers order (paid unless unpaid)',
      fields: {
        account_id: 'first when absent',
        count: '1–100000',
        vouchers: '1–20',
        amount: 'fen',
        discount: 'fen',
        unpaid: 'true',
      },
    },
    placeOrders,
  )
  act(
    'orders/pay',
    { zh: '支付来客订单', en: 'Pays a Douyin life order', fields: { order_id: '订单号' } },
    (_, { order_id }) => pay(kernel, orderNamed(kernel, order_id)),
  )
  act(
    'orders/status',
    {
      zh: '来客订单变为某状态',
      en: 'A Douyin life order takes a status',
      fields: { order_id: '订单号', status: 'number' },
    },
    (_, { order_id, status }) => {
      const order = orderNamed(kernel, order_id)
      Object.assign(order, { status: Number(status), modifiedAt: kernel.clock.now() })
      return { order_id: order.id, status: order.status }
    },
  )
  act(
    'certificates/verify',
    { zh: '核销来客券', en: 'Verifies a Douyin life certificate', fields: certificate },
    (_, body) => turn(kernel, body, { status: 201, action: 'verify' }),
  )
  act(
    'certificates/cancel',
    { zh: '撤销核销来客券', en: 'Takes a verification back', fields: certificate },
    (_, body) => turn(kernel, body, { status: 100, action: 'verify_cancel' }),
  )
  act(
    'certificates/expire',
    { zh: '来客券过期', en: 'A Douyin life certificate expires', fields: certificate },
    (_, body) => turn(kernel, body, { status: 400 }),
  )
  act(
    'refunds',
    {
      zh: '来客买家申请退款',
      en: 'A Douyin life buyer asks for money back',
      fields: { ...certificate, amount: 'fen', reason: '原因' },
    },
    askRefund,
  )
  act(
    'refunds/withdraw',
    { zh: '来客买家撤销退款', en: 'A Douyin life buyer withdraws', fields: { after_sale_id: '售后单号' } },
    (_, { after_sale_id }) => {
      const refund = lifeState(kernel).refunds[String(after_sale_id)]
      if (refund === undefined) throw new ApiFailure(404, 'no such refund', { status: 404 })
      settle(kernel, refund, 40)
      return { after_sale_id: refund.id, status: refund.status }
    },
  )
  act('address-check', { zh: '检查来客推送地址', en: 'Checks the push address' }, () => {
    push(kernel, 'verify_webhook', { challenge: kernel.random.int(10_000, 99_999) })
    return {}
  })
  act('tokens/expire', { zh: '来客令牌全部过期', en: 'All Douyin life tokens expire' }, () => {
    for (const one of lifeState(kernel).tokens) one.endsAt = kernel.clock.now()
    return {}
  })
}

function openAccount(kernel: Kernel, { name }: ControlCall['body']): unknown {
  const accountId = newNumber(kernel)
  const account = { accountId, name: typeof name === 'string' && name !== '' ? name : '山海行来客店' }
  lifeState(kernel).accounts.push(account)
  return { account_id: accountId, name: account.name }
}

function orderNamed(kernel: Kernel, id: unknown): Order {
  const order = lifeState(kernel).orders[String(id)]
  if (order === undefined) throw new ApiFailure(404, 'no such order', { status: 404 })
  return order
}

function placeOrders(kernel: Kernel, body: ControlCall['body']): unknown {
  const { accounts, orders } = lifeState(kernel)
  const account =
    body.account_id === undefined ? accounts[0] : accounts.find((one) => one.accountId === body.account_id)
  if (account === undefined)
    throw new ApiFailure(404, `no such merchant: open one with POST ${path}/accounts`, { status: 404 })
  const count = whole(body.count ?? 1, 100_000)
  const vouchers = whole(body.vouchers ?? 1, 20)
  const placed = Array.from({ length: count }, () => {
    const order = newOrder(kernel, account.accountId, { vouchers, body })
    orders[order.id] = order
    if (body.unpaid !== true) pay(kernel, order)
    return order
  })
  return {
    order_ids: placed.map(({ id }) => id),
    certificate_ids: placed.flatMap(({ certificates }) => certificates.map(({ id }) => id)),
  }
}

function whole(value: unknown, most: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most) return value
  throw new ApiFailure(400, `must be 1 to ${most}`)
}

function newOrder(
  kernel: Kernel,
  accountId: string,
  { vouchers, body }: { vouchers: number; body: ControlCall['body'] },
): Order {
  const now = kernel.clock.now()
  const certificates = Array.from(
    { length: vouchers },
    (): Certificate => ({
      id: newNumber(kernel),
      itemId: newNumber(kernel),
      code: newNumber(kernel).slice(-12),
      status: 100,
      changedAt: now,
      refundAmount: 0,
      refundedAt: null,
    }),
  )
  return {
    id: newNumber(kernel),
    accountId,
    status: 1,
    createdAt: now,
    paidAt: null,
    modifiedAt: now,
    skuName: kernel.random.pick(['冲绳潜水体验券', '海边酒店两晚套餐']),
    amount: typeof body.amount === 'number' ? body.amount : 30_000 * vouchers,
    discount: typeof body.discount === 'number' ? body.discount : 0,
    certificates,
  }
}

const seconds = (ms: number) => Math.floor(ms / 1000)

function pay(kernel: Kernel, order: Order): unknown {
  const now = kernel.clock.now()
  Object.assign(order, { status: 2, paidAt: now, modifiedAt: now })
  push(kernel, 'life_trade_order_notify', {
    action: 'pay_success',
    msg_time: seconds(now),
    order: {
      order_id: order.id,
      account_id: order.accountId,
      pay_amount: order.amount - order.discount,
      original_amount: order.amount,
      create_time: seconds(order.createdAt),
      pay_time: seconds(now),
    },
  })
  return { order_id: order.id }
}

function certificateNamed(kernel: Kernel, id: unknown): { order: Order; certificate: Certificate } {
  for (const order of Object.values(lifeState(kernel).orders)) {
    const certificate = order.certificates.find((one) => one.id === id)
    if (certificate) return { order, certificate }
  }
  throw new ApiFailure(404, 'no such certificate', { status: 404 })
}

function turn(
  kernel: Kernel,
  body: ControlCall['body'],
  { status, action }: { status: number; action?: string },
): unknown {
  const { order, certificate } = certificateNamed(kernel, body.certificate_id)
  const now = kernel.clock.now()
  Object.assign(certificate, { status, changedAt: now })
  order.modifiedAt = now
  const named = { certificate_id: certificate.id, order_id: order.id, account_id: order.accountId }
  if (action)
    push(kernel, 'life_trade_certificate_notify', { action, msg_time: seconds(now), certificate: named })
  return { ...named, status }
}

function askRefund(kernel: Kernel, body: ControlCall['body']): unknown {
  const { order, certificate } = certificateNamed(kernel, body.certificate_id)
  const now = kernel.clock.now()
  const share = Math.floor((order.amount - order.discount) / order.certificates.length)
  const refund = {
    id: newNumber(kernel),
    orderId: order.id,
    accountId: order.accountId,
    certificateId: certificate.id,
    status: 10,
    amount: typeof body.amount === 'number' ? body.amount : share,
    reason: typeof body.reason === 'string' ? body.reason : '行程有变',
    createdAt: now,
    modifiedAt: now,
    completedAt: null,
  }
  lifeState(kernel).refunds[refund.id] = refund
  Object.assign(certificate, { status: 300, changedAt: now })
  order.modifiedAt = now
  push(kernel, 'life_hermes_akte_after_sale_audit', {
    account_id: order.accountId,
    order_id: order.id,
    certificate_id: certificate.id,
    refund_amount: refund.amount,
    refund_time: seconds(now),
    apply_reason: refund.reason,
  })
  return { after_sale_id: refund.id, order_id: order.id, amount: refund.amount }
}
