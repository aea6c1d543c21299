import { ApiFailure, type ControlCall, type Kernel } from '../../kernel/types.ts'
import { jdChanged, jdState, newNumber, type Order, paidOf, type Refund, type Shop } from './state.ts'
import { renew } from './tokens.ts'

const goods = [
  { name: '旅行收纳七件套', price: 9_990 },
  { name: '冲绳潜水体验套餐', price: 68_000 },
  { name: '便携颈枕', price: 3_330 },
]

const path = 'channels/jd'

/** Control calls that play shop owners and buyers: `/_control/channels/jd/…`. Amounts are fen. */
export function registerJdControl(kernel: Kernel): void {
  kernel.control('POST', `${path}/shops`, {
    about: { zh: '再开一家京东店', en: 'One more JD shop', fields: { name: '店名' } },
    handle: (call) => openShop(kernel, call),
  })
  kernel.control('POST', `${path}/orders`, {
    about: {
      zh: '京东下单',
      en: 'JD customers order',
      fields: {
        shop_id: 'first when absent',
        count: '1–100000',
        amount: 'fen',
        discount: 'fen',
        paid: 'true | false',
        words: '留言',
      },
    },
    handle: (call) => placeOrders(kernel, call),
  })
  kernel.control('POST', `${path}/orders/advance`, {
    about: {
      zh: '京东订单往前走',
      en: 'Moves a JD order on',
      fields: { order_id: '订单号', status: 'any text; next when absent' },
    },
    handle: (call) => advance(kernel, call),
  })
  kernel.control('POST', `${path}/refunds`, {
    about: {
      zh: '京东买家申请退款',
      en: 'A JD buyer asks for money back',
      fields: { order_id: '订单号', amount: 'fen', reason: '原因' },
    },
    handle: (call) => askRefund(kernel, call),
  })
  kernel.control('POST', `${path}/refunds/advance`, {
    about: {
      zh: '京东退款单变为某状态（默认审核通过）',
      en: 'A JD refund takes a status (agreed when none is given)',
      fields: { refund_id: '退款单号', status: '0–9' },
    },
    handle: (call) => moveRefund(kernel, call),
  })
  kernel.control('POST', `${path}/tokens/expire`, {
    about: { zh: '京东授权全部过期', en: 'All JD tokens expire' },
    handle: () => expireTokens(kernel),
  })
}

function openShop(kernel: Kernel, { body }: ControlCall): unknown {
  const shop: Shop = {
    shopId: newNumber(kernel).slice(-9),
    name: typeof body.name === 'string' && body.name !== '' ? body.name : '山海行京东店',
    accessToken: '',
    refreshToken: '',
    tokenEndsAt: 0,
  }
  jdState(kernel).shops.push(shop)
  renew(kernel, shop)
  const { shopId, name, accessToken, refreshToken } = shop
  return { shop_id: shopId, name, access_token: accessToken, refresh_token: refreshToken }
}

function shopNamed(kernel: Kernel, id: unknown): Shop {
  const { shops } = jdState(kernel)
  const shop = id === undefined ? shops[0] : shops.find((one) => one.shopId === id)
  if (shop === undefined)
    throw new ApiFailure(404, `no such JD shop: open one with POST ${path}/shops`, { status: 404 })
  return shop
}

/** `{shop_id?, count?, amount?, discount?, paid?, words?}` → `{order_ids}` */
function placeOrders(kernel: Kernel, { body }: ControlCall): unknown {
  const shop = shopNamed(kernel, body.shop_id)
  const count = body.count ?? 1
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 1 || count > 100_000)
    throw new ApiFailure(400, 'count must be 1 to 100000')
  const order_ids = Array.from({ length: count }, () => addOrder(kernel, shop, body).id)
  jdChanged(kernel)
  return { order_ids }
}

function addOrder(kernel: Kernel, shop: Shop, wanted: Record<string, unknown>): Order {
  const now = kernel.clock.now()
  const product = kernel.random.pick(goods)
  const order: Order = {
    id: newNumber(kernel),
    shopId: shop.shopId,
    status: 'WAIT_SELLER_STOCK_OUT',
    createdAt: now,
    modifiedAt: now,
    paidAt: wanted.paid === false ? null : now,
    endedAt: null,
    freight: 0,
    discount: typeof wanted.discount === 'number' ? wanted.discount : 0,
    buyerWords: typeof wanted.words === 'string' ? wanted.words : '',
    lines: [
      {
        skuId: newNumber(kernel).slice(-12),
        wareId: newNumber(kernel).slice(-14),
        name: product.name,
        quantity: 1,
        price: typeof wanted.amount === 'number' ? wanted.amount : product.price,
      },
    ],
  }
  jdState(kernel).orders[order.id] = order
  return order
}

const steps: Record<string, string> = {
  WAIT_SELLER_STOCK_OUT: 'WAIT_GOODS_RECEIVE_CONFIRM',
  WAIT_GOODS_RECEIVE_CONFIRM: 'FINISHED_L',
}

/** `{order_id, status?}`: one step further, or to any status, known or not. */
function advance(kernel: Kernel, { body }: ControlCall): unknown {
  const order = jdState(kernel).orders[String(body.order_id)]
  if (order === undefined) throw new ApiFailure(404, 'no such order', { status: 404 })
  const next = typeof body.status === 'string' ? body.status : steps[order.status]
  if (next === undefined)
    throw new ApiFailure(409, `an order in ${order.status} goes no further`, { status: 409 })
  order.status = next
  order.modifiedAt = kernel.clock.now()
  if (next === 'FINISHED_L' || next === 'TRADE_CANCELED') order.endedAt = order.modifiedAt
  jdChanged(kernel)
  return { order_id: order.id, status: order.status }
}

/** `{order_id, amount?, reason?}` → `{refund_id}` */
function askRefund(kernel: Kernel, { body }: ControlCall): unknown {
  const state = jdState(kernel)
  const order = state.orders[String(body.order_id)]
  if (order === undefined) throw new ApiFailure(404, 'no such order', { status: 404 })
  if (order.paidAt === null) throw new ApiFailure(409, 'the order is not paid', { status: 409 })
  const now = kernel.clock.now()
  const refund: Refund = {
    id: newNumber(kernel),
    orderId: order.id,
    shopId: order.shopId,
    status: 0,
    amount: typeof body.amount === 'number' ? body.amount : paidOf(order),
    appliedAt: now,
    checkedAt: null,
    reason: typeof body.reason === 'string' ? body.reason : '行程有变',
  }
  state.refunds[refund.id] = refund
  order.status = 'LOCKED'
  order.modifiedAt = now
  jdChanged(kernel)
  return { refund_id: refund.id, order_id: order.id, amount: refund.amount }
}

function moveRefund(kernel: Kernel, { body }: ControlCall): unknown {
  const refund = jdState(kernel).refunds[String(body.refund_id)]
  if (refund === undefined) throw new ApiFailure(404, 'no such refund', { status: 404 })
  refund.status = typeof body.status === 'number' ? body.status : 1
  // Finance's answer leaves the time of the shop's own.
  refund.checkedAt ??= kernel.clock.now()
  jdChanged(kernel)
  return { refund_id: refund.id, status: refund.status }
}

function expireTokens(kernel: Kernel): unknown {
  for (const shop of jdState(kernel).shops) shop.tokenEndsAt = kernel.clock.now()
  jdChanged(kernel)
  return {}
}
