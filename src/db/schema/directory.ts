import { index, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { ms } from './columns.ts'

export const people = pgTable('people', {
  openId: text('open_id').primaryKey(),
  userId: text('user_id'),
  name: text('name').notNull(),
  roles: jsonb('roles').$type<string[]>().notNull(),
  operators: jsonb('operators').$type<Record<string, string>>().notNull(),
  updatedAt: ms('updated_at').notNull(),
})

/** What people decide about a shop; which shops exist comes from huiliu.config.ts. */
export const shopSettings = pgTable('shop_settings', {
  shopId: text('shop_id').primaryKey(),
  chatId: text('chat_id'),
  payer: text('payer').$type<'erp' | 'channel' | 'person'>().notNull(),
  orderUrlTemplate: text('order_url_template'),
  updatedAt: ms('updated_at').notNull(),
})

/** Key-value settings of the installation (world id, named chats, default applicant …). */
export const settings = pgTable('settings', {
  key: text('key').primaryKey(),
  value: jsonb('value').$type<unknown>().notNull(),
  updatedAt: ms('updated_at').notNull(),
})

/** Channel tokens, AES-256-GCM encrypted under HUILIU_SECRET_KEY. */
export const tokens = pgTable(
  'tokens',
  {
    shopId: text('shop_id').notNull(),
    connector: text('connector').notNull(),
    sealed: text('sealed').notNull(),
    expiresAt: ms('expires_at').notNull(),
    refreshExpiresAt: ms('refresh_expires_at'),
    updatedAt: ms('updated_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.shopId, t.connector] })],
)

/** Cards in the operations group, one per (code, subject) until resolved. */
export const alerts = pgTable(
  'alerts',
  {
    code: text('code').notNull(),
    subject: text('subject').notNull(),
    title: text('title').notNull(),
    text: text('text').notNull(),
    remedy: text('remedy').notNull(),
    raisedAt: ms('raised_at').notNull(),
    lastAt: ms('last_at').notNull(),
    resolvedAt: ms('resolved_at'),
  },
  (t) => [primaryKey({ columns: [t.code, t.subject] }), index('alerts_open').on(t.raisedAt)],
)
