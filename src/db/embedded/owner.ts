import { setTimeout as delay } from 'node:timers/promises'
import type { Client } from 'pg'
import { AppError } from '#src/errors.ts'
import { createLastingClient } from '../lasting-client.ts'
import type { Place } from './place.ts'
import { databaseName, embeddedUrl } from './record.ts'

/** Session lock in the database `postgres`: who has it is the Huiliu of this data directory. */
const ownerLock = 7_411_002

export interface Ownership {
  /** Settles when the connection that carries the lock is gone: the server died, or we let go. */
  readonly ended: Promise<void>
  release(): Promise<void>
}

/**
 * Takes the lock that tells a running Huiliu from an orphaned server, and creates our database when it is missing.
 * @throws AppError `database_in_use`
 */
export async function takeOwnership(place: Place, port: number): Promise<Ownership> {
  const client = createLastingClient(embeddedUrl(place.record, port, 'postgres'), 'huiliu-owner')
  const ended = Promise.withResolvers<void>()
  client.on('error', () => ended.resolve())
  client.on('end', () => ended.resolve())
  await client.connect()
  const release = () => client.end().catch(() => undefined)
  if (!(await tryLock(client))) {
    await release()
    throw inUse(place.dataDir)
  }
  const found = await client.query('select 1 from pg_database where datname = $1', [databaseName])
  if (found.rowCount === 0) await client.query(`create database ${databaseName}`)
  return { ended: ended.promise, release }
}

/** The server needs a moment to notice that a killed Huiliu is gone. */
async function tryLock(client: Client): Promise<boolean> {
  for (let attempt = 1; attempt <= 10; attempt += 1) {
    const { rows } = await client.query('select pg_try_advisory_lock($1) as taken', [ownerLock])
    if (rows[0]?.taken === true) return true
    await delay(150)
  }
  return false
}

export function inUse(dataDir: string): AppError {
  return new AppError(
    'database_in_use',
    `Another Huiliu is running on ${dataDir}. Stop it first, or give this one a data directory of its own (HUILIU_DATA). 另一个汇流正在使用该数据目录：请先停止它，或用 HUILIU_DATA 指定别的目录。`,
    { context: { dataDir } },
  )
}
