import type { ApprovalWidget } from '#src/feishu/types.ts'
import { type CaseDeps, purpose } from './types.ts'

const keptMs = 10 * 60_000

export interface Definitions {
  /** The definition's widgets, read at most every ten minutes unless forgotten. */
  widgets(approvalCode: string): Promise<ApprovalWidget[]>
  /** Reads again next time: a create was refused, or an event said the definition changed. */
  forget(approvalCode: string): void
}

/** Approval definitions as people made them in the console. */
export function createDefinitions(deps: Pick<CaseDeps, 'feishu' | 'clock'>): Definitions {
  const known = new Map<string, { widgets: ApprovalWidget[]; readAt: number }>()
  return {
    async widgets(approvalCode) {
      const kept = known.get(approvalCode)
      if (kept !== undefined && deps.clock.now() - kept.readAt < keptMs) return kept.widgets
      const { widgets } = await deps.feishu.approvals.definition(approvalCode, purpose)
      known.set(approvalCode, { widgets, readAt: deps.clock.now() })
      return widgets
    },
    forget: (approvalCode) => {
      known.delete(approvalCode)
    },
  }
}
