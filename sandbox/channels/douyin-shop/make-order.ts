import type { Kernel, Random } from '../../kernel/types.ts'
import { buyerWords, type Host, type Product, places, type ShopPlan, surnames } from '../../world/catalog.ts'
import { type Certificate, newPlatformId, nowSeconds, type Order } from './state.ts'

const daySeconds = 86_400

export interface OrderWish {
  plan: ShopPlan
  /** s; default now */
  createTime?: number
  /** default 1, waiting for payment */
  status?: number
  /** What a customer chose; otherwise luck decides. A chosen product is paid in full, without a discount. */
  product?: Product
  quantity?: number
  buyerWords?: string
}

/** A new order of the shop, told by the world's seed. Its money and times agree with each other. */
export function makeOrder(kernel: Kernel, wish: OrderWish): Order {
  const { random } = kernel
  const product = wish.product ?? random.pick(wish.plan.products)
  const host = random.next() < 0.7 ? random.pick(wish.plan.hosts) : undefined
  const quantity = wish.quantity ?? (random.next() < 0.8 ? 1 : random.int(2, 3))
  const createTime = wish.createTime ?? nowSeconds(kernel)
  return {
    id: newPlatformId(kernel),
    lineId: newPlatformId(kernel),
    shopId: wish.plan.shopId,
    kind: wish.plan.kind,
    ...productPart(product),
    quantity,
    ...money(wish.product ? undefined : random, product.price * quantity, wish.plan.kind),
    status: wish.status ?? 1,
    createTime,
    payTime: 0,
    updateTime: createTime,
    shipTime: 0,
    finishTime: 0,
    bookedFor: 0,
    cancelReason: '',
    buyer: makeBuyer(random),
    buyerWords: wish.buyerWords ?? random.pick(buyerWords[wish.plan.kind]),
    ...livePart(host),
    certificates: certificates(random, { product, quantity, createTime }),
    afterSale: null,
  }
}

function productPart(product: Product) {
  const { productId, skuId, outSkuId, name, spec, price } = product
  return { productId, skuId, outSkuId, productName: name, spec, unitPrice: price }
}

/** fen. One order in three got a discount; goods below ¥100 pay postage. */
function money(random: Random | undefined, total: number, kind: ShopPlan['kind']) {
  const promotionAmount = random && random.next() < 0.33 ? Math.floor((total * random.int(2, 12)) / 100) : 0
  const postAmount = kind === 'goods' && total < 10_000 ? 600 : 0
  return { promotionAmount, postAmount, payAmount: total - promotionAmount + postAmount }
}

/** Personal data only ever exists masked. */
function makeBuyer(random: Random): Order['buyer'] {
  return {
    openId: `1@#${random.hex(32)}`,
    receiver: `${random.pick(surnames)}**`,
    tel: `1${random.int(30, 99)}****${String(random.int(0, 9999)).padStart(4, '0')}`,
    ...random.pick(places),
  }
}

function livePart(host: Host | undefined) {
  return { authorId: host?.authorId ?? '', authorName: host?.name ?? '', roomId: host?.roomId ?? '' }
}

function certificates(
  random: Random,
  { product, quantity, createTime }: { product: Product; quantity: number; createTime: number },
): Certificate[] {
  if (product.validDays === 0) return []
  return Array.from({ length: quantity }, () => ({
    no: `${random.int(100000, 999999)}${random.int(100000, 999999)}`,
    status: 1,
    validFrom: createTime,
    validUntil: createTime + product.validDays * daySeconds,
  }))
}
