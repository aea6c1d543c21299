/** Found by the crash test: a claim and a change of the order meet; the later of the two must not undo the earlier. */
import { expect, it } from 'vitest'
import { orders as table } from '../../../bitable-schemas/index.ts'
import { orderCard } from '../../../cards/index.ts'
import { claim } from '../../../playbooks/order-desk/claim.ts'
import { anOrder } from '../../intake/records.ts'
import { useDatabase } from '../../support/database.ts'
import { until } from '../../support/until.ts'
import { lin, startPlaybooks } from '../playbook-world.ts'

const database = useDatabase()
const order = anOrder()
const subject = `order:douyin:${order.orderNo}`

const somebodyWaits = async () => {
  const { rows } = await database.pool.query(
    `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  )
  return rows.length > 0
}

it('an order that completes while somebody claims it keeps the claim, on the card and in the row', async () => {
  const world = await startPlaybooks(database)
  await world.orderCame(order)
  const answered = Promise.withResolvers<void>()
  const committed = Promise.withResolvers<void>()
  const press = { subject, chatId: '', messageId: '', by: lin, at: 0, postedAt: 0, value: {}, form: {} }
  const claiming = world.within(async (ctx) => {
    await claim(ctx, press)
    answered.resolve()
    await committed.promise
  })
  await answered.promise
  const completed = { ...order, status: 'completed', version: order.version + 1 } as const
  const changing = world.orderCame(completed, { before: order })
  await until('the change waits for the claim', somebodyWaits)
  committed.resolve()
  await Promise.all([claiming, changing])

  expect(await world.row(table, order.orderNo)).toMatchObject({
    follower: lin.openId,
    followStatus: '已认领',
    status: '已完成',
  })
  expect(await world.card(orderCard, subject)).toMatchObject({
    status: '已完成',
    claim: { name: lin.name },
  })
})

it('a claim that waits for a change of the order shows the order as it is by then', async () => {
  const world = await startPlaybooks(database)
  await world.orderCame(order)
  const changed = Promise.withResolvers<void>()
  const committed = Promise.withResolvers<void>()
  const completed = { ...order, status: 'completed', version: order.version + 1 } as const
  const press = { subject, chatId: '', messageId: '', by: lin, at: 0, postedAt: 0, value: {}, form: {} }
  const changing = world.within(async (ctx) => {
    await ctx.rows.put(table, order.orderNo, { status: '已完成' })
    changed.resolve()
    await committed.promise
  })
  await changed.promise
  const claiming = world.within((ctx) => claim(ctx, press))
  await until('the claim waits for the change', somebodyWaits)
  await world.orderStored(completed)
  committed.resolve()
  await Promise.all([claiming, changing])
  expect(await world.card(orderCard, subject)).toMatchObject({ status: '已完成', claim: { name: lin.name } })
})
