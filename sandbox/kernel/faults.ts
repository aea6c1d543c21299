import { type FaultKind, type FaultPhase, faultKinds } from './fault-kinds.ts'
import { ApiFailure, type Random } from './types.ts'

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

/** `onChange` hears of every fault that is added, strikes or is removed. */
export function createFaults(random: Random, onChange: () => void = () => undefined): Faults {
  let faults: Fault[] = []
  let last = 0
  return {
    list: () => faults,
    add(wanted) {
      const fault = readFault(`f${++last}`, wanted)
      faults.push(fault)
      onChange()
      return fault
    },
    clear(id) {
      faults = id === undefined ? [] : faults.filter((fault) => fault.id !== id)
      onChange()
    },
    strike(phase, target) {
      const hit = faults.find(
        (fault) => faultKinds[fault.kind].phase === phase && matches(fault, target) && rolls(fault, random),
      )
      if (!hit) return undefined
      hit.struck++
      if (hit.times !== undefined && --hit.times <= 0) faults = faults.filter((fault) => fault !== hit)
      onChange()
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
  if (!Object.hasOwn(faultKinds, kind)) {
    throw new ApiFailure(400, `unknown fault kind "${kind}"; one of: ${Object.keys(faultKinds).join(', ')}`)
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
  if (fault.probability !== undefined && fault.probability > 1)
    throw new ApiFailure(400, 'fault.probability must be 0 to 1')
  if (fault.times !== undefined && !Number.isInteger(fault.times))
    throw new ApiFailure(400, 'fault.times must be a whole number')
  if (
    fault.status !== undefined &&
    !(Number.isInteger(fault.status) && fault.status >= 200 && fault.status <= 599)
  )
    throw new ApiFailure(400, 'fault.status must be an HTTP status, 200 to 599')
  if (fault.times === 0) throw new ApiFailure(400, 'fault.times must be ≥ 1')
  if (wanted.body !== undefined) fault.body = wanted.body
  return fault
}
