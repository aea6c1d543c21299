import { beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '#src/errors.ts'
import { createOutward, type OutwardDeps } from '#src/intake/outward.ts'
import { useDatabase } from '../support/database.ts'
import { intakeDeps } from './intake-deps.ts'
import { startMs } from './records.ts'
import { createShelf, type Shelf, shelfSource } from './shelf-connector.ts'

const database = useDatabase()
let shelf: Shelf
beforeEach(async () => {
  await database.pool.query('truncate outward, tokens')
  shelf = createShelf(startMs)
})

const process = (mode: OutwardDeps['mode'] = 'live') =>
  createOutward({ ...intakeDeps(database, shelf), sources: [shelfSource(shelf)], mode })
const command = {
  refundNo: '700001',
  orderNo: '1',
  ref: '700001',
  amount: 9900,
  kind: 'refund-only',
  reason: '',
  remark: '主管同意',
} as const
const rows = async () => (await database.pool.query('select * from outward order by id')).rows

describe('outward commands', () => {
  it('are recorded before they leave and closed with what came back', async () => {
    let before: unknown[] = []
    shelf.beforeCommand = async () => {
      before = await rows()
    }
    const channel = await process().channel('shop-1', { trace: 'trace-1' })
    expect(await channel.agreeRefund(command)).toMatchObject({ outcome: 'done', already: false })
    expect(before).toMatchObject([{ state: 'open', command: 'agreeRefund', request: { amount: 9900 } }])
    expect(await rows()).toMatchObject([
      { state: 'done', subject: 'refund:shelf:700001', trace: 'trace-1', result: { outcome: 'done' } },
    ])
  })

  it('about one refund never run at the same time, also from two processes', async () => {
    let running = 0
    let most = 0
    shelf.beforeCommand = async () => {
      running += 1
      most = Math.max(most, running)
      await database.pool.query('select pg_sleep(0.02)')
      running -= 1
    }
    const channels = await Promise.all([process(), process()].map((one) => one.channel('shop-1')))
    await Promise.all(channels.flatMap((one) => [one.agreeRefund(command), one.agreeRefund(command)]))
    expect(most).toBe(1)
    expect(shelf.commands).toHaveLength(1)
  })

  it('that fail are kept with the reason, and thrown', async () => {
    shelf.beforeCommand = () => {
      throw new AppError('channel_timeout', 'no answer', { retry: 'backoff', outcome: 'unknown' })
    }
    const channel = await process().channel('shop-1')
    await expect(channel.agreeRefund(command)).rejects.toMatchObject({ code: 'channel_timeout' })
    expect(await rows()).toMatchObject([
      { state: 'failed', result: { code: 'channel_timeout', outcome: 'unknown' } },
    ])
  })

  it('are only recorded in shadow mode', async () => {
    const channel = await process('shadow').channel('shop-1')
    expect(await channel.agreeRefund(command)).toEqual({
      outcome: 'done',
      already: false,
      detail: { shadow: true },
    })
    expect(shelf.commands).toEqual([])
    expect(await rows()).toMatchObject([{ state: 'recorded' }])
  })

  it('are offered only where the channel has them', async () => {
    const outward = process()
    const channel = await outward.channel('shop-1')
    expect([channel.can('agreeRefund'), channel.can('refuseRefund')]).toEqual([true, false])
    await expect(channel.refuseRefund(command)).rejects.toMatchObject({ code: 'outward_unknown_command' })
    expect(await outward.erp('shop-1')).toBeUndefined()
    await expect(outward.channel('nobody')).rejects.toMatchObject({ code: 'outward_no_channel' })
  })
})
