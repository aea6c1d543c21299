import { ApiFailure, type ControlCall, type Kernel } from '../../kernel/types.ts'
import { newNumber, taobaoChanged, taobaoState } from '../taobao/state.ts'
import { type Booking, fliggyChanged, fliggyState } from './state.ts'

const path = 'channels/fliggy'

/** Fliggy shares Taobao's gateway and shops (open one there). A world has no order here until control places one. */
export function registerFliggy(kernel: Kernel): void {
  kernel.control('POST', `${path}/orders`, {
    about: {
      zh: '飞猪下单（店铺用淘宝的开店）',
      en: 'Fliggy customers order, in a Taobao shop',
      fields: { shop_id: 'first when absent', count: '1–1000', hotel: 'true | false', amount: 'fen' },
    },
    handle: (call) => placeOrders(kernel, call),
  })
  kernel.control('POST', `${path}/orders/advance`, {
    about: {
      zh: '飞猪订单变为某状态',
      en: 'A Fliggy order takes a status',
      fields: { id: '订单号', status: '状态' },
    },
    handle: (call) => advance(kernel, call),
  })
  kernel.control('POST', `${path}/refunds`, {
    about: {
      zh: '飞猪买家申请退款',
      en: 'A Fliggy buyer asks for money back',
      fields: { id: '订单号', amount: 'fen', reason: '原因' },
    },
    handle: (call) => askRefund(kernel, call),
  })
}

function placeOrders(kernel: Kernel, { body }: ControlCall): unknown {
  const { shops } = taobaoState(kernel)
  const shop = body.shop_id === undefined ? shops[0] : shops.find((one) => one.shopId === body.shop_id)
  if (shop === undefined)
    throw new ApiFailure(404, 'no such shop: open one with POST channels/taobao/shops', { status: 404 })
  const count = body.count ?? 1
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 1 || count > 1000)
    throw new ApiFailure(400, 'count must be 1 to 1000')
  const now = kernel.clock.now()
  const hotel = body.hotel === true
  const ids = Array.from({ length: count }, () => {
    const booking: Booking = {
      id: newNumber(kernel),
      shopId: shop.shopId,
      hotel,
      status: 'WAIT_SELLER_SEND_GOODS',
      createdAt: now,
      modifiedAt: now,
      paidAt: now,
      title: hotel ? '冲绳海滨酒店' : '日本本州6天5晚跟团游',
      price: typeof body.amount === 'number' ? body.amount : 599_900,
    }
    fliggyState(kernel).bookings[booking.id] = booking
    return booking.id
  })
  fliggyChanged(kernel)
  taobaoChanged(kernel)
  return { ids }
}

function named(kernel: Kernel, id: unknown): Booking {
  const booking = fliggyState(kernel).bookings[String(id)]
  if (booking === undefined) throw new ApiFailure(404, 'no such order', { status: 404 })
  return booking
}

function advance(kernel: Kernel, { body }: ControlCall): unknown {
  const booking = named(kernel, body.id)
  booking.status = typeof body.status === 'string' ? body.status : 'TRADE_FINISHED'
  booking.modifiedAt = kernel.clock.now()
  fliggyChanged(kernel)
  return { id: booking.id, status: booking.status }
}

function askRefund(kernel: Kernel, { body }: ControlCall): unknown {
  const booking = named(kernel, body.id)
  const now = kernel.clock.now()
  const id = newNumber(kernel)
  const amount = typeof body.amount === 'number' ? body.amount : booking.price
  taobaoState(kernel).refunds[id] = {
    ...{ id, tid: booking.id, oid: booking.id, shopId: booking.shopId, amount },
    ...{ status: 'WAIT_SELLER_AGREE', createdAt: now, modifiedAt: now, hasReturn: false },
    reason: typeof body.reason === 'string' ? body.reason : '行程有变',
    ...{ phase: 'onsale', version: 1, refusedWith: '' },
  }
  taobaoChanged(kernel)
  return { refund_id: id, amount }
}
