import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
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
    await expect(migrate(url)).rejects.toMatchObject({ code: 'database_not_reachable' })
  })

  it('by a user without rights name the right that is missing, and never the password', async () => {
    const user = `reader_${randomUUID().slice(0, 8)}`
    await onServer(`create role ${user} login password 'CANARY-password'`)
    const url = new URL(urlOfDatabase(inject('databaseServer'), name))
    url.username = user
    url.password = 'CANARY-password'
    const refused = await migrate(url.href).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 'database_migration_failed' })
    expect(String(refused)).toMatch(/permission denied.*建表权限/)
    expect(String(refused)).not.toContain('CANARY')
    url.password = 'CANARY-wrong'
    const unknown = await migrate(url.href).catch((error: unknown) => error)
    expect(String(unknown)).toMatch(/password authentication failed.*DATABASE_URL/)
    expect(String(unknown)).not.toContain('CANARY')
    await onServer(`drop role ${user}`)
  })

  it('against something that is no PostgreSQL end with the setting to change', async () => {
    const server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(
      0,
      '127.0.0.1',
    )
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const failed = await migrate(`postgres://me:CANARY@127.0.0.1:${port}/x`).catch((error: unknown) => error)
    expect(failed).toMatchObject({ code: 'database_not_reachable' })
    expect(String(failed)).toContain(`127.0.0.1:${port}`)
    expect(String(failed)).not.toContain('CANARY')
    server.close()
  })
})
