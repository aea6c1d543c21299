/** Fetches the single records that pushes (and jobs) said have changed. */
import type { Wakeups } from '#src/db/wake.ts'
import { messageOf, toAppError } from '#src/errors.ts'
import { nextDelay } from '#src/jobs/backoff.ts'
import { createLoop, type Loop } from '#src/jobs/loop.ts'
import { type ClaimedFetch, claimFetches, finishFetch, parkFetch, retryFetch } from './fetch-queue.ts'
import { fetchRecord } from './fetch-record.ts'
import type { PullDeps } from './pull.ts'
import type { IntakeSource } from './source.ts'
import { fetchesLane } from './want-fetches.ts'

export interface FetchLoopDeps extends PullDeps {
  sources: readonly IntakeSource[]
  wakeups: Pick<Wakeups, 'on'>
  /** Fetches at a time. */
  concurrency?: number
  pollMs?: number
}

/** A channel may announce a record before its own reads show it. */
const lagRetries = 6
const maxAttempts = 40

/**
 * Several records at once, the longest waiting first. One that hangs takes its own place only, so what a run starts
 * is not waited for by the run.
 */
export function createFetchLoop(deps: FetchLoopDeps): Loop {
  const limit = deps.concurrency ?? 8
  const active = new Set<Promise<void>>()

  const begin = (fetch: ClaimedFetch) => {
    const running = handleFetch(deps, fetch)
      .catch((error: unknown) => {
        deps.log.error({ trace: fetch.trace, reason: messageOf(error) }, 'fetch could not be recorded')
      })
      .finally(() => {
        active.delete(running)
        loop.nudge()
      })
    active.add(running)
  }
  const loop = createLoop({
    name: 'fetches',
    lanes: [fetchesLane],
    wakeups: deps.wakeups,
    pollMs: deps.pollMs ?? 2000,
    run: async () => {
      const free = limit - active.size
      if (free <= 0) return 'idle'
      const claimed = await claimFetches(deps.database, free, deps.now())
      for (const fetch of claimed) begin(fetch)
      return 'idle'
    },
    onError: (error) => deps.log.error({ reason: messageOf(error) }, 'fetch loop failed'),
  })
  return {
    ...loop,
    stop: async () => {
      await loop.stop()
      await Promise.allSettled(active)
    },
  }
}

async function handleFetch(deps: FetchLoopDeps, fetch: ClaimedFetch): Promise<void> {
  const source = deps.sources.find(
    ({ shop, connector }) => shop.id === fetch.shopId && connector.id === fetch.connector,
  )
  if (source === undefined) {
    const error = { code: 'fetch_unknown_source', message: 'This shop or connector is no longer configured' }
    return await parkFetch(deps.database, fetch, { error, announce: false, now: deps.now() })
  }
  try {
    const found = await fetchRecord(deps, { source, kind: fetch.resource, externalId: fetch.externalId })
    if (found) await finishFetch(deps.database, fetch, deps.now())
    else await notFound(deps, fetch)
  } catch (error) {
    await failed(deps, fetch, error)
  }
}

async function notFound(deps: FetchLoopDeps, fetch: ClaimedFetch): Promise<void> {
  const now = deps.now()
  const error = { code: 'record_not_found', message: 'Announced, but the other side does not know it' }
  if (fetch.attempts >= lagRetries)
    return await parkFetch(deps.database, fetch, { error, announce: false, now })
  await retryFetch(deps.database, fetch, { dueAt: now + 1000 * 2 ** fetch.attempts, error })
}

async function failed(deps: FetchLoopDeps, fetch: ClaimedFetch, thrown: unknown): Promise<void> {
  const error = toAppError(thrown)
  const now = deps.now()
  const kept = { code: error.code, message: error.message }
  deps.log.warn({ ...fetch, code: error.code, reason: error.message }, 'fetch failed')
  if (error.retry === 'never' || fetch.attempts + 1 >= maxAttempts)
    return await parkFetch(deps.database, fetch, { error: kept, announce: true, now })
  const dueAt =
    error.retry === 'backoff'
      ? now + nextDelay(fetch.attempts + 1)
      : Math.max(now, error.retry.after.getTime())
  await retryFetch(deps.database, fetch, { dueAt, error: kept })
}
