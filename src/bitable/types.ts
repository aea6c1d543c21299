import type { Clock } from '#src/clock.ts'
import type { AnyTable } from '#src/contracts/table.ts'
import type { Database } from '#src/db/database.ts'
import type { Feishu } from '#src/feishu/types.ts'
import type { Logger } from '#src/log.ts'

/** Something a person must know or do; becomes a card in the operations group. */
export interface Alert {
  code: string
  subject: string
  title: string
  text: string
  remedy: string
}

export interface MirrorSettings {
  /** Name of the base that is created. */
  baseName: string
  /** app_token of a base people made (FEISHU_BASE_APP_TOKEN); absent: one is created. */
  appToken: string | undefined
  /** open_id of who gets full access to a base we create: otherwise nobody could open it. */
  admin: string | undefined
  /** Records per create or update call, ≤ 1000. */
  batchSize: number
  /** Records a table may hold on this tenant's plan. */
  rowCap: number
  /** ms between a write whose result is unknown and looking for it: a search shows new records with a delay. */
  settleMs: number
  /** ms for which a repeated client_token is trusted to be recognised. UNVERIFIED: not documented. */
  tokenTrustMs: number
  /** ms between an event about a row and reading it: people change several cells in a row. */
  readDelayMs: number
  /** ms between two repair reads of a table (events may be lost). */
  repairEveryMs: number
  /** What becomes of an open row that people delete: made again once, or let go. */
  onRowDeleted: 'recreate' | 'release'
}

export const mirrorDefaults: MirrorSettings = {
  baseName: 'Huiliu',
  appToken: undefined,
  admin: undefined,
  batchSize: 500,
  rowCap: 20_000,
  settleMs: 2_000,
  tokenTrustMs: 600_000,
  readDelayMs: 1_500,
  repairEveryMs: 1_800_000,
  onRowDeleted: 'recreate',
}

/** Told of every call that writes or reads rows, for the metrics. */
export interface MirrorMetrics {
  rowsCall(operation: 'create' | 'update' | 'delete' | 'search' | 'read', rows: number, ok: boolean): void
}

/** What every part of the mirror works with. */
export interface MirrorContext {
  database: Database
  feishu: Pick<Feishu, 'bitable' | 'drive'>
  tables: readonly AnyTable[]
  settings: MirrorSettings
  clock: Clock
  log: Logger
  alert(alert: Alert): Promise<void>
  /** What an earlier alert asked for has been done. */
  resolve(key: { code: string; subject: string }): Promise<void>
  metrics: MirrorMetrics
}
