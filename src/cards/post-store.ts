import { and, asc, eq, gt, inArray, isNotNull, isNull, lte, or, sql } from 'drizzle-orm'
import type { Db, Tx } from '#src/db/database.ts'
import { cardPosts, digests } from '#src/db/schema/index.ts'

export type Post = typeof cardPosts.$inferSelect
export type Digest = typeof digests.$inferSelect

const behind = and(sql`${cardPosts.version} > ${cardPosts.shownVersion}`, eq(cardPosts.state, 'live'))

const unsent = and(behind, isNull(cardPosts.messageId), isNull(cardPosts.digestId))
const unsentBundle = and(isNull(digests.messageId), eq(digests.state, 'live'))
const holds = sql`${cardPosts.error} ->> 'holdsChat' = 'true'`

/** Chats with something to send now. A chat whose next card waits for another try is left alone until then. */
export async function chatsToServe(db: Db, now: number): Promise<string[]> {
  const chatOf = { chatId: cardPosts.chatId }
  const digestChat = { chatId: digests.chatId }
  const due = await db
    .selectDistinct(chatOf)
    .from(cardPosts)
    .where(and(unsent, lte(cardPosts.dueAt, now)))
    .union(
      db
        .selectDistinct(digestChat)
        .from(digests)
        .where(and(unsentBundle, lte(digests.dueAt, now))),
    )
  if (due.length === 0) return []
  const held = await db
    .selectDistinct(chatOf)
    .from(cardPosts)
    .where(and(unsent, holds, gt(cardPosts.dueAt, now)))
    .union(
      db
        .selectDistinct(digestChat)
        .from(digests)
        .where(and(unsentBundle, gt(digests.dueAt, now))),
    )
  const waiting = new Set(held.map((row) => row.chatId))
  return due.map((row) => row.chatId).filter((chatId) => !waiting.has(chatId))
}

/** Unsent posts of a chat, oldest wish first: those that are due, and those that hold the chat until they are. */
export function unsentPosts(db: Db, chatId: string, now: number, limit: number): Promise<Post[]> {
  return db
    .select()
    .from(cardPosts)
    .where(and(unsent, eq(cardPosts.chatId, chatId), or(lte(cardPosts.dueAt, now), holds)))
    .orderBy(asc(cardPosts.wantedAt), asc(cardPosts.id))
    .limit(limit)
}

/** The chat's oldest digest that is not sent yet, due or not: later cards do not overtake it. */
export async function unsentDigest(db: Db, chatId: string): Promise<Digest | undefined> {
  const [digest] = await db
    .select()
    .from(digests)
    .where(and(eq(digests.chatId, chatId), unsentBundle))
    .orderBy(asc(digests.createdAt), asc(digests.id))
    .limit(1)
  return digest
}

/** Posted cards whose chat shows an older version. */
export function postsToPatch(db: Db, now: number, limit: number): Promise<Post[]> {
  return db
    .select()
    .from(cardPosts)
    .where(and(behind, isNotNull(cardPosts.messageId), lte(cardPosts.dueAt, now)))
    .orderBy(asc(cardPosts.dueAt))
    .limit(limit)
}

/** Posted digests with at least one line that changed. */
export async function digestsToPatch(db: Db, now: number, limit: number): Promise<Digest[]> {
  const found = await db
    .selectDistinct({ id: digests.id })
    .from(cardPosts)
    .innerJoin(digests, eq(digests.id, cardPosts.digestId))
    .where(
      and(
        behind,
        isNull(cardPosts.messageId),
        lte(cardPosts.dueAt, now),
        isNotNull(digests.messageId),
        eq(digests.state, 'live'),
      ),
    )
    .limit(limit)
  const ids = found.map((row) => row.id)
  return ids.length === 0 ? [] : db.select().from(digests).where(inArray(digests.id, ids))
}

/** The digest's posts in line order. */
export async function postsOf(db: Db, digest: Digest): Promise<Post[]> {
  const rows = await db.select().from(cardPosts).where(inArray(cardPosts.id, digest.posts))
  const byId = new Map(rows.map((r) => [r.id, r]))
  return digest.posts.flatMap((id) => byId.get(id) ?? [])
}

/**
 * Locks posts in the order of their subjects, which is how event handlers come by them: whoever changes several posts
 * at once in another order deadlocks with a batch of events.
 */
export async function lockPosts(tx: Tx, posts: readonly Post[]): Promise<void> {
  const ids = posts.map((post) => post.id)
  if (ids.length < 2) return
  await tx
    .select({ id: cardPosts.id })
    .from(cardPosts)
    .where(inArray(cardPosts.id, ids))
    .orderBy(sql`${cardPosts.subject} collate "C"`, asc(cardPosts.id))
    .for('update')
}
