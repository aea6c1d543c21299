import type { Pool } from 'pg'
import type { Clock } from '#src/clock.ts'
import { createDatabaseStore } from './database-store.ts'
import { createMemoryStore } from './memory-store.ts'
import type { LimitStore, Limits, Pace, Rate, Turn } from './types.ts'

/** Turns this process took in advance, in order. A turn is used at or after `at` and lost after `until`. */
type Lease = { at: number; until: number }[]

type PaceRate = Extract<Rate, { perSecond: number }>
type QuotaRate = Extract<Rate, { perMinute: number }>

interface Ask {
  key: string
  cost: number
  maxWaitMs: number
}

/** What a request to the store brought: turns, or the time to ask again. */
type Fetched = { turns: Lease } | { waitMs: number }

const paceOf = (rate: PaceRate): Pace => {
  const intervalMs = 1_000 / rate.perSecond
  return { intervalMs, toleranceMs: ((rate.burst ?? 1) - 1) * intervalMs }
}

const repeat = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i))

/** A turn not used soon is lost: kept turns used all at once would be a burst nobody counted. */
async function fetchPace(store: LimitStore, rate: PaceRate, ask: Ask, now: number): Promise<Fetched> {
  const pace = paceOf(rate)
  const turns = Math.max(ask.cost, rate.block ?? 1)
  const answer = await store.takePace({ key: ask.key, pace, turns, now, latest: now + ask.maxWaitMs })
  if (!answer.granted) return { waitMs: Math.max(1, answer.readyAt - now) }
  return {
    turns: repeat(turns, (i) => {
      const at = Math.max(answer.first + i * pace.intervalMs, answer.notBefore)
      return { at, until: Math.max(at, now) + turns * pace.intervalMs }
    }),
  }
}

/** A whole block, or when the minute has no room for that, just what is asked. */
async function fetchQuota(store: LimitStore, rate: QuotaRate, ask: Ask, now: number): Promise<Fetched> {
  const take = (turns: number) => store.takeQuota({ key: ask.key, perMinute: rate.perMinute, turns, now })
  let turns = Math.max(ask.cost, rate.block ?? 1)
  let answer = await take(turns)
  if (!answer.granted && turns > ask.cost) {
    turns = ask.cost
    answer = await take(turns)
  }
  if (!answer.granted) return { waitMs: Math.max(1, answer.readyAt - now) }
  const until = answer.expiresAt
  return { turns: repeat(turns, () => ({ at: now, until })) }
}

/** The turns this process holds, and the pauses it knows of. */
function createLeases(clock: Clock) {
  const leases = new Map<string, Lease>()
  const pauses = new Map<string, number>()

  const pausedUntil = (key: string): number => {
    const until = pauses.get(key) ?? 0
    if (until <= clock.now()) pauses.delete(key)
    return until
  }

  return {
    /** Takes what is held and was still good at `asOf`; undefined when that is not enough. */
    take({ key, cost, maxWaitMs }: Ask, asOf: number): Turn | undefined {
      const good = (leases.get(key) ?? []).filter((turn) => turn.until > asOf)
      const last = good[cost - 1]
      const waitMs =
        last === undefined ? 0 : Math.max(0, last.at - clock.now(), pausedUntil(key) - clock.now())
      const reserved = last !== undefined && waitMs <= maxWaitMs
      const left = reserved ? good.slice(cost) : good
      if (left.length > 0) leases.set(key, left)
      else leases.delete(key)
      return last === undefined ? undefined : { reserved, waitMs }
    },
    hold(key: string, turns: Lease) {
      leases.set(key, [...(leases.get(key) ?? []), ...turns])
    },
    pause(key: string, untilMs: number) {
      pauses.set(key, Math.max(pauses.get(key) ?? 0, untilMs))
    },
  }
}

/**
 * Limits shared by all processes through the table `limits` (in memory when there is no database). Turns of generous
 * limits are taken in blocks, so that most calls cost no round trip.
 */
export function createLimits(options: { database: { pool: Pool } | null; clock: Clock }): Limits {
  const { clock } = options
  const memory = createMemoryStore()
  const shared = options.database === null ? memory : createDatabaseStore(options.database.pool)
  const leases = createLeases(clock)
  /** One request per key at a time: the others may be served by what it brings. */
  const underway = new Map<string, Promise<unknown>>()

  const fetchTurns = async (rate: Rate, ask: Ask, now: number): Promise<Turn | undefined> => {
    const fetched =
      'perMinute' in rate
        ? await fetchQuota(shared, rate, ask, now)
        : await fetchPace(rate.local === true ? memory : shared, rate, ask, now)
    if ('waitMs' in fetched) return { reserved: false, waitMs: fetched.waitMs }
    leases.hold(ask.key, fetched.turns)
    return leases.take(ask, now)
  }

  const acquire = async (rate: Rate, ask: Ask): Promise<Turn> => {
    for (;;) {
      const held = leases.take(ask, clock.now())
      if (held !== undefined) return held
      const other = underway.get(ask.key)
      if (other !== undefined) {
        await other.catch(() => undefined)
        continue
      }
      const own = fetchTurns(rate, ask, clock.now()).finally(() => underway.delete(ask.key))
      underway.set(ask.key, own)
      const turn = await own
      if (turn !== undefined) return turn
    }
  }

  return {
    acquire: (key, rate, { cost = 1, maxWaitMs = Number.POSITIVE_INFINITY } = {}) =>
      acquire(rate, { key, cost, maxWaitMs }),
    pause: async (key, untilMs) => {
      leases.pause(key, untilMs)
      await shared.pause(key, untilMs)
    },
  }
}
