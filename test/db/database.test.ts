import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { openDatabase } from '#src/db/database.ts'
import { settings } from '#src/db/schema/index.ts'
import { useDatabase } from '../support/database.ts'

describe('the database', () => {
  const database = useDatabase()

  it('stores what a committed transaction wrote', async () => {
    await database.db.transaction(async (tx) => {
      await tx.insert(settings).values({ key: 'world', value: { id: 'w1' }, updatedAt: 1 })
    })
    expect(await database.db.select().from(settings)).toEqual([
      { key: 'world', value: { id: 'w1' }, updatedAt: 1 },
    ])
  })

  it('reports a connection that the server ended, and goes on with a new one', async () => {
    const errors: string[] = []
    const second = openDatabase(database.url, { max: 1, onError: (error) => errors.push(error.message) })
    const { rows } = await second.db.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`)
    const lost = new Promise((resolve) => second.pool.once('error', resolve))
    await database.db.execute(sql`select pg_terminate_backend(${rows[0]?.pid})`)
    await lost
    expect((await second.db.execute(sql`select 1 as one`)).rows).toEqual([{ one: 1 }])
    expect(errors).toHaveLength(1)
    await second.close()
  })

  it('survives a connection lost in the middle of a transaction', async () => {
    const second = openDatabase(database.url, { max: 1 })
    const broken = second.db.transaction(async (tx) => {
      const { rows } = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`)
      await database.db.execute(sql`select pg_terminate_backend(${rows[0]?.pid})`)
      await tx.execute(sql`select 1`)
    })
    await expect(broken).rejects.toThrow()
    expect((await second.db.execute(sql`select 1 as one`)).rows).toEqual([{ one: 1 }])
    await second.close()
  })
})
