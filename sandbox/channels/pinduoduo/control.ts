import { ApiFailure, type ControlCall, type Kernel } from '../../kernel/types.ts'
import { newNumber, type Order, pddChanged, pddState, type Refund, type Shop } from './state.ts'
import { renew } from './tokens.ts'
import { gmt8 } from './wire.ts'

const goods = [
  { name: '旅行收纳七件套', price: 9_990 },
  { name: '冲绳潜水体验套餐', price: 68_000 },
  { name: '便携颈枕', price: 3_330 },
]

const path = 'channels/pinduoduo'

/** Control calls that play shop owners and buyers: `/_control/channels/pinduoduo/…`. Amounts are fen. */
export function registerPinduoduoControl(kernel: Kernel): void {
  kernel.control('POST', `${path}/shops`, {
    about: {
      zh: '再开一家拼多多店',
      en: 'One more Pinduoduo shop',
      fields: { name: '店名', refuses_agreeing: 'true | false' },
    },
    handle: (call) => openShop(kernel, call),
  })
  kernel.control('POST', `${path}/orders`, {
    about: {
      zh: '拼多多下单',
      en: 'Pinduoduo customers order',
      fields: {
        shop_id: 'first when absent',
        count: '1–100000',
        amount: 'fen',
        discount: 'fen',
        words: '留言',
      },
    },
    handle: (call) => placeOrders(kernel, call),
  })
  kernel.control('POST', `${path}/orders/advance`, {
    about: {
      zh: '拼多多订单往前走',
      en: 'Moves a Pinduoduo order on',
      fields: { order_sn: '订单号', status: 'any number; next when absent' },
    },
    handle: (call) => advance(kernel, call),
  })
  kernel.control('POST', `${path}/refunds`, {
    about: {
      zh: '拼多多买家申请售后',
      en: 'A Pinduoduo buyer asks for money back',
      fields: { order_sn: '订单号', type: '2 仅退款 | 3 退货退款 | 4 换货', amount: 'fen', reason: '原因' },
    },
    handle: (call) => askRefund(kernel, call),
  })
  kernel.control('POST', `${path}/refunds/advance`, {
    about: {
      zh: '拼多多售后单变为某状态（默认买家撤销）',
      en: 'A Pinduoduo refund takes a status (withdrawn when none is given)',
      fields: { refund_id: '售后单号', status: 'after_sales_status' },
    },
    handle: (call) => moveRefund(kernel, call),
  })
  kernel.control('POST', `${path}/tokens/expire`, {
    about: { zh: '拼多多授权全部过期', en: 'All Pinduoduo tokens expire' },
    handle: () => expireTokens(kernel),
  })
}

function openShop(kernel: Kernel, { body }: ControlCall): unknown {
  const shop: Shop = {
    shopId: newNumber(kernel).slice(-9),
    name: typeof body.name === 'string' && body.name !== '' ? body.name : '山海行拼多多店',
    accessToken: '',
    refreshToken: '',
    code: kernel.id('pk_').slice(3),
    tokenEndsAt: 0,
    returnAddressId: newNumber(kernel).slice(-8),
    refusesAgreeing: body.refuses_agreeing === true,
  }
  pddState(kernel).shops.push(shop)
  renew(kernel, shop)
  return {
    shop_id: shop.shopId,
    name: shop.name,
    access_token: shop.accessToken,
    refresh_token: shop.refreshToken,
    code: shop.code,
    return_address_id: shop.returnAddressId,
  }
}

function shopNamed(kernel: Kernel, id: unknown): Shop {
  const { shops } = pddState(kernel)
  const shop = id === undefined ? shops[0] : shops.find((one) => one.shopId === id)
  if (shop === undefined)
    throw new ApiFailure(404, `no such Pinduoduo shop: open one with POST ${path}/shops`, { status: 404 })
  return shop
}

/** `{shop_id?, count?, amount?, discount?, words?}` → `{order_sns}` */
function placeOrders(kernel: Kernel, { body }: ControlCall): unknown {
  const shop = shopNamed(kernel, body.shop_id)
  const count = body.count ?? 1
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 1 || count > 100_000)
    throw new ApiFailure(400, 'count must be 1 to 100000')
  const order_sns = Array.from({ length: count }, () => addOrder(kernel, shop, body).sn)
  pddChanged(kernel)
  return { order_sns }
}

function addOrder(kernel: Kernel, shop: Shop, wanted: Record<string, unknown>): Order {
  const now = kernel.clock.now()
  const product = kernel.random.pick(goods)
  const day = gmt8(now).slice(2, 10).replaceAll('-', '')
  const order: Order = {
    sn: `${day}-${newNumber(kernel).slice(-15)}`,
    shopId: shop.shopId,
    status: 1,
    confirmStatus: 1,
    refundStatus: 1,
    createdAt: now,
    modifiedAt: now,
    paidAt: now,
    shippedAt: null,
    receivedAt: null,
    goodsId: newNumber(kernel).slice(-12),
    skuId: newNumber(kernel).slice(-13),
    goodsName: product.name,
    price: typeof wanted.amount === 'number' ? wanted.amount : product.price,
    platformDiscount: typeof wanted.discount === 'number' ? wanted.discount : 0,
    buyerWords: typeof wanted.words === 'string' ? wanted.words : '',
  }
  pddState(kernel).orders[order.sn] = order
  return order
}

/** `{order_sn, status?}`: one step further, or to any status, known or not. */
function advance(kernel: Kernel, { body }: ControlCall): unknown {
  const order = pddState(kernel).orders[String(body.order_sn)]
  if (order === undefined) throw new ApiFailure(404, 'no such order', { status: 404 })
  const now = kernel.clock.now()
  order.status = typeof body.status === 'number' ? body.status : Math.min(3, order.status + 1)
  if (order.status === 2) order.shippedAt = now
  if (order.status === 3) order.receivedAt = now
  order.modifiedAt = now
  pddChanged(kernel)
  return { order_sn: order.sn, status: order.status }
}

/** `{order_sn, type?, amount?, reason?}` → `{refund_id}` */
function askRefund(kernel: Kernel, { body }: ControlCall): unknown {
  const state = pddState(kernel)
  const order = state.orders[String(body.order_sn)]
  if (order === undefined) throw new ApiFailure(404, 'no such order', { status: 404 })
  const now = kernel.clock.now()
  const type = typeof body.type === 'number' ? body.type : 2
  const refund: Refund = {
    id: newNumber(kernel),
    orderSn: order.sn,
    shopId: order.shopId,
    type,
    status: type === 2 ? 2 : type === 3 ? 3 : 14,
    amount: typeof body.amount === 'number' ? body.amount : order.price - order.platformDiscount,
    createdAt: now,
    modifiedAt: now,
    reason: typeof body.reason === 'string' ? body.reason : '行程有变',
  }
  state.refunds[refund.id] = refund
  order.refundStatus = 2
  order.modifiedAt = now
  pddChanged(kernel)
  return { refund_id: refund.id, order_sn: order.sn, amount: refund.amount }
}

function moveRefund(kernel: Kernel, { body }: ControlCall): unknown {
  const refund = pddState(kernel).refunds[String(body.refund_id)]
  if (refund === undefined) throw new ApiFailure(404, 'no such refund', { status: 404 })
  refund.status = typeof body.status === 'number' ? body.status : 11
  refund.modifiedAt = kernel.clock.now()
  pddChanged(kernel)
  return { refund_id: refund.id, status: refund.status }
}

function expireTokens(kernel: Kernel): unknown {
  for (const shop of pddState(kernel).shops) shop.tokenEndsAt = kernel.clock.now()
  pddChanged(kernel)
  return {}
}
