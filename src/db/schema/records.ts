import { bigint, index, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import type { Order, Refund } from '#src/contracts/canonical.ts'
import { ms, trace } from './columns.ts'

/** Canonical orders; identity (platform, order number). `origins`: newest version seen per connector; `copies`: each one's, once several know it. */
export const orders = pgTable(
  'orders',
  {
    platform: text('platform').notNull(),
    orderNo: text('order_no').notNull(),
    shopId: text('shop_id').notNull(),
    status: text('status').notNull(),
    version: ms('version').notNull(),
    doc: jsonb('doc').$type<Order>().notNull(),
    origins: jsonb('origins').$type<Record<string, number>>().notNull(),
    copies: jsonb('copies').$type<Record<string, Order>>().notNull().default({}),
    createdAt: ms('created_at').notNull(),
    storedAt: ms('stored_at').notNull(),
    trace: trace(),
  },
  (t) => [
    primaryKey({ columns: [t.platform, t.orderNo] }),
    index('orders_shop_created').on(t.shopId, t.createdAt),
    index('orders_no').on(t.orderNo),
  ],
)

/** Canonical refunds; identity (platform, refund number). */
export const refunds = pgTable(
  'refunds',
  {
    platform: text('platform').notNull(),
    refundNo: text('refund_no').notNull(),
    orderNo: text('order_no').notNull(),
    shopId: text('shop_id').notNull(),
    stage: text('stage').notNull(),
    version: ms('version').notNull(),
    amount: bigint('amount', { mode: 'number' }).notNull(),
    doc: jsonb('doc').$type<Refund>().notNull(),
    origins: jsonb('origins').$type<Record<string, number>>().notNull(),
    copies: jsonb('copies').$type<Record<string, Refund>>().notNull().default({}),
    storedAt: ms('stored_at').notNull(),
    trace: trace(),
  },
  (t) => [
    primaryKey({ columns: [t.platform, t.refundNo] }),
    index('refunds_order').on(t.platform, t.orderNo),
    index('refunds_no').on(t.refundNo),
  ],
)

/** The newest raw payload of every record, as its connector sent it. */
export const rawRecords = pgTable(
  'raw_records',
  {
    connector: text('connector').notNull(),
    shopId: text('shop_id').notNull(),
    kind: text('kind').notNull(),
    externalId: text('external_id').notNull(),
    version: ms('version').notNull(),
    payload: jsonb('payload').$type<unknown>().notNull(),
    storedAt: ms('stored_at').notNull(),
    /** Set when the payload could not be read: { code, message, path } */
    error: jsonb('error').$type<Record<string, unknown>>(),
  },
  (t) => [primaryKey({ columns: [t.connector, t.shopId, t.kind, t.externalId] })],
)
