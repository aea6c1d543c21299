import { type SQL, sql } from 'drizzle-orm'
import type { Client } from 'pg'
import type { Executor } from './database.ts'
import { createLastingClient } from './lasting-client.ts'

const channel = 'huiliu'

/** Lanes a transaction has told already. A savepoint is a transaction of its own here: rolled back, it told nobody. */
const told = new WeakMap<Executor, Set<string>>()

/**
 * Tells every process that a lane has work, when (and only if) the caller's transaction commits. Repeating it in one
 * transaction costs nothing. PostgreSQL commits transactions that notify one after the other, so hot paths that
 * commit thousands a second nudge their own process instead (`Wakeups.nudge`) and leave other processes to their poll.
 */
export async function wake(executor: Executor, lane: string): Promise<void> {
  const lanes = told.get(executor)
  if (lanes?.has(lane)) return
  if ('rollback' in executor) told.set(executor, (lanes ?? new Set()).add(lane))
  await executor.execute(sql`select pg_notify(${channel}, ${lane})`)
}

/** The same as part of a statement that is run anyway: `select …, ${wakes('rows')} from …`. */
export const wakes = (lane: string): SQL => sql`pg_notify(${channel}, ${lane})`

export interface Wakeups {
  /** Calls `fn` when the lane may have work; also after every reconnect, because what was said meanwhile is lost. */
  on(lane: string, fn: () => void): () => void
  /** Wakes a lane of this process only. */
  nudge(lane: string): void
  /** Resolves once notifications of other connections are received. */
  readonly ready: Promise<void>
  close(): Promise<void>
}

export interface WakeupOptions {
  onError?: (error: Error) => void
}

/** One listening connection per process, opened again whenever it is lost. */
export function createWakeups(url: string, options: WakeupOptions = {}): Wakeups {
  const listeners = new Map<string, Set<() => void>>()
  const nudge = (lane: string) => {
    for (const fn of listeners.get(lane) ?? []) fn()
  }
  const connection = keepListening(url, {
    heard: nudge,
    reconnected: () => {
      for (const lane of listeners.keys()) nudge(lane)
    },
    failed: options.onError ?? (() => undefined),
  })
  return {
    nudge,
    ready: connection.ready,
    close: connection.close,
    on: (lane, fn) => {
      const fns = listeners.get(lane) ?? new Set()
      listeners.set(lane, fns.add(fn))
      return () => fns.delete(fn)
    },
  }
}

interface Ears {
  heard(lane: string): void
  reconnected(): void
  failed(error: Error): void
}

function keepListening(url: string, ears: Ears): { ready: Promise<void>; close(): Promise<void> } {
  const ready = Promise.withResolvers<void>()
  let client: Client | undefined
  let timer: NodeJS.Timeout | undefined
  let closed = false
  let failures = 0

  const connect = async () => {
    const fresh = createLastingClient(url, 'huiliu-wakeups')
    client = fresh
    fresh.on('notification', ({ payload }) => ears.heard(payload ?? ''))
    fresh.on('error', ears.failed)
    fresh.on('end', () => again())
    await fresh.connect()
    await fresh.query(`listen ${channel}`)
    failures = 0
    ready.resolve()
    ears.reconnected()
  }
  const again = () => {
    if (closed || timer !== undefined) return
    timer = setTimeout(open, Math.min(5000, 100 * 2 ** failures))
    failures += 1
  }
  const open = () => {
    timer = undefined
    if (closed) return
    connect().catch((error: unknown) => {
      ears.failed(error instanceof Error ? error : new Error(String(error)))
      client?.end().catch(() => undefined)
      again()
    })
  }
  open()
  return {
    ready: ready.promise,
    close: async () => {
      closed = true
      clearTimeout(timer)
      ready.resolve()
      await client?.end().catch(() => undefined)
    },
  }
}
