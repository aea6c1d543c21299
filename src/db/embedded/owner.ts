import { Client } from 'pg'
import { AppError } from '#src/errors.ts'
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
  const client = new Client({
    connectionString: embeddedUrl(place.record, port, 'postgres'),
    application_name: 'huiliu-owner',
    keepAlive: true,
  })
  const ended = Promise.withResolvers<void>()
  client.on('error', () => ended.resolve())
  client.on('end', () => ended.resolve())
  await client.connect()
  const release = () => client.end().catch(() => undefined)
  const { rows } = await client.query('select pg_try_advisory_lock($1) as taken', [ownerLock])
  if (rows[0]?.taken !== true) {
    await release()
    throw inUse(place.dataDir)
  }
  const found = await client.query('select 1 from pg_database where datname = $1', [databaseName])
  if (found.rowCount === 0) await client.query(`create database ${databaseName}`)
  return { ended: ended.promise, release }
}

export function inUse(dataDir: string): AppError {
  return new AppError(
    'database_in_use',
    `Another Huiliu is running on ${dataDir}. Stop it first, or give this one a data directory of its own (HUILIU_DATA). 另一个汇流正在使用该数据目录：请先停止它，或用 HUILIU_DATA 指定别的目录。`,
    { context: { dataDir } },
  )
}
