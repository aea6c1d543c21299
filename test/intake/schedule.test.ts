import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { holdLock } from '#src/db/lock.ts'
import { type Intake, type IntakeDeps, startIntake } from '#src/intake/schedule.ts'
import { useDatabase } from '../support/database.ts'
import { intakeDeps } from './intake-deps.ts'
import { anOrder, startMs } from './records.ts'
import { createShelf, type Shelf, shelfSource } from './shelf-connector.ts'

const database = useDatabase()
let shelf: Shelf
let running: Intake[] = []

beforeEach(async () => {
  await database.pool.query('truncate orders, raw_records, events, cursors, settings, tokens')
  shelf = createShelf(startMs)
})
afterEach(async () => {
  await Promise.all(running.map((intake) => intake.stop()))
  running = []
})

function start(hooks: IntakeDeps['hooks'] = {}): Intake {
  const intake = startIntake({
    ...intakeDeps(database, shelf),
    sources: [shelfSource(shelf)],
    pollSeconds: 3600,
    hooks,
  })
  running.push(intake)
  return intake
}
const stored = async () =>
  (await database.pool.query('select order_no from orders')).rows.map((r) => r.order_no)

describe('the intake', () => {
  it('pulls every resource at once, reports it, and stops', async () => {
    shelf.orders.push(anOrder({ orderNo: 'a', version: startMs - 1 }))
    const pulled: string[] = []
    const intake = start({
      onPulled: (source, kind, report) => pulled.push(`${source.connector.id} ${kind} ${report.created}`),
    })
    await expect.poll(() => pulled.toSorted()).toEqual(['shelf orders 1', 'shelf refunds 0'])
    expect(await stored()).toEqual(['a'])
    await intake.stop()
  })

  it('leaves a resource to the process that is at it', async () => {
    const other = await holdLock(database, 'pull:shop-1/shelf:orders')
    shelf.orders.push(anOrder({ orderNo: 'a', version: startMs - 1 }))
    const pulled: string[] = []
    const intake = start({ onPulled: (_source, kind) => pulled.push(kind) })
    await expect.poll(() => pulled).toEqual(['refunds'])
    expect(await stored()).toEqual([])
    await other?.release()
    await expect
      .poll(async () => {
        intake.nudge()
        return await stored()
      })
      .toEqual(['a'])
  })

  it('keeps the reason and the lag of a failing pull, and recovers', async () => {
    shelf.orders.push(anOrder({ orderNo: 'a', version: startMs - 1 }))
    shelf.beforePage = () => {
      throw new Error('channel down')
    }
    const seen: string[] = []
    const intake = start({
      onError: (_source, kind) => seen.push(`error ${kind}`),
      onLag: (_source, kind, lag) => kind === 'orders' && seen.push(lag > 0 ? 'behind' : 'caught up'),
    })
    await expect.poll(() => seen).toEqual(['error orders', 'behind'])
    const { rows } = await database.pool.query(
      `select failures, last_error from cursors where resource = 'orders'`,
    )
    expect(rows).toEqual([{ failures: 1, last_error: { code: 'unexpected', message: 'channel down' } }])
    shelf.beforePage = () => undefined
    intake.nudge()
    await expect.poll(() => seen.at(-1)).toBe('caught up')
    expect(await stored()).toEqual(['a'])
  })
})
