import { definePlaybook } from '#src/contracts/playbook.ts'
import { orders } from '../../bitable-schemas/index.ts'
import { orderCard } from '../../cards/index.ts'
import { claim } from './claim.ts'
import { addOrderRow, currentCard, orderSubject, putOrderRow, showOrderCard } from './show-order.ts'

/** Orders of every channel in one table, in the right group at once, in somebody's hands soon. */
export const orderDesk = definePlaybook({
  id: 'order-desk',
  label: '订单跟进',
  tables: [orders],
  cards: { order: orderCard },
  approvals: [],
  on: {
    'order.created': async (ctx, { payload }) => {
      const row = await addOrderRow(ctx, payload.order)
      if (!payload.history) await showOrderCard(ctx, payload.order, row)
    },
    'order.changed': async (ctx, { payload }) => {
      const row = await putOrderRow(ctx, payload.order)
      await ctx.cards.update(
        orderCard,
        orderSubject(payload.order),
        await currentCard(ctx, payload.order, row),
      )
    },
    'row.edited': async (ctx, { payload, subject }) => {
      if (payload.table !== orders.id) return
      const row = await ctx.rows.get(orders, payload.key)
      // A person chosen in the table is a claim like one by card.
      if (payload.changes.follower !== undefined && row?.follower != null && row.followStatus === '待跟进') {
        const by = payload.editedBy ?? row.follower
        await ctx.rows.act(orders, payload.key, { followStatus: '已认领', followedAt: payload.editedAt }, by)
      }
      ctx.log.debug({ subject, fields: Object.keys(payload.changes) }, 'order row edited by people')
      const order = await ctx.records.orderByNo(payload.key)
      if (order !== undefined)
        await ctx.cards.update(orderCard, orderSubject(order), await currentCard(ctx, order))
    },
  },
  actions: { order: { claim } },
  jobs: {},
  schedules: [],
})
