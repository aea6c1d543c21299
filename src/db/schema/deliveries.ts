import { index, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { ms } from './columns.ts'

/** Deliveries of records that were answered: sent again under the same key, the same answer is given. Kept 30 days. */
export const deliveries = pgTable(
  'deliveries',
  {
    shopId: text('shop_id').notNull(),
    idempotencyKey: text('idempotency_key').notNull(),
    /** sha256 of the body */
    digest: text('digest').notNull(),
    answer: jsonb('answer').$type<unknown>(),
    receivedAt: ms('received_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.shopId, t.idempotencyKey] }),
    index('deliveries_received').on(t.receivedAt),
  ],
)
