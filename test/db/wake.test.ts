import { sql } from 'drizzle-orm'
import { afterEach, describe, expect, it } from 'vitest'
import { createWakeups, type Wakeups, wake } from '#src/db/wake.ts'
import { useDatabase } from '../support/database.ts'

describe('wake-ups', () => {
  const database = useDatabase()
  let wakeups: Wakeups
  afterEach(() => wakeups.close())

  const next = (lane: string) =>
    new Promise<void>((resolve) => {
      const off = wakeups.on(lane, () => {
        off()
        resolve()
      })
    })

  it('arrive when the transaction commits, in their own lane only', async () => {
    wakeups = createWakeups(database.url)
    await wakeups.ready
    const lanes: string[] = []
    wakeups.on('rows', () => lanes.push('rows'))
    wakeups.on('cards', () => lanes.push('cards'))
    const cards = next('cards')
    await database.db.transaction(async (tx) => {
      await wake(tx, 'cards')
      await wake(tx, 'cards')
    })
    await cards
    expect(lanes).toEqual(['cards'])
  })

  it('do not arrive when the transaction is rolled back', async () => {
    wakeups = createWakeups(database.url)
    await wakeups.ready
    const lanes: string[] = []
    wakeups.on('rows', () => lanes.push('rows'))
    const rolledBack = database.db.transaction(async (tx) => {
      await wake(tx, 'rows')
      throw new Error('no')
    })
    await expect(rolledBack).rejects.toThrow('no')
    // Notifications keep their order, so a later one proves that the first will not come.
    const end = next('end')
    await wake(database.db, 'end')
    await end
    expect(lanes).toEqual([])
  })

  it('wake every lane again after the listening connection was lost', async () => {
    wakeups = createWakeups(database.url)
    await wakeups.ready
    const woken = next('rows')
    await database.db.execute(
      sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'huiliu-wakeups' and datname = current_database()`,
    )
    await woken
    const heard = next('cards')
    await wake(database.db, 'cards')
    await heard
  })

  it('can be given to this process alone', async () => {
    wakeups = createWakeups(database.url)
    const heard = next('inbox')
    wakeups.nudge('inbox')
    await heard
  })
})
