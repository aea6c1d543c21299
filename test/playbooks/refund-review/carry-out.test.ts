import { describe, expect, it } from 'vitest'
import type { Refund } from '#src/contracts/canonical.ts'
import { AppError } from '#src/errors.ts'
import { refunds as table } from '../../../bitable-schemas/index.ts'
import { refundCard } from '../../../cards/index.ts'
import { refundApproval as approval } from '../../../playbooks/refund-review/approval.ts'
import { anOrder, aRefund } from '../../intake/records.ts'
import { useDatabase } from '../../support/database.ts'
import { lin, type PlaybookWorld, refusedBy, startPlaybooks, zhao } from '../playbook-world.ts'

const database = useDatabase()
const both = { 'douyin-shop': '700001', jushuitan: 'js-1' }
const no = '700001'
const subject = `refund:douyin:${no}`
type Shop = Parameters<typeof startPlaybooks>[1]

async function decided(
  decision: 'approved' | 'rejected',
  { shop = {}, refund = {} }: { shop?: Shop; refund?: Partial<Refund> } = {},
): Promise<PlaybookWorld> {
  const world = await startPlaybooks(database, shop)
  await world.orderCame(anOrder())
  await world.refundCame(aRefund({ refs: both, ...refund }))
  await world.open(approval, subject)
  await world.decide(approval, subject, decision)
  return world
}

const commands = (world: PlaybookWorld) => [
  ...world.channel.calls.map(({ command }) => `channel ${command}`),
  ...world.erp.calls.map(
    ({ command, given }) => `erp ${command} ${given.decision}${given.execute === true ? ' execute' : ''}`,
  ),
]

describe('carrying out a decision', () => {
  it.each<[string, 'approved' | 'rejected', Shop, Partial<Refund>, string[], string]>([
    ['the ERP pays', 'approved', { payer: 'erp' }, {}, ['erp writeBackRefund approved execute'], '已回写'],
    [
      'the channel pays, the ERP is told',
      'approved',
      { payer: 'channel' },
      {},
      ['channel agreeRefund', 'erp writeBackRefund approved'],
      '已回写',
    ],
    [
      'a person pays, the ERP is told',
      'approved',
      { payer: 'person' },
      {},
      ['erp writeBackRefund approved'],
      '已回写',
    ],
    [
      'the channel alone knows it',
      'approved',
      { payer: 'erp' },
      { refs: { 'douyin-shop': no } },
      ['channel agreeRefund'],
      '无需',
    ],
    [
      'the ERP alone knows it',
      'approved',
      { payer: 'channel' },
      { refs: { jushuitan: 'js-1' } },
      ['erp writeBackRefund approved execute'],
      '已回写',
    ],
    [
      'a return on the channel is agreed as a return',
      'approved',
      { payer: 'channel' },
      { kind: 'return-and-refund' },
      ['channel agreeReturn', 'erp writeBackRefund approved'],
      '已回写',
    ],
    [
      'a rejection goes to both',
      'rejected',
      { payer: 'erp' },
      {},
      ['channel refuseRefund', 'erp writeBackRefund rejected'],
      '已回写',
    ],
    [
      'a rejection where only the ERP knows it',
      'rejected',
      { payer: 'erp' },
      { refs: { jushuitan: 'js-1' } },
      ['erp writeBackRefund rejected'],
      '已回写',
    ],
  ])('%s', async (_, decision, shop, refund, expected, writeBack) => {
    const world = await decided(decision, { shop, refund })
    await world.runJobs()
    expect(commands(world)).toEqual(expected)
    expect(await world.row(table, no)).toMatchObject({ writeBack })
    // A return that was agreed is paid when the goods are back.
    const pays = decision === 'approved' && shop?.payer !== 'person' && refund.kind === undefined ? 1 : 0
    expect(world.channel.executed.length + world.erp.executed.length).toBe(pays)
    expect(await world.openAlerts()).toEqual([])
  })

  it('sends what people approved, with the other side’s own number', async () => {
    const world = await decided('approved')
    await world.runJobs()
    expect(world.erp.calls[0]?.given).toMatchObject({
      ref: 'js-1',
      refundNo: no,
      amount: 9900,
      remark: '飞书审批已同意',
    })
  })

  it('does not claim a write-back that shadow mode only recorded', async () => {
    const world = await decided('approved')
    world.erp.answers.writeBackRefund = { outcome: 'done', already: false, detail: { shadow: true } }
    await world.runJobs()
    const row = await world.within((ctx) => ctx.rows.get(table, no))
    expect(row).toMatchObject({ writeBack: '无需', status: '已同意' })
  })

  it('run twice executes once', async () => {
    const world = await decided('approved', { shop: { payer: 'channel' } })
    await world.runJobs()
    await world.within(async () => {
      await world.deps.jobs.enqueueTask({} as never, {
        job: 'refund-review.carry-out',
        key: subject,
        input: { platform: 'douyin', refundNo: no, source: '' },
        trace: 't',
      })
    })
    await world.runJobs()
    expect(world.channel.calls.length).toBeGreaterThan(1)
    expect(world.channel.executed).toEqual([no])
  })

  it('goes on where it stopped when the ERP does not answer: the channel is not paid twice', async () => {
    const world = await decided('approved', { shop: { payer: 'channel' } })
    world.erp.answers.writeBackRefund = new AppError('erp_timeout', 'no answer', {
      retry: 'backoff',
      outcome: 'unknown',
    })
    await expect(world.runJobs()).rejects.toMatchObject({ code: 'erp_timeout' })
    expect(await world.row(table, no)).toMatchObject({ status: '已同意' })
    world.erp.answers = {}
    await world.runJobs()
    expect(world.channel.executed).toEqual([no])
    expect(await world.row(table, no)).toMatchObject({ writeBack: '已回写' })
  })

  it.each(['refunded', 'withdrawn', 'refused', 'failed'] as const)(
    'does nothing when the other side has ended it meanwhile (%s)',
    async (stage) => {
      const world = await decided('approved')
      await world.storeRefund(aRefund({ refs: both, stage }))
      await world.runJobs()
      expect(commands(world)).toEqual([])
    },
  )
})

describe('a decision that cannot be carried out', () => {
  it.each<[string, Shop, (world: PlaybookWorld) => void, string]>([
    [
      'the payer refuses',
      { payer: 'channel' },
      (world) => {
        world.channel.answers.agreeRefund = refusedBy('aftersale_closed', '该售后单已关闭')
      },
      '该售后单已关闭',
    ],
    [
      'the ERP refuses',
      { payer: 'erp' },
      (world) => {
        world.erp.answers.writeBackRefund = refusedBy('locked', '单据已锁定')
      },
      '单据已锁定',
    ],
    [
      'the channel does not offer it',
      { payer: 'channel' },
      (world) => {
        world.channel.offers = []
      },
      '不支持由系统同意',
    ],
    [
      'the ERP does not offer it',
      { payer: 'erp' },
      (world) => {
        world.erp.offers = []
      },
      '不支持回写',
    ],
  ])('%s: a person is called, with the reason', async (_, shop, spoil, reason) => {
    const world = await decided('approved', { shop })
    spoil(world)
    await world.runJobs()
    expect(await world.row(table, no)).toMatchObject({ status: '需人工' })
    expect(await world.openAlerts()).toEqual([`refund_needs_person ${no}`])
    const alerts = await database.pool.query('select text from alerts')
    expect(alerts.rows[0].text).toContain(reason)
    expect(await world.card(refundCard, subject)).toMatchObject({ status: '需人工', byHand: true })
    expect([...world.channel.executed, ...world.erp.executed]).toEqual([])
  })

  it('says so on the card until the person’s work is confirmed by the other side', async () => {
    const world = await decided('approved', { shop: { payer: 'channel' } })
    world.channel.answers.agreeRefund = refusedBy('aftersale_closed', '该售后单已关闭')
    await world.runJobs()
    const { toast } = await world.press(refundCard, subject, 'paid', zhao)
    expect(toast).toMatchObject({ type: 'info' })
    expect(await world.row(table, no)).toMatchObject({ status: '需人工' })
    const paid = aRefund({ refs: both, stage: 'refunded' })
    world.onRefresh(async () => world.refundCame(paid, { before: aRefund({ refs: both }) }))
    await world.runJobs()
    expect(await world.row(table, no)).toMatchObject({ status: '已退款' })
    expect(await world.openAlerts()).toEqual([])
  })

  it('may be reported done by finance only', async () => {
    const world = await decided('approved', { shop: { payer: 'person' } })
    await world.runJobs()
    const before = world.waiting()
    expect((await world.press(refundCard, subject, 'paid', lin)).toast.content).toContain('财务')
    expect(world.waiting()).toEqual(before)
  })
})

describe('watching for the other side’s confirmation', () => {
  it('asks every system that knows the refund, ever more rarely, until it ended', async () => {
    const world = await decided('approved')
    await world.runJobs()
    const gaps: number[] = []
    for (let round = 0; round < 15; round++) {
      let waited = 0
      while ((await world.runJobs()).length === 0) {
        world.clock.advance(500)
        waited += 500
        if (waited > 40_000) {
          world.clock.advance(24 * 3_600_000)
          waited = Number.POSITIVE_INFINITY
        }
      }
      gaps.push(waited)
    }
    expect(world.refreshed.slice(0, 2).sort()).toEqual([
      'refunds 700001 douyin-shop',
      'refunds js-1 jushuitan',
    ])
    expect([...gaps].sort((a, b) => a - b)).toEqual(gaps)
    await world.storeRefund(aRefund({ refs: both, stage: 'refunded' }))
    world.clock.advance(24 * 3_600_000)
    await world.runJobs()
    expect(world.waiting()).toEqual([])
  })

  it('asks the channel although the ERP does not answer', async () => {
    const world = await decided('approved')
    world.onRefresh((_kind, connector) => {
      if (connector === 'jushuitan') throw new AppError('refresh_no_source', 'no such system')
    })
    await world.runJobs()
    world.clock.advance(2_000)
    expect(await world.runJobs()).toEqual(['refund-review.watch'])
    expect(world.waiting()).toEqual([`refund-review.watch ${subject}`])
  })

  it('is tried again when nobody answers', async () => {
    const world = await decided('approved')
    await world.runJobs()
    world.onRefresh(() => {
      throw new AppError('down', 'nobody answers', { retry: 'backoff' })
    })
    world.clock.advance(2_000)
    await expect(world.runJobs()).rejects.toMatchObject({ code: 'down' })
  })
})
