/** Counts what an address sends that could not be verified. Verified traffic is never counted, nor held back. */
export interface UnverifiedLimit {
  /** Records one unverified request; true when the address has sent too many. */
  isExceeded(address: string, nowMs: number): boolean
}

interface Bucket {
  tokens: number
  at: number
}

/** A token bucket per address. Memory is bounded: the address seen first is forgotten first. */
export function createUnverifiedLimit(
  options: { perMinute?: number; maxAddresses?: number } = {},
): UnverifiedLimit {
  const perMinute = options.perMinute ?? 120
  const maxAddresses = options.maxAddresses ?? 10_000
  const buckets = new Map<string, Bucket>()

  const refilled = (address: string, nowMs: number): Bucket => {
    const bucket = buckets.get(address)
    if (bucket === undefined) return { tokens: perMinute, at: nowMs }
    const gained = (Math.max(0, nowMs - bucket.at) / 60_000) * perMinute
    return { tokens: Math.min(perMinute, bucket.tokens + gained), at: nowMs }
  }

  return {
    isExceeded(address, nowMs) {
      const bucket = refilled(address, nowMs)
      const exceeded = bucket.tokens < 1
      if (!exceeded) bucket.tokens -= 1
      buckets.delete(address)
      buckets.set(address, bucket)
      if (buckets.size > maxAddresses) {
        const oldest = buckets.keys().next().value
        if (oldest !== undefined) buckets.delete(oldest)
      }
      return exceeded
    },
  }
}
