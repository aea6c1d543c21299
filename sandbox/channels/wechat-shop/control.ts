import { createHash } from 'node:crypto'
import { ApiFailure, type ControlCall, type Kernel } from '../../kernel/types.ts'
import { pushAfterSale, pushOrder } from './push.ts'
import { type AfterSale, newNumber, type Order, type Shop, wechatChanged, wechatState } from './state.ts'

const goods = [
  { title: '九寨沟双人门票', price: 33_800 },
  { title: '三亚蜈支洲岛一日游', price: 29_900 },
  { title: '旅行洗漱包', price: 4_990 },
]

const path = 'channels/wechat-shop'

/** Control calls that play shop owners and buyers: `/_control/channels/wechat-shop/…`. Amounts are fen. */
export function registerWechatControl(kernel: Kernel): void {
  kernel.control('POST', `${path}/shops`, {
    about: {
      zh: '再开一家微信小店',
      en: 'One more WeChat shop',
      fields: { name: '店名', refuses_decisions: 'true | false' },
    },
    handle: (call) => openShop(kernel, call),
  })
  kernel.control('POST', `${path}/orders`, {
    about: {
      zh: '微信小店下单',
      en: 'WeChat customers order',
      fields: {
        app_id: 'first when absent',
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
      zh: '微信小店订单往前走',
      en: 'Moves a WeChat order on',
      fields: { order_id: '订单号', status: 'any number; next when absent' },
    },
    handle: (call) => advance(kernel, call),
  })
  kernel.control('POST', `${path}/refunds`, {
    about: {
      zh: '微信小店买家申请售后',
      en: 'A WeChat buyer asks for money back',
      fields: {
        order_id: '订单号',
        type: 'REFUND 仅退款 | RETURN 退货退款 | EXCHANGE 换货',
        amount: 'fen',
        reason: '原因',
      },
    },
    handle: (call) => askRefund(kernel, call),
  })
  kernel.control('POST', `${path}/refunds/advance`, {
    about: {
      zh: '微信小店售后单变为某状态（默认买家取消）',
      en: 'A WeChat after-sale takes a status (cancelled when none is given)',
      fields: { after_sale_order_id: '售后单号', status: '状态' },
    },
    handle: (call) => moveRefund(kernel, call),
  })
  kernel.control('POST', `${path}/tokens/expire`, {
    about: { zh: '微信小店令牌全部过期', en: 'All WeChat shop tokens expire' },
    handle: () => expireTokens(kernel),
  })
}

function openShop(kernel: Kernel, { body }: ControlCall): unknown {
  const secret = kernel.id('wxs_').slice(4)
  const shop: Shop = {
    appId: `wx${newNumber(kernel).slice(-16)}`,
    appSecret: secret,
    originalId: `gh_${newNumber(kernel).slice(-12)}`,
    name: typeof body.name === 'string' && body.name !== '' ? body.name : '山海行微信小店',
    token: '',
    tokenEndsAt: 0,
    pushToken: kernel.id('wxp_').slice(4),
    encodingAesKey: createHash('sha256').update(`aes ${secret}`).digest('base64').slice(0, 43),
    returnAddressId: newNumber(kernel).slice(-8),
    refusesDecisions: body.refuses_decisions === true,
  }
  wechatState(kernel).shops.push(shop)
  wechatChanged(kernel)
  return {
    app_id: shop.appId,
    app_secret: shop.appSecret,
    name: shop.name,
    push_token: shop.pushToken,
    encoding_aes_key: shop.encodingAesKey,
    return_address_id: shop.returnAddressId,
  }
}

function shopNamed(kernel: Kernel, id: unknown): Shop {
  const { shops } = wechatState(kernel)
  const shop = id === undefined ? shops[0] : shops.find((one) => one.appId === id)
  if (shop === undefined)
    throw new ApiFailure(404, `no such WeChat shop: open one with POST ${path}/shops`, { status: 404 })
  return shop
}

/** `{app_id?, count?, amount?, discount?, words?}` → `{order_ids}` */
function placeOrders(kernel: Kernel, { body }: ControlCall): unknown {
  const shop = shopNamed(kernel, body.app_id)
  const count = body.count ?? 1
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 1 || count > 100_000)
    throw new ApiFailure(400, 'count must be 1 to 100000')
  const orders = Array.from({ length: count }, () => addOrder(kernel, shop, body))
  wechatChanged(kernel)
  for (const order of orders) pushOrder(kernel, order, 'pay')
  return { order_ids: orders.map(({ id }) => id) }
}

function addOrder(kernel: Kernel, shop: Shop, wanted: Record<string, unknown>): Order {
  const now = kernel.clock.now()
  const product = kernel.random.pick(goods)
  const order: Order = {
    id: newNumber(kernel),
    appId: shop.appId,
    openid: kernel.id('o_'),
    status: 20,
    createdAt: now,
    updatedAt: now,
    paidAt: now,
    shippedAt: null,
    receivedAt: null,
    productId: newNumber(kernel).slice(-14),
    skuId: newNumber(kernel).slice(-10),
    title: product.title,
    price: typeof wanted.amount === 'number' ? wanted.amount : product.price,
    discount: typeof wanted.discount === 'number' ? wanted.discount : 0,
    isRefunded: false,
    notes: typeof wanted.words === 'string' ? wanted.words : '',
  }
  wechatState(kernel).orders[order.id] = order
  return order
}

const next: Record<number, number> = { 10: 20, 20: 30, 21: 30, 30: 100 }

/** `{order_id, status?}`: one step further, or to any status, known or not. */
function advance(kernel: Kernel, { body }: ControlCall): unknown {
  const order = wechatState(kernel).orders[String(body.order_id)]
  if (order === undefined) throw new ApiFailure(404, 'no such order', { status: 404 })
  const now = kernel.clock.now()
  order.status = typeof body.status === 'number' ? body.status : (next[order.status] ?? order.status)
  if (order.status === 30) order.shippedAt = now
  if (order.status === 100) order.receivedAt = now
  order.updatedAt = now
  wechatChanged(kernel)
  pushOrder(kernel, order, order.status === 100 ? 'confirm' : 'deliver')
  return { order_id: order.id, status: order.status }
}

/** `{order_id, type?, amount?, reason?}` → `{after_sale_order_id}` */
function askRefund(kernel: Kernel, { body }: ControlCall): unknown {
  const state = wechatState(kernel)
  const order = state.orders[String(body.order_id)]
  if (order === undefined) throw new ApiFailure(404, 'no such order', { status: 404 })
  const now = kernel.clock.now()
  const item: AfterSale = {
    id: newNumber(kernel),
    orderId: order.id,
    appId: order.appId,
    type: typeof body.type === 'string' ? body.type : 'REFUND',
    status: 'MERCHANT_PROCESSING',
    amount: typeof body.amount === 'number' ? body.amount : order.price - order.discount,
    createdAt: now,
    updatedAt: now,
    reason: typeof body.reason === 'string' ? body.reason : '行程有变',
    rejected: '',
  }
  state.afterSales[item.id] = item
  order.updatedAt = now
  wechatChanged(kernel)
  pushAfterSale(kernel, item)
  return { after_sale_order_id: item.id, order_id: order.id, amount: item.amount }
}

function moveRefund(kernel: Kernel, { body }: ControlCall): unknown {
  const item = wechatState(kernel).afterSales[String(body.after_sale_order_id)]
  if (item === undefined) throw new ApiFailure(404, 'no such after-sale', { status: 404 })
  item.status = typeof body.status === 'string' ? body.status : 'USER_CANCELD'
  item.updatedAt = kernel.clock.now()
  wechatChanged(kernel)
  pushAfterSale(kernel, item)
  return { after_sale_order_id: item.id, status: item.status }
}

function expireTokens(kernel: Kernel): unknown {
  for (const shop of wechatState(kernel).shops) shop.tokenEndsAt = kernel.clock.now()
  wechatChanged(kernel)
  return {}
}
