import { and, asc, eq, inArray, isNotNull, isNull, lte, sql } from 'drizzle-orm'
import type { Db } from '#src/db/database.ts'
import { cardPosts, digests } from '#src/db/schema/index.ts'

export type Post = typeof cardPosts.$inferSelect
export type Digest = typeof digests.$inferSelect

const behind = and(sql`${cardPosts.version} > ${cardPosts.shownVersion}`, eq(cardPosts.state, 'live'))

/** Chats with cards that were never sent, or digests not sent yet. */
export async function chatsToServe(db: Db, now: number): Promise<string[]> {
  const posts = db
    .selectDistinct({ chatId: cardPosts.chatId })
    .from(cardPosts)
    .where(and(behind, isNull(cardPosts.messageId), isNull(cardPosts.digestId), lte(cardPosts.dueAt, now)))
  const unsent = db
    .selectDistinct({ chatId: digests.chatId })
    .from(digests)
    .where(and(isNull(digests.messageId), eq(digests.state, 'live'), lte(digests.dueAt, now)))
  const rows = await posts.union(unsent)
  return rows.map((r) => r.chatId)
}

/** Unsent posts of a chat, oldest wish first. */
export function unsentPosts(db: Db, chatId: string, now: number, limit: number): Promise<Post[]> {
  return db
    .select()
    .from(cardPosts)
    .where(
      and(
        behind,
        eq(cardPosts.chatId, chatId),
        isNull(cardPosts.messageId),
        isNull(cardPosts.digestId),
        lte(cardPosts.dueAt, now),
      ),
    )
    .orderBy(asc(cardPosts.wantedAt), asc(cardPosts.id))
    .limit(limit)
}

export async function unsentDigest(db: Db, chatId: string, now: number): Promise<Digest | undefined> {
  const [digest] = await db
    .select()
    .from(digests)
    .where(
      and(
        eq(digests.chatId, chatId),
        isNull(digests.messageId),
        eq(digests.state, 'live'),
        lte(digests.dueAt, now),
      ),
    )
    .orderBy(asc(digests.createdAt))
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
  const ids = await db
    .selectDistinct({ id: cardPosts.digestId })
    .from(cardPosts)
    .where(and(behind, isNotNull(cardPosts.digestId), isNull(cardPosts.messageId), lte(cardPosts.dueAt, now)))
    .limit(limit)
  const wanted = ids.flatMap((r) => (r.id === null ? [] : [r.id]))
  if (wanted.length === 0) return []
  return db
    .select()
    .from(digests)
    .where(and(inArray(digests.id, wanted), isNotNull(digests.messageId), eq(digests.state, 'live')))
}

/** The digest's posts in line order. */
export async function postsOf(db: Db, digest: Digest): Promise<Post[]> {
  const rows = await db.select().from(cardPosts).where(inArray(cardPosts.id, digest.posts))
  const byId = new Map(rows.map((r) => [r.id, r]))
  return digest.posts.flatMap((id) => byId.get(id) ?? [])
}
