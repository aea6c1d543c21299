/** Control calls that play shop owners and buyers: `/_control/channels/xiaohongshu/…`. Amounts are fen. */
import { ApiFailure, type ControlAbout, type ControlCall, type Kernel } from '../../kernel/types.ts'
import { touch } from './decisions.ts'
import { pushAfterSale, pushOrder, pushTest } from './push.ts'
import { type AfterSale, nextNumber, type Order, type Shop, xhsChanged, xhsState } from './state.ts'
import { renew } from './tokens.ts'

type Handle = (kernel: Kernel, call: ControlCall) => unknown

const routes: Record<string, ControlAbout & { handle: Handle }> = {
  shops: {
    zh: '开一家小红书店',
    en: 'Opens a Xiaohongshu shop',
    fields: { name: '店名' },
    example: {},
    handle: openShop,
  },
  orders: {
    zh: '小红书下单',
    en: 'Xiaohongshu customers order',
    fields: { seller_id: 'first when absent', count: '1–20000', amount: 'fen', paid: 'true | false' },
    handle: placeOrders,
  },
  'orders/advance': {
    zh: '小红书订单往前走',
    en: 'Moves a Xiaohongshu order on',
    fields: { order_id: '单号', status: 'number' },
    handle: advance,
  },
  'after-sales': {
    zh: '小红书买家申请售后',
    en: 'A Xiaohongshu buyer asks for money back',
    fields: { order_id: '单号', amount: 'fen', type: '1 | 2 | 4 | 5 | 6', reason: '原因' },
    handle: askAfterSale,
  },
  'after-sales/change': {
    zh: '改小红书售后的状态或金额',
    en: 'Changes the state or amount of an after-sale',
    fields: { returns_id: '售后单号', status: 'number', amount: 'fen' },
    handle: changeAfterSale,
  },
  'tokens/expire': {
    zh: '小红书授权全部过期',
    en: 'All Xiaohongshu tokens expire',
    example: {},
    handle: expireTokens,
  },
  'push-test': { zh: '发送小红书推送测试消息', en: 'Sends the test push', example: {}, handle: sendTest },
}

export function registerXhsControl(kernel: Kernel): void {
  for (const [path, { handle, ...about }] of Object.entries(routes))
    kernel.control('POST', `channels/xiaohongshu/${path}`, { about, handle: (call) => handle(kernel, call) })
}

function openShop(kernel: Kernel, { body }: ControlCall): unknown {
  const number = nextNumber(kernel)
  const shop: Shop = {
    sellerId: `62b98ff2d47c${String(number).padStart(12, '0')}`,
    name: typeof body.name === 'string' && body.name !== '' ? body.name : '山海行的店',
    accessToken: '',
    refreshToken: '',
    tokenEndsAt: 0,
    returnAddressId: 1000 + number,
  }
  xhsState(kernel).shops.push(shop)
  renew(kernel, shop)
  return shop
}

function shopNamed(kernel: Kernel, id: unknown): Shop {
  const { shops } = xhsState(kernel)
  const shop = id === undefined ? shops[0] : shops.find((one) => one.sellerId === id)
  if (shop === undefined)
    throw new ApiFailure(404, 'no such shop: open one with POST channels/xiaohongshu/shops', { status: 404 })
  return shop
}

function placeOrders(kernel: Kernel, { body }: ControlCall): unknown {
  const shop = shopNamed(kernel, body.seller_id)
  const count = body.count ?? 1
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 1 || count > 20_000)
    throw new ApiFailure(400, 'count must be 1 to 20000')
  const orders = Array.from({ length: count }, () => addOrder(kernel, shop, body))
  xhsChanged(kernel)
  for (const order of orders) pushOrder(kernel, order)
  return { order_ids: orders.map((order) => order.id) }
}

function addOrder(kernel: Kernel, shop: Shop, wanted: Record<string, unknown>): Order {
  const now = kernel.clock.now()
  const number = nextNumber(kernel)
  const isPaid = wanted.paid !== false
  const order: Order = {
    id: `P${683_712_345_678_000_000n + BigInt(number) * 17n}`,
    sellerId: shop.sellerId,
    status: isPaid ? 4 : 1,
    createdAt: now,
    updatedAt: now,
    paidAt: isPaid ? now : 0,
    shippedAt: 0,
    finishedAt: 0,
    words: typeof wanted.words === 'string' ? wanted.words : '',
    skuId: `65f1aabbccdd${String(number).padStart(12, '0')}`,
    title: '山货礼盒',
    quantity: 1,
    paid: typeof wanted.amount === 'number' ? wanted.amount : 9_900,
  }
  xhsState(kernel).orders[order.id] = order
  return order
}

const steps: Record<number, number> = { 1: 4, 4: 6, 6: 7 }

function advance(kernel: Kernel, { body }: ControlCall): unknown {
  const order = orderNamed(kernel, body.order_id)
  const next = typeof body.status === 'number' ? body.status : steps[order.status]
  if (next === undefined)
    throw new ApiFailure(409, `an order in ${order.status} goes no further`, { status: 409 })
  const now = kernel.clock.now()
  if (next === 4) order.paidAt = now
  if (next === 6) order.shippedAt = now
  if (next === 7) order.finishedAt = now
  order.status = next
  order.updatedAt = Math.max(now, order.updatedAt + 1)
  xhsChanged(kernel)
  pushOrder(kernel, order)
  return { order_id: order.id, status: order.status }
}

function orderNamed(kernel: Kernel, id: unknown): Order {
  const order = xhsState(kernel).orders[String(id)]
  if (order === undefined) throw new ApiFailure(404, 'no such order', { status: 404 })
  return order
}

function askAfterSale(kernel: Kernel, { body }: ControlCall): unknown {
  const order = orderNamed(kernel, body.order_id)
  const now = kernel.clock.now()
  const item: AfterSale = {
    id: `R${683_712_345_678_000n + BigInt(nextNumber(kernel)) * 13n}`,
    orderId: order.id,
    sellerId: order.sellerId,
    type: typeof body.type === 'number' ? body.type : 5,
    status: 1,
    refundStatus: 108,
    amount: typeof body.amount === 'number' ? body.amount : order.paid,
    reason: typeof body.reason === 'string' ? body.reason : '行程有变',
    refusedWith: '',
    appliedAt: now,
    updatedAt: now,
  }
  xhsState(kernel).afterSales[item.id] = item
  xhsChanged(kernel)
  pushAfterSale(kernel, item, 'msg_after_sale_create')
  return { returns_id: item.id, amount: item.amount }
}

function changeAfterSale(kernel: Kernel, { body }: ControlCall): unknown {
  const item = xhsState(kernel).afterSales[String(body.returns_id)]
  if (item === undefined) throw new ApiFailure(404, 'no such after-sale', { status: 404 })
  if (typeof body.status === 'number') item.status = body.status
  if (typeof body.amount === 'number') item.amount = body.amount
  touch(kernel, item)
  return { returns_id: item.id, status: item.status, amount: item.amount }
}

function expireTokens(kernel: Kernel): unknown {
  for (const shop of xhsState(kernel).shops) shop.tokenEndsAt = kernel.clock.now()
  xhsChanged(kernel)
  return {}
}

function sendTest(kernel: Kernel): unknown {
  pushTest(kernel)
  return {}
}
