import { date, doublePrecision, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { ms } from './columns.ts'

/** Token buckets shared by all processes (GCRA: theoretical arrival time), and pauses the server asked for. */
export const limits = pgTable('limits', {
  /** e.g. `im.send`, `im.chat:oc_…` */
  key: text('key').primaryKey(),
  /** Theoretical arrival time, fractional ms. */
  tat: doublePrecision('tat').notNull(),
  /** No call before this instant: x-ogw-ratelimit-reset or a similar request of the server. */
  pausedUntil: ms('paused_until').notNull().default(0),
})

/** Feishu API calls by day (Asia/Shanghai) and purpose: the budget meter. */
export const apiUsage = pgTable(
  'api_usage',
  {
    day: date('day').notNull(),
    api: text('api').notNull(),
    purpose: text('purpose').notNull(),
    calls: integer('calls').notNull(),
    failures: integer('failures').notNull(),
  },
  (t) => [primaryKey({ columns: [t.day, t.api, t.purpose] })],
)
