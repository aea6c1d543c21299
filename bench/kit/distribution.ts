export interface Distribution {
  count: number
  mean: number
  p50: number
  p99: number
  max: number
}

/** Smallest value that at least `share` (0–1] of the values do not exceed; NaN when there are none. */
export function percentile(sorted: readonly number[], share: number): number {
  const rank = Math.max(1, Math.ceil(share * sorted.length))
  return sorted[rank - 1] ?? Number.NaN
}

export function distribution(values: readonly number[]): Distribution {
  const sorted = [...values].sort((a, b) => a - b)
  const sum = sorted.reduce((total, value) => total + value, 0)
  return {
    count: sorted.length,
    mean: sum / sorted.length,
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
    max: sorted.at(-1) ?? Number.NaN,
  }
}

export const median = (values: readonly number[]): number => distribution(values).p50

/** Most instants (ms) that fall into any window of `windowMs`, wherever it starts. */
export function mostWithin(instants: readonly number[], windowMs: number): number {
  const sorted = [...instants].sort((a, b) => a - b)
  let first = 0
  let most = 0
  sorted.forEach((at, index) => {
    while (at - (sorted[first] ?? at) >= windowMs) first += 1
    most = Math.max(most, index - first + 1)
  })
  return most
}
