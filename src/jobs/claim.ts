import { type SQL, sql } from 'drizzle-orm'
import type { Client } from 'pg'
import { createLastingClient } from '#src/db/lasting-client.ts'
import { tasks } from '#src/db/schema/index.ts'

/** First half of the advisory lock of a task; the second is its id. */
const lockClass = 7411
const idRange = 2_147_483_647

/** SQL condition on `tasks`: some process is running this task right now. */
export const isClaimed: SQL = sql`exists (
  select 1 from pg_locks l
  where l.locktype = 'advisory' and l.objsubid = 2 and l.classid::bigint = ${sql.raw(String(lockClass))}
    and l.objid::bigint = ${tasks.id} % ${sql.raw(String(idRange))}
    and l.database = (select oid from pg_database where datname = current_database()))`

export interface Claims {
  /** Whether this process may run the task now; release it afterwards. */
  take(id: number): Promise<boolean>
  release(id: number): Promise<void>
  close(): Promise<void>
}

/**
 * Who runs which task, as session locks on one connection of this process: after a kill -9 they are free at once,
 * without any lease to wait for.
 */
export function createClaims(url: string): Claims {
  const mine = new Set<number>()
  let connection: Promise<Client> | undefined

  const connect = async () => {
    const client = createLastingClient(url, 'huiliu-tasks')
    const forget = () => {
      connection = undefined
    }
    client.on('error', forget)
    client.on('end', forget)
    await client.connect()
    return client
  }
  let previous: Promise<unknown> = Promise.resolve()
  /** One after the other: the driver does not queue statements of one connection for us. */
  const query = (text: string, id: number): Promise<boolean> => {
    const result = previous.then(() => queryNow(text, id))
    previous = result.catch(() => undefined)
    return result
  }
  const queryNow = async (text: string, id: number): Promise<boolean> => {
    connection ??= connect()
    try {
      const { rows } = await (await connection).query(text, [lockClass, id % idRange])
      return rows[0]?.done === true
    } catch (error) {
      connection = undefined
      throw error
    }
  }
  return {
    take: async (id) => {
      // A session may take its own lock twice, so the process keeps its own list as well.
      if (mine.has(id)) return false
      mine.add(id)
      const taken = await query('select pg_try_advisory_lock($1, $2) as done', id).catch((error: unknown) => {
        mine.delete(id)
        throw error
      })
      if (!taken) mine.delete(id)
      return taken
    },
    release: async (id) => {
      // A lost connection has released it already.
      if (connection !== undefined)
        await query('select pg_advisory_unlock($1, $2) as done', id).catch(() => undefined)
      mine.delete(id)
    },
    close: async () => {
      const client = await connection?.catch(() => undefined)
      await client?.end().catch(() => undefined)
    },
  }
}
