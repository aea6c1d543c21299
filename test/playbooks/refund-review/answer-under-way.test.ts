/** Found by the crash test: people have answered, and something else about the refund is handled before their answer. */
import { expect, it } from 'vitest'
import { cases } from '#src/db/schema/index.ts'
import { refunds as table } from '../../../bitable-schemas/index.ts'
import { refundApproval as approval } from '../../../playbooks/refund-review/approval.ts'
import { anOrder, aRefund } from '../../intake/records.ts'
import { useDatabase } from '../../support/database.ts'
import { type PlaybookWorld, startPlaybooks } from '../playbook-world.ts'

const database = useDatabase()
const base = aRefund({ refs: { jushuitan: 'js-1' }, operator: { id: 'op-7' } })
const subject = `refund:douyin:${base.refundNo}`
const later = { ...base, version: base.version + 1 }

async function answered(): Promise<PlaybookWorld> {
  const world = await startPlaybooks(database)
  await world.orderCame(anOrder())
  await world.refundCame(base)
  await world.open(approval, subject)
  // The opener has read the answer; its event waits behind others about the same refund.
  await database.db.update(cases).set({ state: 'approved', decidedAt: world.clock.now() })
  world.clock.advance(1)
  return world
}

it('a change of something else does not ask people a second time, and their answer counts', async () => {
  const world = await answered()
  await world.refundCame({ ...later, reason: '改主意了' }, { before: base })
  expect(await world.cases()).toHaveLength(1)
  await world.decide(approval, subject, 'approved')
  await world.runJobs()
  expect(world.erp.executed).toEqual([base.refundNo])
})

it('another amount asks people again, once, and their answer about the old one pays nothing', async () => {
  const world = await answered()
  const [old] = await world.cases()
  await world.refundCame({ ...later, amount: 12_000 }, { before: base })
  await world.raise('approval.decided', subject, {
    approval: approval.id,
    caseId: old?.id ?? '',
    subject,
    decision: 'approved',
    decidedAt: world.clock.now(),
  })
  await world.runJobs()
  expect((await world.cases()).map((one) => one.input.refundAmount)).toEqual([9_900, 12_000])
  expect(world.erp.calls).toEqual([])
  expect((await world.row(table, base.refundNo))?.decision ?? null).toBeNull()
})

it('an event that comes late asks about the refund as it is by now', async () => {
  const world = await startPlaybooks(database)
  await world.orderCame(anOrder())
  await world.refundCame(base)
  const now = { ...later, amount: 5_000, version: base.version + 2 }
  await world.storeRefund(now)
  const between = { ...later, amount: 12_000 }
  const raise = (refund: typeof base, before: typeof base) =>
    world.raise('refund.changed', subject, { refund, before, source: 'jushuitan', history: false })
  world.clock.advance(1)
  await raise(between, base)
  world.clock.advance(1)
  await raise(now, between)
  expect((await world.cases()).map((one) => [one.input.refundAmount, one.want])).toEqual([
    [9_900, 'cancelled'],
    [5_000, 'live'],
  ])
})

it('the job that opens the approval, run again after a kill, finds that people have answered', async () => {
  const world = await startPlaybooks(database)
  await world.refundCame(base)
  const job = { job: 'refund-review.open-approval', key: subject, trace: 'trace-1' }
  const [platform, refundNo] = ['douyin', base.refundNo]
  const again = { ...job, input: { platform, refundNo, source: 'jushuitan' } }
  await world.runJobs()
  await world.open(approval, subject)
  await database.db.update(cases).set({ state: 'approved' })
  await database.db.transaction((tx) => world.deps.jobs.enqueueTask(tx, again))
  await world.runJobs()
  expect(await world.cases()).toHaveLength(1)
})
