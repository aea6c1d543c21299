import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import { Pool } from 'pg'
import * as schema from './schema/index.ts'

export type Schema = typeof schema
export type Db = NodePgDatabase<Schema>
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0]
/** Where a statement runs: the pool, or the transaction of the caller. */
export type Executor = Db | Tx

export interface Database {
  readonly url: string
  readonly db: Db
  readonly pool: Pool
  /** Waits for the connections in use, then closes all. Safe to call twice. */
  close(): Promise<void>
}

export interface DatabaseOptions {
  /** Most connections of this process; 10 when absent. */
  max?: number
  /** Told when a connection is lost; the next statement gets a new one. */
  onError?: (error: Error) => void
}

/** Opens a pool on a PostgreSQL server. A lost connection fails the statement that used it, never the process. */
export function openDatabase(url: string, options: DatabaseOptions = {}): Database {
  const onError = options.onError ?? (() => undefined)
  const pool = new Pool({
    connectionString: url,
    max: options.max ?? 10,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    application_name: 'huiliu',
  })
  pool.on('error', onError)
  // The pool only listens on idle connections; one lost while it is checked out would be an unhandled 'error'.
  pool.on('connect', (client) => client.on('error', () => undefined))
  let closing: Promise<void> | undefined
  return {
    url,
    pool,
    db: drizzle(pool, { schema }),
    close: () => {
      closing ??= pool.end()
      return closing
    },
  }
}
