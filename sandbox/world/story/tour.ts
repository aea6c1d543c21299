/** How far the tour is: kept with the world, so that a reload, a phone and a second window show the same. */
import type { Kernel } from '../../kernel/types.ts'
import type { StepId } from './shapes.ts'

export const stepIds: readonly StepId[] = ['order', 'claim', 'refund', 'outage', 'connect']
const tourPart = 'tour'

export interface Tour {
  /** ms; what happened before a step began does not count for it */
  since: Record<StepId, number>
  skipped: StepId[]
  /** who looked at the order as somebody else than who claimed it */
  second: string | null
  told: string | null
  /** field_id → name, when the step with the renamed column began */
  names: Record<string, string>
  /** ms of the first moment Feishu was out of reach, and of the first after it; 0: not yet */
  offlineAt: number
  backAt: number
  connected: boolean
}

export function tourOf(kernel: Kernel): Tour {
  return kernel.state<Tour>(tourPart, () => fresh(0))
}

export function tourChanged(kernel: Kernel): void {
  kernel.changed(tourPart)
}

function fresh(now: number): Tour {
  return {
    since: { order: now, claim: now, refund: now, outage: now, connect: now },
    skipped: [],
    second: null,
    told: null,
    names: {},
    offlineAt: 0,
    backAt: 0,
    connected: false,
  }
}

/** Begins the whole tour anew. */
export function startTour(kernel: Kernel): void {
  Object.assign(tourOf(kernel), fresh(kernel.clock.now()))
  tourChanged(kernel)
}

/** One step once more: what was done for it before counts no longer. */
export function repeatStep(kernel: Kernel, step: StepId): void {
  const tour = tourOf(kernel)
  tour.since[step] = kernel.clock.now()
  tour.skipped = tour.skipped.filter((one) => one !== step)
  // A claim is about the order of the step before: both begin anew.
  if (step === 'claim') tour.since.order = tour.since.claim
  if (step === 'order' || step === 'claim') Object.assign(tour, { second: null, told: null })
  if (step === 'outage') Object.assign(tour, { names: {}, offlineAt: 0, backAt: 0 })
  if (step === 'connect') tour.connected = false
  tourChanged(kernel)
}

export function skipStep(kernel: Kernel, step: StepId): void {
  const tour = tourOf(kernel)
  tour.skipped = [...new Set([...tour.skipped, step])]
  tourChanged(kernel)
}
