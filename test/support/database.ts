import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { afterAll, beforeAll, inject } from 'vitest'
import { type Database, openDatabase } from '#src/db/database.ts'
import { urlOfDatabase } from './database-url.ts'

/**
 * A fresh, migrated database for this test file, dropped at its end. Call it at the top of the file or in a
 * `describe`; what it returns works from `beforeAll` on.
 */
export function useDatabase(): Database {
  let database: Database | undefined
  const opened = (): Database => {
    if (database === undefined) throw new Error('The database is only there inside hooks and tests')
    return database
  }
  beforeAll(async () => {
    const url = await createDatabase()
    database = openDatabase(url)
  })
  afterAll(async () => {
    if (database === undefined) return
    await database.close()
    await onServer(`drop database if exists ${nameOf(database.url)} with (force)`)
  })
  return {
    get url() {
      return opened().url
    },
    get db() {
      return opened().db
    },
    get pool() {
      return opened().pool
    },
    close: () => opened().close(),
  }
}

/** A further copy of the migrated database; the run's server goes away with it at the end. Returns its URL. */
export async function createDatabase(): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '').slice(0, 12)}`
  await onServer(`create database ${name} template ${inject('databaseTemplate')}`)
  return urlOfDatabase(inject('databaseServer'), name)
}

function nameOf(url: string): string {
  return new URL(url).pathname.slice(1)
}

async function onServer(statement: string): Promise<void> {
  const client = new Client({ connectionString: inject('databaseServer') })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
