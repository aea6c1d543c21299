import type { Clock } from '#src/clock.ts'
import type { Config, FeishuConfig } from '#src/config.ts'
import type { Person } from '#src/contracts/playbook.ts'
import type { Database } from '#src/db/database.ts'
import type { Logger } from '#src/log.ts'
import type { Content } from './content.ts'

export interface MachineOptions {
  config: Config & { feishu: FeishuConfig }
  content: Content
  database: Database
  secretKey: string
  /** People known from the start (demo). */
  people: readonly Person[]
  /** Seconds between two pulls of a resource. */
  pollSeconds: number
  clock: Clock
  log: Logger
  version: string
}
