import { describe, expect, it } from 'vitest'
import type { Refund } from '#src/contracts/canonical.ts'
import { ledger, refunds as table } from '../../../bitable-schemas/index.ts'
import { refundCard } from '../../../cards/index.ts'
import { refundApproval as approval } from '../../../playbooks/refund-review/approval.ts'
import { anOrder, aRefund, startMs } from '../../intake/records.ts'
import { useDatabase } from '../../support/database.ts'
import { chats, type PlaybookWorld, startPlaybooks, wang } from '../playbook-world.ts'

const database = useDatabase()
const refs = { 'douyin-shop': '700001', jushuitan: 'js-1' }
const base = aRefund({ refs, operator: { id: 'op-7' } })
const no = base.refundNo
const subject = `refund:douyin:${no}`
const later = (change: Partial<Refund>): Refund => ({ ...base, version: base.version + 1, ...change })

/** A refund whose approval exists in Feishu. */
async function asked(shop: Parameters<typeof startPlaybooks>[1] = {}): Promise<PlaybookWorld> {
  const world = await startPlaybooks(database, shop)
  await world.orderCame(anOrder())
  await world.refundCame(base)
  await world.open(approval, subject)
  return world
}

describe('a refund that is requested', () => {
  it('gets a row, a card in the refund group, and an approval with the order’s data by its operator', async () => {
    const world = await startPlaybooks(database)
    await world.orderCame(anOrder())
    await world.refundCame(base)
    expect(await world.row(table, no)).toMatchObject({
      status: '待审批',
      amount: 9900,
      payer: 'ERP',
      source: '聚水潭',
      orderNo: base.orderNo,
    })
    expect(await world.card(refundCard, subject)).toMatchObject({ status: '待审批', shop: '海岛旗舰店' })
    expect(await world.cases()).toMatchObject([
      {
        applicant: 'ou_lin',
        subject,
        input: {
          refundAmount: 9900,
          orderAmount: 9900,
          product: '泰国电话卡 × 1',
          history: '本单无其他退款',
        },
      },
    ])
    expect(await world.unhandled()).toEqual([])
  })

  it('by an unknown operator is applied for by the configured person', async () => {
    const world = await startPlaybooks(database)
    await world.orderCame(anOrder())
    await world.refundCame({ ...base, operator: { id: 'nobody' } })
    expect(await world.cases()).toMatchObject([{ applicant: wang.openId }])
  })

  it('that nobody can apply for is told of, and applied for by itself once somebody can', async () => {
    const world = await startPlaybooks(database)
    await database.pool.query(`delete from settings where key = 'directory.default-applicant'`)
    await world.orderCame(anOrder())
    await world.refundCame({ ...base, operator: { id: 'op-9' } })
    expect(await world.cases()).toEqual([])
    expect(await world.openAlerts()).toEqual(['approval_without_applicant refund-review'])
    await world.within((ctx) => ctx.directory.savePerson({ ...wang, operators: { jushuitan: 'op-9' } }))
    world.clock.advance(11 * 60_000)
    expect(await world.runJobs()).toEqual(['refund-review.open-approval'])
    expect(await world.cases()).toMatchObject([{ applicant: wang.openId }])
    expect(await world.openAlerts()).toEqual([])
  })

  it('about an order we do not know has it fetched first', async () => {
    const world = await startPlaybooks(database)
    await world.refundCame(base)
    expect(await world.cases()).toEqual([])
    world.onRefresh(async (kind) => {
      if (kind === 'orders') await world.orderCame(anOrder(), { history: true })
    })
    await world.runJobs()
    expect(world.refreshed).toEqual([`orders ${base.orderNo}`])
    expect(await world.cases()).toMatchObject([{ input: { orderAmount: 9900 } }])
  })

  it('about an order nobody can fetch is asked about all the same', async () => {
    const world = await startPlaybooks(database)
    await world.refundCame(base)
    world.onRefresh(() => {
      throw new Error('the channel only reads 90 days back')
    })
    await world.runJobs()
    expect(await world.cases()).toMatchObject([{ input: { orderAmount: 0, product: '（订单尚未同步）' } }])
  })

  it('and decided while its order was being fetched is not asked about twice', async () => {
    const world = await startPlaybooks(database)
    await world.refundCame(base)
    await world.orderCame(anOrder())
    await world.refundCame(later({ reason: '改了原因' }), { before: base })
    await world.open(approval, subject)
    await world.decide(approval, subject, 'rejected')
    await world.runJobs()
    expect(await world.cases()).toHaveLength(1)
  })

  it('tells the approver what was refunded of the order before', async () => {
    const world = await startPlaybooks(database)
    await world.orderCame(anOrder())
    await world.storeRefund(aRefund({ refundNo: '699999', stage: 'refunded', refundedAmount: 5000 }))
    await world.refundCame(base)
    expect(await world.cases()).toMatchObject([
      { input: { history: '本单另有 1 次退款申请，已退 50.00 元' } },
    ])
  })
})

describe('refunds of the past, at the first pull', () => {
  it('that are settled get rows and ledger rows, but no card and no approval', async () => {
    const world = await startPlaybooks(database)
    await world.refundCame(later({ stage: 'refunded', refundedAmount: 9900 }), { history: true })
    expect(await world.row(table, no)).toMatchObject({ status: '已退款' })
    expect(await world.rows(ledger)).toEqual([`RF-${no}`])
    expect(await world.card(refundCard, subject)).toBeUndefined()
    expect(await world.cases()).toEqual([])
  })

  it('that still wait for a decision are asked about', async () => {
    const world = await startPlaybooks(database)
    await world.orderCame(anOrder(), { history: true })
    await world.refundCame(base, { history: true })
    expect(await world.cases()).toHaveLength(1)
    expect(await world.card(refundCard, subject)).toBeDefined()
  })
})

describe('an approved refund', () => {
  it('is executed by the one payer, written back, and booked once the other side confirms it', async () => {
    const world = await asked()
    await world.decide(approval, subject, 'approved')
    expect(await world.row(table, no)).toMatchObject({
      status: '已同意',
      decision: '同意',
      reviewer: wang.openId,
    })
    await world.runJobs()
    expect(world.erp.executed).toEqual([no])
    expect(world.channel.calls).toEqual([])
    expect(await world.row(table, no)).toMatchObject({ status: '已同意', writeBack: '已回写' })
    expect(await world.rows(ledger)).toEqual([])
    await world.refundCame(later({ stage: 'refunding' }), { before: base })
    expect(await world.row(table, no)).toMatchObject({ status: '退款中' })
    const paid = later({
      stage: 'refunded',
      refundedAmount: 9800,
      times: { ...base.times, refunded: startMs + 9 },
    })
    await world.refundCame(paid, { before: base })
    expect(await world.row(table, no)).toMatchObject({ status: '已退款', refundedAmount: 9800 })
    expect(await world.row(ledger, `RF-${no}`)).toMatchObject({
      amount: -9800,
      happenedAt: startMs + 9,
      kind: '退款',
    })
    expect(await world.card(refundCard, subject)).toMatchObject({ status: '已退款', tone: 'done' })
    expect(await world.unhandled()).toEqual([])
  })

  it('is booked once, however often it is confirmed', async () => {
    const world = await asked()
    const paid = later({ stage: 'refunded', refundedAmount: 9900 })
    await world.refundCame(paid, { before: base })
    await world.refundCame({ ...paid, version: paid.version + 1, refundedAmount: 1 }, { before: paid })
    expect(await world.rows(ledger)).toHaveLength(1)
    expect(await world.row(ledger, `RF-${no}`)).toMatchObject({ amount: -9900 })
  })

  it('keeps its payer when the setting is changed after the decision', async () => {
    const world = await asked()
    await world.decide(approval, subject, 'approved')
    await world.within((ctx) => ctx.directory.saveShop('shop-1', { payer: 'channel' }))
    await world.refundCame(later({ statusText: 'x' }), { before: base })
    expect(await world.row(table, no)).toMatchObject({ payer: 'ERP' })
    await world.runJobs()
    expect([world.erp.executed, world.channel.executed]).toEqual([[no], []])
  })
})

describe('an amount that changes', () => {
  const dearer = later({ amount: 12_000 })

  it('while people decide: the old case is replaced, and the new one asks about the new amount', async () => {
    const world = await asked()
    world.clock.advance(1)
    await world.refundCame(dearer, { before: base })
    expect(await world.cases()).toMatchObject([
      { want: 'cancelled', input: { refundAmount: 9900 } },
      { want: 'live', input: { refundAmount: 12_000 } },
    ])
    const [old, fresh] = await world.cases()
    expect(fresh?.replaces).toBe(old?.id)
    expect(await world.row(table, no)).toMatchObject({ status: '待审批', amount: 12_000 })
  })

  it('just before the decision is handled: the decision about the old amount pays nothing', async () => {
    const world = await asked()
    world.clock.advance(1)
    await world.storeRefund(dearer)
    await world.decide(approval, subject, 'approved')
    await world.runJobs()
    expect(world.erp.calls).toEqual([])
    expect((await world.cases()).at(-1)).toMatchObject({ state: 'wanted', input: { refundAmount: 12_000 } })
    expect((await world.row(table, no))?.decision ?? null).toBeNull()
  })

  it('between decision and execution: only the amount people agreed to may be paid', async () => {
    const world = await asked()
    await world.decide(approval, subject, 'approved')
    await world.storeRefund(dearer)
    await world.runJobs()
    for (const { given } of world.erp.calls) expect(given.amount).toBe(9900)
  })

  it('the old case’s late decision is ignored', async () => {
    const world = await asked()
    const [old] = await world.cases()
    world.clock.advance(1)
    await world.refundCame(dearer, { before: base })
    await world.raise('approval.decided', subject, {
      approval: approval.id,
      caseId: old?.id ?? '',
      subject,
      decision: 'approved',
      decidedAt: world.clock.now(),
    })
    expect(world.waiting()).toEqual([])
    expect(await world.row(table, no)).toMatchObject({ status: '待审批' })
  })
})

describe('a refund that ends elsewhere while people decide', () => {
  it.each([
    ['withdrawn', '已撤回'],
    ['refused', '已拒绝'],
    ['refunded', '已退款'],
    ['agreed', '已同意'],
  ] as const)('%s: the case is cancelled and the row says %s', async (stage, status) => {
    const world = await asked()
    await world.refundCame(later({ stage }), { before: base })
    expect(await world.cases()).toMatchObject([{ want: 'cancelled' }])
    expect(await world.row(table, no)).toMatchObject({ status })
    await world.runJobs()
    expect([world.erp.calls, world.channel.calls]).toEqual([[], []])
  })

  it('is cancelled as well when its case is parked', async () => {
    const world = await startPlaybooks(database)
    await world.orderCame(anOrder())
    await world.refundCame(base)
    await database.pool.query(`update cases set state = 'parked'`)
    await world.refundCame(later({ stage: 'withdrawn' }), { before: base })
    expect(await world.cases()).toMatchObject([{ state: 'cancelled' }])
  })

  it('and approved at that very moment pays nothing once it is withdrawn', async () => {
    const world = await asked()
    await world.refundCame(later({ stage: 'withdrawn' }), { before: base })
    await world.decide(approval, subject, 'approved')
    await world.runJobs()
    expect(world.erp.calls).toEqual([])
    expect(await world.row(table, no)).toMatchObject({ status: '已撤回' })
  })
})

describe('an approval that people cancel in Feishu', () => {
  it('leaves the refund to a person and says so; nothing is executed', async () => {
    const world = await asked()
    await world.decide(approval, subject, 'cancelled')
    await world.runJobs()
    expect(await world.row(table, no)).toMatchObject({ status: '需人工', decision: '撤销' })
    expect(await world.openAlerts()).toEqual([`approval_cancelled ${no}`])
    expect([world.erp.calls, world.channel.calls]).toEqual([[], []])
    await world.refundCame(later({ stage: 'refunded' }), { before: base })
    expect(await world.openAlerts()).toEqual([])
  })
})

describe('a platform that fails to pay', () => {
  it('is told of once, and the alert is over when it has paid after all', async () => {
    const world = await asked()
    const failed = later({ stage: 'failed' })
    await world.refundCame(failed, { before: base })
    await world.refundCame(later({ stage: 'failed', statusText: 'again' }), { before: failed })
    expect(await world.openAlerts()).toEqual([`refund_failed ${no}`])
    expect(await world.row(table, no)).toMatchObject({ status: '失败' })
    await world.refundCame(later({ stage: 'refunded' }), { before: failed })
    expect(await world.openAlerts()).toEqual([])
  })
})

describe('the group of a refund’s card', () => {
  it('is the refund group, else the shop’s own', async () => {
    const world = await startPlaybooks(database)
    await database.pool.query(`delete from settings where key = 'directory.chat.refunds'`)
    await world.refundCame(base)
    const { rows } = await database.pool.query(`select chat_id from card_posts where card = 'refund'`)
    expect(rows).toEqual([{ chat_id: chats.shop }])
  })
})
