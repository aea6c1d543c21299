import type { ApprovalWidget } from '#src/feishu/types.ts'
import { type CaseDeps, purpose } from './types.ts'

const keptMs = 10 * 60_000
const freshMs = 30_000

export interface Definitions {
  /** The definition's widgets as they were at most ten minutes ago, or half a minute with `fresh`. */
  widgets(approvalCode: string, options?: { fresh: boolean }): Promise<ApprovalWidget[]>
  isFresh(approvalCode: string): boolean
  /** Reads again next time: a create was refused, or an event said the definition changed. */
  forget(approvalCode: string): void
}

interface Reading {
  widgets: Promise<ApprovalWidget[]>
  readAt: number
}

/** Approval definitions as people made them in the console; cases that ask at the same time share one reading. */
export function createDefinitions(deps: Pick<CaseDeps, 'feishu' | 'clock'>): Definitions {
  const known = new Map<string, Reading>()
  const isYounger = (approvalCode: string, ageMs: number) => {
    const kept = known.get(approvalCode)
    return kept !== undefined && deps.clock.now() - kept.readAt < ageMs
  }
  const read = (approvalCode: string): Promise<ApprovalWidget[]> => {
    const widgets = deps.feishu.approvals.definition(approvalCode, purpose).then((found) => found.widgets)
    const reading = { widgets, readAt: deps.clock.now() }
    known.set(approvalCode, reading)
    // A failed reading is not kept.
    widgets.catch(() => {
      if (known.get(approvalCode) === reading) known.delete(approvalCode)
    })
    return widgets
  }
  return {
    async widgets(approvalCode, { fresh } = { fresh: false }) {
      const kept = isYounger(approvalCode, fresh ? freshMs : keptMs) ? known.get(approvalCode) : undefined
      return kept?.widgets ?? read(approvalCode)
    },
    isFresh: (approvalCode) => isYounger(approvalCode, freshMs),
    forget: (approvalCode) => {
      known.delete(approvalCode)
    },
  }
}
