import { ApiFailure, type ControlCall, type Kernel } from '../../kernel/types.ts'
import { newNumber, type Refund, type Shop, type Trade, taobaoChanged, taobaoState } from './state.ts'
import { renew } from './tokens.ts'

const goods = [
  { title: '日本本州6天5晚跟团游', price: 599_900 },
  { title: '冲绳潜水体验套餐', price: 68_000 },
  { title: '旅行收纳七件套', price: 9_900 },
]

/** Control calls that play shop owners and buyers: `/_control/channels/taobao/…`. Amounts are fen. */
export function registerTaobaoControl(kernel: Kernel): void {
  kernel.control('POST', 'channels/taobao/shops', (call) => openShop(kernel, call))
  kernel.control('POST', 'channels/taobao/trades', (call) => placeTrades(kernel, call))
  kernel.control('POST', 'channels/taobao/trades/advance', (call) => advance(kernel, call))
  kernel.control('POST', 'channels/taobao/refunds', (call) => askRefund(kernel, call))
  kernel.control('POST', 'channels/taobao/refunds/withdraw', (call) => withdraw(kernel, call))
  kernel.control('POST', 'channels/taobao/sessions/expire', () => expireSessions(kernel))
}

function openShop(kernel: Kernel, { body }: ControlCall): unknown {
  const shop: Shop = {
    shopId: newNumber(kernel).slice(-9),
    name: typeof body.name === 'string' && body.name !== '' ? body.name : '山海行旗舰店',
    session: '',
    refreshToken: '',
    sessionEndsAt: 0,
    isTmall: body.is_tmall === true,
    needsCode: body.needs_code === true,
  }
  taobaoState(kernel).shops.push(shop)
  renew(kernel, shop)
  return { shop_id: shop.shopId, session: shop.session, refresh_token: shop.refreshToken, name: shop.name }
}

function shopNamed(kernel: Kernel, id: unknown): Shop {
  const { shops } = taobaoState(kernel)
  const shop = id === undefined ? shops[0] : shops.find((one) => one.shopId === id)
  if (shop === undefined)
    throw new ApiFailure(404, 'no such Taobao shop: open one with POST channels/taobao/shops', {
      status: 404,
    })
  return shop
}

/** `{shop_id?, count?, paid?, amount?, words?}` → `{tids}` */
function placeTrades(kernel: Kernel, { body }: ControlCall): unknown {
  const shop = shopNamed(kernel, body.shop_id)
  const count = body.count ?? 1
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 1 || count > 100_000)
    throw new ApiFailure(400, 'count must be 1 to 100000')
  const tids = Array.from({ length: count }, () => addTrade(kernel, shop, body).tid)
  taobaoChanged(kernel)
  return { tids }
}

function addTrade(kernel: Kernel, shop: Shop, wanted: Record<string, unknown>): Trade {
  const now = kernel.clock.now()
  const product = kernel.random.pick(goods)
  const price = typeof wanted.amount === 'number' ? wanted.amount : product.price
  const paid = wanted.paid !== false
  const tid = newNumber(kernel)
  const trade: Trade = {
    tid,
    shopId: shop.shopId,
    status: paid ? 'WAIT_SELLER_SEND_GOODS' : 'WAIT_BUYER_PAY',
    type: 'fixed',
    createdAt: now,
    modifiedAt: now,
    paidAt: paid ? now : null,
    shippedAt: null,
    endedAt: null,
    freight: 0,
    buyerWords: typeof wanted.words === 'string' ? wanted.words : '',
    lines: [
      {
        oid: tid,
        title: product.title,
        skuId: newNumber(kernel).slice(-13),
        itemId: newNumber(kernel).slice(-12),
        quantity: 1,
        price,
        paid: price,
        refundId: null,
      },
    ],
  }
  taobaoState(kernel).trades[tid] = trade
  return trade
}

const steps: Record<string, string> = {
  WAIT_BUYER_PAY: 'WAIT_SELLER_SEND_GOODS',
  WAIT_SELLER_SEND_GOODS: 'WAIT_BUYER_CONFIRM_GOODS',
  WAIT_BUYER_CONFIRM_GOODS: 'TRADE_FINISHED',
}

/** `{tid, status?}`: one step further, or to any status, known or not. */
function advance(kernel: Kernel, { body }: ControlCall): unknown {
  const trade = taobaoState(kernel).trades[String(body.tid)]
  if (trade === undefined) throw new ApiFailure(404, 'no such trade', { status: 404 })
  const now = kernel.clock.now()
  const next = typeof body.status === 'string' ? body.status : steps[trade.status]
  if (next === undefined)
    throw new ApiFailure(409, `a trade in ${trade.status} goes no further`, { status: 409 })
  if (next === 'WAIT_SELLER_SEND_GOODS') trade.paidAt = now
  if (next === 'WAIT_BUYER_CONFIRM_GOODS') trade.shippedAt = now
  if (next.startsWith('TRADE_')) trade.endedAt = now
  trade.status = next
  trade.modifiedAt = now
  taobaoChanged(kernel)
  return { tid: trade.tid, status: trade.status }
}

/** `{tid, amount?, has_return?, reason?}` → `{refund_id}` */
function askRefund(kernel: Kernel, { body }: ControlCall): unknown {
  const state = taobaoState(kernel)
  const trade = state.trades[String(body.tid)]
  const line = trade?.lines[0]
  if (trade === undefined || line === undefined) throw new ApiFailure(404, 'no such trade', { status: 404 })
  if (trade.paidAt === null) throw new ApiFailure(409, 'the trade is not paid', { status: 409 })
  const now = kernel.clock.now()
  const refund: Refund = {
    id: newNumber(kernel),
    tid: trade.tid,
    oid: line.oid,
    shopId: trade.shopId,
    status: 'WAIT_SELLER_AGREE',
    amount: typeof body.amount === 'number' ? body.amount : line.paid,
    createdAt: now,
    modifiedAt: now,
    hasReturn: body.has_return === true,
    reason: typeof body.reason === 'string' ? body.reason : '行程有变',
    phase: trade.endedAt === null ? 'onsale' : 'aftersale',
    version: 1,
    refusedWith: '',
  }
  state.refunds[refund.id] = refund
  line.refundId = refund.id
  trade.modifiedAt = now
  taobaoChanged(kernel)
  return { refund_id: refund.id, amount: refund.amount }
}

function withdraw(kernel: Kernel, { body }: ControlCall): unknown {
  const refund = taobaoState(kernel).refunds[String(body.refund_id)]
  if (refund?.status !== 'WAIT_SELLER_AGREE')
    throw new ApiFailure(404, 'no such open refund', { status: 404 })
  refund.status = 'CLOSED'
  refund.version += 1
  refund.modifiedAt = kernel.clock.now()
  taobaoChanged(kernel)
  return { refund_id: refund.id, status: refund.status }
}

function expireSessions(kernel: Kernel): unknown {
  for (const shop of taobaoState(kernel).shops) shop.sessionEndsAt = kernel.clock.now()
  taobaoChanged(kernel)
  return {}
}
