import type { PressAnswer } from '#src/contracts/card.ts'
import type { HandlerContext, PressEvent } from '#src/contracts/playbook.ts'
import { orders } from '../../bitable-schemas/index.ts'
import { orderCard } from '../../cards/index.ts'
import { span } from '../../cards/kit/format.ts'
import { currentCard, readSubject } from './show-order.ts'

const toast = (type: PressAnswer['toast']['type'], content: string): PressAnswer => ({
  toast: { type, content },
})

/** 认领: the first press takes the order; later ones learn who was first. The clock runs from the announcement. */
export async function claim(ctx: HandlerContext, press: PressEvent): Promise<PressAnswer> {
  const id = readSubject(press.subject)
  // The row first: it is locked, so the order read after it is the one that the card will show.
  const row = id === undefined ? undefined : await ctx.rows.get(orders, id.orderNo)
  const order = id === undefined ? undefined : await ctx.records.order(id.platform, id.orderNo)
  if (order === undefined) return toast('error', '没有找到这笔订单，请稍后再试。')
  if (row?.follower != null) {
    if (row.follower === press.by.openId) return toast('info', '您已经认领了这笔订单。')
    const first = await ctx.directory.person(row.follower)
    const ago = row.followedAt == null ? '' : `（${span(ctx.now - row.followedAt)}前）`
    return toast('warning', `${first?.name ?? '同事'} 已先认领${ago}。`)
  }
  const tookMs = Math.max(0, ctx.now - press.postedAt)
  const values = {
    follower: press.by.openId,
    followedAt: ctx.now,
    followStatus: '已认领',
    responseSeconds: Math.round(tookMs / 1000),
  }
  await ctx.rows.act(orders, order.orderNo, values, press.by.openId)
  await ctx.cards.update(orderCard, press.subject, await currentCard(ctx, order))
  return toast('success', `认领成功，用时 ${span(tookMs)}。`)
}
