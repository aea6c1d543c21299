import { sliceAt } from './quota-window.ts'
import type { LimitStore, PaceAnswer, PaceRequest, QuotaAnswer, QuotaRequest } from './types.ts'

interface Entry {
  /** Theoretical arrival time (pace) or the turns taken (slice of a quota). */
  value: number
  pausedUntil: number
  keptUntil: number
}

const sweepAbove = 5_000

/** Counts of this process alone: for keys that only it uses, and where there is no database. */
export function createMemoryStore(): LimitStore {
  const entries = new Map<string, Entry>()

  const sweep = (now: number) => {
    if (entries.size < sweepAbove) return
    for (const [key, entry] of entries) if (entry.keptUntil < now) entries.delete(key)
  }

  const takePace = ({ key, pace, turns, now, latest }: PaceRequest): PaceAnswer => {
    const { value, pausedUntil } = entries.get(key) ?? { value: 0, pausedUntil: 0 }
    const base = Math.max(value, pausedUntil, now)
    const first = Math.max(base - pace.toleranceMs, pausedUntil, now)
    if (first > latest) return { granted: false, readyAt: first }
    sweep(now)
    const tat = base + turns * pace.intervalMs
    entries.set(key, { value: tat, pausedUntil, keptUntil: Math.max(tat, pausedUntil) })
    return { granted: true, first: base - pace.toleranceMs, notBefore: Math.max(pausedUntil, now) }
  }

  const takeQuota = ({ key, perMinute, turns, now }: QuotaRequest): QuotaAnswer => {
    const slice = sliceAt(key, now)
    const own = entries.get(slice.key)?.value ?? 0
    const earlier = slice.earlier.reduce((sum, name) => sum + (entries.get(name)?.value ?? 0), 0)
    if (own + earlier + turns > perMinute) return { granted: false, readyAt: slice.endsAt }
    sweep(now)
    entries.set(slice.key, { value: own + turns, pausedUntil: 0, keptUntil: slice.keptUntil })
    return { granted: true, expiresAt: slice.endsAt }
  }

  return {
    takePace: async (request) => takePace(request),
    takeQuota: async (request) => takeQuota(request),
    pause: async (key, untilMs) => {
      const entry = entries.get(key) ?? { value: 0, pausedUntil: 0, keptUntil: 0 }
      const pausedUntil = Math.max(entry.pausedUntil, untilMs)
      entries.set(key, { ...entry, pausedUntil, keptUntil: Math.max(entry.keptUntil, pausedUntil) })
    },
  }
}
