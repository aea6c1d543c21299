import { ApiFailure, type Random } from './types.ts'

/** Where in a call a fault strikes. `event` faults strike deliveries, `socket` faults the long connection. */
type FaultPhase = 'token' | 'before' | 'after' | 'event' | 'socket'

const phases = {
  token_revoked: 'token',
  http_429: 'before',
  http_400_99991400: 'before',
  '5xx': 'before',
  code: 'before',
  '1254290': 'before',
  '1254291': 'before',
  '230020': 'before',
  answer: 'before',
  slow: 'before',
  reset_before: 'before',
  reset_after_apply: 'after',
  truncated: 'after',
  invalid_json: 'after',
  slow_after_apply: 'after',
  duplicate_event: 'event',
  reorder_event: 'event',
  drop_event: 'event',
  half_open: 'socket',
  disconnect: 'socket',
} as const satisfies Record<string, FaultPhase>

type FaultKind = keyof typeof phases

export interface Fault {
  id: string
  kind: FaultKind
  /** `POST /open-apis/im/v1/messages`, a path with or without method, or a prefix ending in `*`. Absent: any. */
  route?: string
  /** `feishu`, `im`, `bitable`, `approval`, `events`, `douyin-shop`, `jushuitan` … Absent: any. */
  family?: string
  status?: number
  code?: number
  msg?: string
  ms?: number
  body?: unknown
  /** How many calls it still strikes; absent: until cleared. */
  times?: number
  /** 0–1, rolled with the world's seed; absent: always. */
  probability?: number
  struck: number
}

/** The call a fault may match. `families` go from wide to narrow: feishu, im. */
export interface FaultTarget {
  method: string
  route: string
  families: readonly string[]
}

export interface Faults {
  list(): Fault[]
  add(wanted: Record<string, unknown>): Fault
  /** Removes one, or all without an id. */
  clear(id?: string): void
  /** The first fault of the phase that strikes this call; counts it. */
  strike(phase: FaultPhase, target: FaultTarget): Fault | undefined
}

export function createFaults(random: Random): Faults {
  let faults: Fault[] = []
  let last = 0
  return {
    list: () => faults,
    add(wanted) {
      const fault = readFault(`f${++last}`, wanted)
      faults.push(fault)
      return fault
    },
    clear(id) {
      faults = id === undefined ? [] : faults.filter((fault) => fault.id !== id)
    },
    strike(phase, target) {
      const hit = faults.find(
        (fault) => phases[fault.kind] === phase && matches(fault, target) && rolls(fault, random),
      )
      if (!hit) return undefined
      hit.struck++
      if (hit.times !== undefined && --hit.times <= 0) faults = faults.filter((fault) => fault !== hit)
      return hit
    },
  }
}

function matches(fault: Fault, target: FaultTarget): boolean {
  if (fault.family !== undefined && !target.families.includes(fault.family)) return false
  if (fault.route === undefined) return true
  const [method, path] = fault.route.includes(' ') ? fault.route.split(' ') : [undefined, fault.route]
  if (method && method !== target.method) return false
  return path?.endsWith('*') ? target.route.startsWith(path.slice(0, -1)) : path === target.route
}

function rolls(fault: Fault, random: Random): boolean {
  return fault.probability === undefined || random.next() < fault.probability
}

function readFault(id: string, wanted: Record<string, unknown>): Fault {
  const kind = String(wanted.kind)
  if (!(kind in phases)) {
    throw new ApiFailure(400, `unknown fault kind "${kind}"; one of: ${Object.keys(phases).join(', ')}`)
  }
  const fault: Fault = { id, kind: kind as FaultKind, struck: 0 }
  for (const key of ['route', 'family', 'msg'] as const) {
    if (wanted[key] !== undefined) fault[key] = String(wanted[key])
  }
  for (const key of ['status', 'code', 'ms', 'times', 'probability'] as const) {
    const value = wanted[key]
    if (value === undefined) continue
    if (typeof value !== 'number' || !Number.isFinite(value) || value < 0)
      throw new ApiFailure(400, `fault.${key} must be a number ≥ 0`)
    fault[key] = value
  }
  if (kind === 'code' && fault.code === undefined)
    throw new ApiFailure(400, 'fault.code is needed for kind "code"')
  if (fault.times === 0) throw new ApiFailure(400, 'fault.times must be ≥ 1')
  if (wanted.body !== undefined) fault.body = wanted.body
  return fault
}
