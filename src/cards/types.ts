import type { Clock } from '#src/clock.ts'
import type { AnyCard, DigestLayout } from '#src/contracts/card.ts'
import type { Database } from '#src/db/database.ts'
import type { Feishu } from '#src/feishu/types.ts'
import type { Logger } from '#src/log.ts'

export interface Alert {
  code: string
  subject: string
  title: string
  text: string
  remedy: string
}

export interface PosterSettings {
  /** More unsent cards than this in one chat are bundled into digest cards. */
  digestAbove: number
  /** What to do with a send that may have gone out, when the chat's messages may not be read: send again, or park. */
  onLost: 'resend' | 'park'
  /** No cards between these hours of the day (Asia/Shanghai, 0–24); the operations chat is exempt. */
  quietHours: { from: number; to: number } | null
}

export interface PosterDeps {
  database: Database
  feishu: Pick<Feishu, 'messages'>
  cards: ReadonlyMap<string, AnyCard>
  layout: DigestLayout
  clock: Clock
  log: Logger
  settings: PosterSettings
  /** Something a person must do. */
  alert(alert: Alert): Promise<void>
  /** What an alert told of is over. */
  resolve?(key: Pick<Alert, 'code' | 'subject'>): Promise<void>
  /** Milliseconds from wish to visible, for the metrics. */
  observe(what: 'card' | 'digest' | 'patch', ms: number): void
}
