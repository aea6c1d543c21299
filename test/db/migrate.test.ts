import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { openDatabase } from '#src/db/database.ts'
import { migrate } from '#src/db/migrate.ts'
import * as schema from '#src/db/schema/index.ts'
import { urlOfDatabase } from '../support/database-url.ts'

describe('migrations', () => {
  const name = `empty_${randomUUID().slice(0, 8)}`
  const onServer = async (statement: string) => {
    const client = new Client({ connectionString: inject('databaseServer') })
    await client.connect()
    await client.query(statement)
    await client.end()
  }
  beforeAll(() => onServer(`create database ${name}`))
  afterAll(() => onServer(`drop database ${name} with (force)`))

  it('bring an empty database to the schema once, however many processes start at once', async () => {
    const url = urlOfDatabase(inject('databaseServer'), name)
    await Promise.all([migrate(url), migrate(url), migrate(url)])
    await migrate(url)
    const database = openDatabase(url)
    for (const table of Object.values(schema)) expect(await database.db.select().from(table)).toEqual([])
    const { rows } = await database.db.execute(
      sql`select hash, count(*)::int as times from drizzle.__drizzle_migrations group by hash`,
    )
    expect(rows.every((row) => row.times === 1)).toBe(true)
    await database.close()
  })

  it('that cannot be run say so with a code', async () => {
    const url = urlOfDatabase(inject('databaseServer'), 'no_such_database')
    await expect(migrate(url)).rejects.toMatchObject({ code: 'database_migration_failed' })
  })
})
