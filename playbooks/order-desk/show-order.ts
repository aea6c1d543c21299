import type { Order } from '#src/contracts/canonical.ts'
import type { HandlerContext } from '#src/contracts/playbook.ts'
import type { RowOf } from '#src/contracts/table.ts'
import { orders } from '../../bitable-schemas/index.ts'
import { orderCard } from '../../cards/index.ts'
import { type Claim, orderCardInput } from './order-card-input.ts'
import { orderRow } from './order-row.ts'
import { isClosed } from './order-words.ts'

export const orderSubject = (order: Pick<Order, 'platform' | 'orderNo'>) =>
  `order:${order.platform}:${order.orderNo}`

/** Platform and order number of an order's subject. */
export function readSubject(subject: string): { platform: string; orderNo: string } | undefined {
  const [, platform, orderNo] = /^order:([^:]+):(.+)$/.exec(subject) ?? []
  return platform === undefined || orderNo === undefined ? undefined : { platform, orderNo }
}

async function claimOf(
  ctx: HandlerContext,
  row: RowOf<typeof orders> | undefined,
): Promise<Claim | undefined> {
  if (row?.follower == null) return undefined
  const person = await ctx.directory.person(row.follower)
  return {
    name: person?.name ?? '同事',
    at: row.followedAt ?? ctx.now,
    ...(row.responseSeconds == null ? {} : { tookMs: row.responseSeconds * 1000 }),
  }
}

type OrderRow = RowOf<typeof orders>

/** The card's input as order and row stand now; `row` when the caller has it at hand. */
export async function currentCard(ctx: HandlerContext, order: Order, row?: OrderRow) {
  const shop = await ctx.directory.shop(order.shopId)
  const claim = await claimOf(ctx, row ?? (await ctx.rows.get(orders, order.orderNo)))
  const link = await ctx.orderLink(order)
  return orderCardInput(order, { shopName: shop?.name ?? order.shopId, link, claim, trace: ctx.trace })
}

async function systemRow(ctx: HandlerContext, order: Order): Promise<OrderRow> {
  const shop = await ctx.directory.shop(order.shopId)
  const link = await ctx.orderLink(order)
  return orderRow(order, { shopName: shop?.name ?? order.shopId, link, trace: ctx.trace })
}

const firstFollowStatus = (order: Order) => (isClosed(order) ? '无需跟进' : '待跟进')

/** States the row of an order that is probably new. Returns the whole row. */
export async function addOrderRow(ctx: HandlerContext, order: Order): Promise<OrderRow> {
  const row = { ...(await systemRow(ctx, order)), followStatus: firstFollowStatus(order) }
  return (await ctx.rows.insert(orders, order.orderNo, row)) ? row : putOrderRow(ctx, order)
}

/** States the order's row; a new one that somebody should follow up starts as 待跟进, a closed one needs nobody. Returns the whole row. */
export async function putOrderRow(ctx: HandlerContext, order: Order): Promise<OrderRow> {
  const row = await systemRow(ctx, order)
  const before = await ctx.rows.get(orders, order.orderNo)
  const follow = before?.followStatus
  if (follow == null) row.followStatus = firstFollowStatus(order)
  else if (isClosed(order) && follow === '待跟进') row.followStatus = '无需跟进'
  await ctx.rows.put(orders, order.orderNo, row)
  return { ...before, ...row }
}

/** Posts the order's card in its shop's group; without a group the operators are told once. */
export async function showOrderCard(ctx: HandlerContext, order: Order, row: OrderRow): Promise<void> {
  const shop = await ctx.directory.shop(order.shopId)
  if (shop?.chatId === undefined) {
    await ctx.alert({
      code: 'shop_without_chat',
      subject: order.shopId,
      title: '店铺没有订单群',
      text: `店铺「${shop?.name ?? order.shopId}」的新订单已写入表格，但没有群可以播报。`,
      remedy: '请在「店铺」表中填写「订单群」，并把机器人加入该群；之后的新订单会自动播报。',
    })
    return
  }
  await ctx.cards.show(
    orderCard,
    orderSubject(order),
    { chatId: shop.chatId },
    await currentCard(ctx, order, row),
  )
}
