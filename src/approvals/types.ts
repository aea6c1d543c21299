import type { Clock } from '#src/clock.ts'
import type { AnyApproval } from '#src/contracts/approval.ts'
import type { Database } from '#src/db/database.ts'
import type { Feishu } from '#src/feishu/types.ts'
import type { Logger } from '#src/log.ts'

export interface CaseDeps {
  database: Database
  feishu: Pick<Feishu, 'approvals'>
  approvals: ReadonlyMap<string, AnyApproval>
  /** approval_code by our approval id. */
  codes: ReadonlyMap<string, string>
  clock: Clock
  log: Logger
  alert(alert: { code: string; subject: string; title: string; text: string; remedy: string }): Promise<void>
  resolve(key: { code: string; subject: string }): Promise<void>
}

export const purpose = { purpose: 'approvals' } as const
