import { describe, expect, it } from 'vitest'
import { fixedClock } from '#src/clock.ts'
import { createUsage } from '#src/feishu/usage.ts'
import { silentLogger as log } from '#src/log.ts'
import { useDatabase } from '../support/database.ts'

const database = useDatabase()
const rows = async () =>
  (
    await database.pool.query(
      'select day::text, api, purpose, calls, failures from api_usage order by 1, 2, 3',
    )
  ).rows

describe('the budget meter', () => {
  it('adds calls by day of the shops, api and purpose, over several flushes and processes', async () => {
    // 23:59:59 in Shanghai
    const clock = fixedClock(Date.UTC(2026, 10, 21, 15, 59, 59))
    const one = createUsage({ database, clock, log })
    const other = createUsage({ database, clock, log })
    one.count('im.message.create', 'cards', true)
    one.count('im.message.create', 'cards', false)
    other.count('im.message.create', 'cards', true)
    await Promise.all([one.flush(), other.flush()])
    one.count('im.message.create', 'digest', true)
    clock.advance(1_000)
    one.count('im.message.create', 'cards', true)
    await one.close()
    await other.close()
    expect(await rows()).toEqual([
      { day: '2026-11-21', api: 'im.message.create', purpose: 'cards', calls: 3, failures: 1 },
      { day: '2026-11-21', api: 'im.message.create', purpose: 'digest', calls: 1, failures: 0 },
      { day: '2026-11-22', api: 'im.message.create', purpose: 'cards', calls: 1, failures: 0 },
    ])
  })

  it('keeps what it could not write for the next time', async () => {
    const clock = fixedClock(Date.UTC(2026, 11, 1))
    let broken = true
    const db = new Proxy(database.db, {
      get: (target, name) => {
        if (name === 'insert' && broken) throw new Error('connection lost')
        return Reflect.get(target, name)
      },
    })
    const usage = createUsage({ database: { db }, clock, log })
    usage.count('bitable.record.search', 'mirror', true)
    await usage.flush()
    broken = false
    usage.count('bitable.record.search', 'mirror', true)
    await usage.close()
    expect((await rows()).filter((row) => row.day === '2026-12-01')).toEqual([
      { day: '2026-12-01', api: 'bitable.record.search', purpose: 'mirror', calls: 2, failures: 0 },
    ])
  })
})
