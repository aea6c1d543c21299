import { definePlaybook } from '#src/contracts/playbook.ts'
import { orders } from '../../bitable-schemas/index.ts'
import { orderCard } from '../../cards/index.ts'
import { claim } from './claim.ts'
import { followEdit } from './follow-edit.ts'
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
    'row.edited': async (ctx, { payload }) => {
      if (payload.table !== orders.id) return
      await followEdit(ctx, payload)
      const row = await ctx.rows.get(orders, payload.key)
      const order = await ctx.records.orderByNo(payload.key)
      if (order !== undefined)
        await ctx.cards.update(orderCard, orderSubject(order), await currentCard(ctx, order, row))
    },
  },
  actions: { order: { claim } },
  jobs: {},
  schedules: [],
})
