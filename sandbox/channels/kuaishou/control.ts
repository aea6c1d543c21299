import { ApiFailure, type ControlCall, type Kernel } from '../../kernel/types.ts'
import { type OrderEvent, pushAddressCheck, pushOrder, pushRefund } from './push.ts'
import { ksChanged, ksState, newNumber, type Order, type Refund, type Shop } from './state.ts'
import { renew } from './tokens.ts'

const goods = [
  { title: '旅行收纳七件套', price: 9_990 },
  { title: '冲绳潜水体验套餐', price: 68_000 },
  { title: '便携颈枕', price: 3_330 },
]

const path = 'channels/kuaishou'

/** Control calls that play shop owners and buyers: `/_control/channels/kuaishou/…`. Amounts are fen. */
export function registerKuaishouControl(kernel: Kernel): void {
  kernel.control('POST', `${path}/shops`, {
    about: { zh: '再开一家快手小店', en: 'One more Kuaishou shop', fields: { name: '店名' } },
    handle: (call) => openShop(kernel, call),
  })
  kernel.control('POST', `${path}/orders`, {
    about: {
      zh: '快手下单',
      en: 'Kuaishou customers order',
      fields: { seller_id: 'first when absent', count: '1–100000', amount: 'fen', paid: 'true | false' },
    },
    handle: (call) => placeOrders(kernel, call),
  })
  kernel.control('POST', `${path}/orders/advance`, {
    about: {
      zh: '快手订单往前走',
      en: 'Moves a Kuaishou order on',
      fields: { oid: '订单号', status: 'any number; next when absent' },
    },
    handle: (call) => advance(kernel, call),
  })
  kernel.control('POST', `${path}/refunds`, {
    about: {
      zh: '快手买家申请售后',
      en: 'A Kuaishou buyer asks for money back',
      fields: { oid: '订单号', way: '10 仅退款 | 1 退货退款 | 3 换货', amount: 'fen', reason: '原因' },
    },
    handle: (call) => askRefund(kernel, call),
  })
  kernel.control('POST', `${path}/refunds/advance`, {
    about: {
      zh: '快手售后单变为某状态（默认买家撤销）',
      en: 'A Kuaishou refund takes a status (withdrawn when none is given)',
      fields: { refund_id: '售后单号', status: 'status' },
    },
    handle: (call) => moveRefund(kernel, call),
  })
  kernel.control('POST', `${path}/push/check`, {
    about: { zh: '快手推送地址检查', en: 'Kuaishou checks the push address' },
    handle: () => {
      pushAddressCheck(kernel)
      return {}
    },
  })
  kernel.control('POST', `${path}/tokens/expire`, {
    about: { zh: '快手授权全部过期', en: 'All Kuaishou tokens expire' },
    handle: () => expireTokens(kernel),
  })
}

function openShop(kernel: Kernel, { body }: ControlCall): unknown {
  const shop: Shop = {
    sellerId: newNumber(kernel).slice(-10),
    name: typeof body.name === 'string' && body.name !== '' ? body.name : '山海行快手小店',
    accessToken: '',
    refreshToken: '',
    code: kernel.id('kc_').slice(3),
    tokenEndsAt: 0,
    refreshEndsAt: 0,
    returnAddressId: newNumber(kernel),
  }
  ksState(kernel).shops.push(shop)
  renew(kernel, shop)
  return {
    seller_id: shop.sellerId,
    name: shop.name,
    access_token: shop.accessToken,
    refresh_token: shop.refreshToken,
    code: shop.code,
    return_address_id: shop.returnAddressId,
  }
}

function shopNamed(kernel: Kernel, id: unknown): Shop {
  const { shops } = ksState(kernel)
  const shop = id === undefined ? shops[0] : shops.find((one) => one.sellerId === id)
  if (shop === undefined)
    throw new ApiFailure(404, `no such Kuaishou shop: open one with POST ${path}/shops`, { status: 404 })
  return shop
}

/** `{seller_id?, count?, amount?, paid?, words?}` → `{oids}` */
function placeOrders(kernel: Kernel, { body }: ControlCall): unknown {
  const shop = shopNamed(kernel, body.seller_id)
  const count = body.count ?? 1
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 1 || count > 100_000)
    throw new ApiFailure(400, 'count must be 1 to 100000')
  const orders = Array.from({ length: count }, () => addOrder(kernel, shop, body))
  ksChanged(kernel)
  for (const order of orders) pushOrder(kernel, order, order.paidAt === null ? 'addOrder' : 'paySuccess')
  return { oids: orders.map((order) => order.oid) }
}

function addOrder(kernel: Kernel, shop: Shop, wanted: Record<string, unknown>): Order {
  const now = kernel.clock.now()
  const product = kernel.random.pick(goods)
  const paid = wanted.paid !== false
  const order: Order = {
    oid: newNumber(kernel),
    sellerId: shop.sellerId,
    status: paid ? 30 : 10,
    createdAt: now,
    modifiedAt: now,
    paidAt: paid ? now : null,
    sentAt: null,
    receivedAt: null,
    refundedAt: null,
    itemId: newNumber(kernel).slice(-12),
    skuId: newNumber(kernel).slice(-13),
    title: product.title,
    price: typeof wanted.amount === 'number' ? wanted.amount : product.price,
    discount: 0,
    buyerWords: typeof wanted.words === 'string' ? wanted.words : '',
    refundIds: [],
  }
  ksState(kernel).orders[order.oid] = order
  return order
}

const steps: Record<number, number> = { 10: 30, 30: 40, 40: 50, 50: 70 }
const events: Record<number, OrderEvent> = {
  30: 'paySuccess',
  40: 'delivering',
  50: 'deliverySuccess',
  70: 'orderSuccess',
  80: 'orderFail',
}

/** `{oid, status?}`: one step further, or to any status, known or not. */
function advance(kernel: Kernel, { body }: ControlCall): unknown {
  const order = ksState(kernel).orders[String(body.oid)]
  if (order === undefined) throw new ApiFailure(404, 'no such order', { status: 404 })
  const now = kernel.clock.now()
  order.status = typeof body.status === 'number' ? body.status : (steps[order.status] ?? order.status)
  if (order.status === 30) order.paidAt = now
  if (order.status === 40) order.sentAt = now
  if (order.status === 50) order.receivedAt = now
  order.modifiedAt = now
  ksChanged(kernel)
  const event = events[order.status]
  if (event) pushOrder(kernel, order, event)
  return { oid: order.oid, status: order.status }
}

/** `{oid, way?, amount?, reason?}` → `{refund_id}` */
function askRefund(kernel: Kernel, { body }: ControlCall): unknown {
  const state = ksState(kernel)
  const order = state.orders[String(body.oid)]
  if (order === undefined) throw new ApiFailure(404, 'no such order', { status: 404 })
  const now = kernel.clock.now()
  const handlingWay = typeof body.way === 'number' ? body.way : 10
  const refund: Refund = {
    id: newNumber(kernel),
    oid: order.oid,
    sellerId: order.sellerId,
    status: handlingWay === 10 ? 10 : 11,
    handlingWay,
    negotiateStatus: 1,
    amount: typeof body.amount === 'number' ? body.amount : order.price - order.discount,
    createdAt: now,
    modifiedAt: now,
    endedAt: null,
    reason: typeof body.reason === 'string' ? body.reason : '行程有变',
  }
  state.refunds[refund.id] = refund
  order.refundIds.push(refund.id)
  order.modifiedAt = now
  ksChanged(kernel)
  pushRefund(kernel, refund, 'addRefund')
  return { refund_id: refund.id, amount: refund.amount }
}

function moveRefund(kernel: Kernel, { body }: ControlCall): unknown {
  const refund = ksState(kernel).refunds[String(body.refund_id)]
  if (refund === undefined) throw new ApiFailure(404, 'no such refund', { status: 404 })
  refund.status = typeof body.status === 'number' ? body.status : 70
  refund.modifiedAt = Math.max(kernel.clock.now(), refund.modifiedAt + 1)
  ksChanged(kernel)
  pushRefund(kernel, refund, 'updateRefund')
  return { refund_id: refund.id, status: refund.status }
}

function expireTokens(kernel: Kernel): unknown {
  for (const shop of ksState(kernel).shops) shop.tokenEndsAt = kernel.clock.now()
  ksChanged(kernel)
  return {}
}
