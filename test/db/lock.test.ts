import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { type HeldLock, holdLock } from '#src/db/lock.ts'
import { useDatabase } from '../support/database.ts'

describe('a lock across processes', () => {
  const database = useDatabase()

  it('is held by one at a time, and every holder gets a higher fence', async () => {
    const first = await holdLock(database, 'base:main')
    expect(first?.held()).toBe(true)
    expect(await holdLock(database, 'base:main')).toBeNull()
    const other = await holdLock(database, 'base:other')
    expect(other?.held()).toBe(true)
    await first?.release()
    expect(first?.held()).toBe(false)
    const second = await holdLock(database, 'base:main')
    expect(second?.fence).toBeGreaterThan(first?.fence ?? 0)
    await second?.release()
    await other?.release()
  })

  it('is known to be lost when its connection breaks', async () => {
    const lock = await holdLock(database, 'base:main')
    await database.db.execute(
      sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'huiliu-lock' and datname = current_database()`,
    )
    await lock?.ended
    expect(lock?.held()).toBe(false)
    // The server says goodbye before it lets go of the lock.
    let next: HeldLock | null = null
    await expect
      .poll(async () => {
        next ??= await holdLock(database, 'base:main')
        return next?.held()
      })
      .toBe(true)
    await (next as HeldLock | null)?.release()
    await lock?.release()
  })
})
