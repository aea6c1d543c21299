/**
 * A quota per minute is counted in slices of 5 s: a call is granted while its own slice and the twelve before it hold
 * less than the quota. That covers at least 60 s, so no minute, wherever it starts, sees more than the quota.
 */
const sliceMs = 5_000
const slicesBefore = 12

export interface Slice {
  key: string
  earlier: string[]
  endsAt: number
  /** Until then the slice still counts. */
  keptUntil: number
}

/** The slice `now` falls into, and the keys of those that still count beside it. */
export function sliceAt(key: string, now: number): Slice {
  const number = Math.floor(now / sliceMs)
  const endsAt = (number + 1) * sliceMs
  return {
    key: `${key}@${number}`,
    earlier: Array.from({ length: slicesBefore }, (_, i) => `${key}@${number - 1 - i}`),
    endsAt,
    keptUntil: endsAt + slicesBefore * sliceMs,
  }
}
