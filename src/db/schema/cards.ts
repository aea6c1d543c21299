import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { ms, trace } from './columns.ts'

/** Why a card is behind. */
export interface PostError {
  code: string
  message?: string
  /** The whole chat is affected: later cards wait, so that they do not overtake this one. */
  holdsChat?: boolean
  /** The alert that was raised about it, to be resolved once the card got through. */
  alert?: { code: string; subject: string }
}

/** One card about one subject in one chat, kept current. `version` > `shown_version` means the chat is behind. */
export const cardPosts = pgTable(
  'card_posts',
  {
    /** Post id: embedded in every button and in the card itself. */
    id: uuid('id').primaryKey(),
    card: text('card').notNull(),
    subject: text('subject').notNull(),
    chatId: text('chat_id').notNull(),
    input: jsonb('input').$type<Record<string, unknown>>().notNull(),
    version: integer('version').notNull().default(1),
    shownVersion: integer('shown_version').notNull().default(0),
    /** Set once it is posted as a card of its own. */
    messageId: text('message_id'),
    /** Set when it became a line of a digest instead. */
    digestId: uuid('digest_id'),
    /** Message uuid and start of a send whose result is not known yet. */
    attemptUuid: uuid('attempt_uuid'),
    attemptAt: ms('attempt_at'),
    attemptBody: text('attempt_body'),
    /** `live` | `parked` (see error) | `gone`: people recalled it, which is theirs to decide */
    state: text('state').$type<'live' | 'parked' | 'gone'>().notNull().default('live'),
    attempts: integer('attempts').notNull().default(0),
    dueAt: ms('due_at').notNull(),
    wantedAt: ms('wanted_at').notNull(),
    postedAt: ms('posted_at'),
    /** Earlier messages of this post that Feishu no longer lets us change (14 days). */
    oldMessages: jsonb('old_messages')
      .$type<{ messageId: string; postedAt: number }[]>()
      .notNull()
      .default([]),
    error: jsonb('error').$type<PostError>(),
    trace: trace(),
  },
  (t) => [
    uniqueIndex('card_posts_subject').on(t.card, t.subject, t.chatId),
    index('card_posts_behind').on(t.chatId, t.dueAt).where(sql`version > shown_version and state = 'live'`),
    index('card_posts_digest').on(t.digestId).where(sql`digest_id is not null`),
    index('card_posts_message').on(t.messageId),
  ],
)

/** A card with many lines, each line a card post, when a chat gets more than it can take. */
export const digests = pgTable(
  'digests',
  {
    id: uuid('id').primaryKey(),
    chatId: text('chat_id').notNull(),
    card: text('card').notNull(),
    /** Post ids in line order. */
    posts: jsonb('posts').$type<string[]>().notNull(),
    messageId: text('message_id'),
    attemptUuid: uuid('attempt_uuid'),
    attemptAt: ms('attempt_at'),
    attemptBody: text('attempt_body'),
    state: text('state').$type<'live' | 'parked'>().notNull().default('live'),
    attempts: integer('attempts').notNull().default(0),
    dueAt: ms('due_at').notNull(),
    createdAt: ms('created_at').notNull(),
    postedAt: ms('posted_at'),
    error: jsonb('error').$type<PostError>(),
    trace: trace(),
  },
  (t) => [index('digests_unsent').on(t.dueAt).where(sql`message_id is null and state = 'live'`)],
)
