/** Bad luck of a round: what the sandbox does to the product's calls besides the kill. */
import type { Luck } from './random.ts'

const families = ['im', 'bitable', 'approval', 'douyin-shop', 'jushuitan'] as const

type Fault = Record<string, unknown>
type Family = (typeof families)[number]

const kinds: readonly ((family: Family, luck: Luck) => Fault | undefined)[] = [
  (family, luck) => ({ kind: 'reset_after_apply', family, probability: 0.1 + luck.next() * 0.3 }),
  (family, luck) => ({ kind: '5xx', family, status: luck.pick([500, 502, 503, 504]), probability: 0.2 }),
  (family, luck) => ({ kind: 'slow', family, ms: luck.int(100, 1_500), probability: 0.15 }),
  (family, luck) => ({ kind: 'slow_after_apply', family, ms: luck.int(200, 2_000), probability: 0.15 }),
  (family) => ({ kind: 'truncated', family, probability: 0.15 }),
  (family) => ({ kind: 'reset_before', family, probability: 0.15 }),
  (family) => (family === 'bitable' ? { kind: '1254291', family, probability: 0.15 } : undefined),
  (family) =>
    family === 'im' ? { kind: 'http_429', family, ms: 1_000, times: 3, probability: 0.1 } : undefined,
]

/** Two to five faults over the families; events now and then come twice, and the connection may drop. */
export function drawFaults(luck: Luck): Fault[] {
  const faults: Fault[] = []
  for (let wanted = luck.int(2, 5); wanted > 0; wanted--) {
    const family = luck.pick(families)
    const made = family === undefined ? undefined : luck.pick(kinds)?.(family, luck)
    if (made !== undefined) faults.push(made)
  }
  if (luck.chance(0.3)) faults.push({ kind: 'duplicate_event', probability: 0.5 })
  if (luck.chance(0.2)) faults.push({ kind: 'reorder_event', probability: 0.3 })
  if (luck.chance(0.15)) faults.push({ kind: 'drop_event', probability: 0.2 })
  if (luck.chance(0.15)) faults.push({ kind: 'disconnect', times: 1 })
  if (luck.chance(0.1)) faults.push({ kind: 'token_revoked', times: 1 })
  return faults
}
