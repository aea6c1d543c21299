import type { Client } from 'pg'
import { createLastingClient } from './lasting-client.ts'

export interface HeldLock {
  /** False once the connection that carries the lock was lost: stop writing. */
  held(): boolean
  /** Higher for every later holder of this name: lets the other side tell an old holder from the present one. */
  readonly fence: number
  /** Settles when the lock is lost or released. */
  readonly ended: Promise<void>
  release(): Promise<void>
}

const heartbeatMs = 5000

/**
 * Takes a lock that holds across processes and hosts and goes away with this process, however it ends. Null: another
 * holds it. It lives on a connection of its own, outside every pool.
 */
export async function holdLock(database: { url: string }, name: string): Promise<HeldLock | null> {
  const client = createLastingClient(database.url, 'huiliu-lock')
  const ended = Promise.withResolvers<void>()
  let held = true
  // A half-open connection says nothing by itself.
  const heartbeat = setInterval(() => client.query('select 1').catch(lose), heartbeatMs)
  heartbeat.unref()
  const lose = () => {
    held = false
    clearInterval(heartbeat)
    ended.resolve()
  }
  client.on('error', lose)
  client.on('end', lose)
  try {
    await client.connect()
    if (!(await tryLock(client, name))) {
      await release(client, lose)
      return null
    }
    const fence = await nextFence(client, name)
    return { held: () => held, fence, ended: ended.promise, release: () => release(client, lose) }
  } catch (error) {
    await release(client, lose)
    throw error
  }
}

async function tryLock(client: Client, name: string): Promise<boolean> {
  const { rows } = await client.query('select pg_try_advisory_lock(hashtextextended($1, 0)) as taken', [
    `huiliu:${name}`,
  ])
  return rows[0]?.taken === true
}

async function nextFence(client: Client, name: string): Promise<number> {
  const { rows } = await client.query(
    `insert into settings (key, value, updated_at) values ($1, '1', $2)
     on conflict (key) do update set value = to_jsonb(settings.value::text::bigint + 1), updated_at = $2
     returning value`,
    [`fence:${name}`, Date.now()],
  )
  return Number(rows[0]?.value)
}

async function release(client: Client, lose: () => void): Promise<void> {
  lose()
  await client.end().catch(() => undefined)
}
