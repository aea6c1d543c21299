import { and, eq, isNull } from 'drizzle-orm'
import type { Tx } from '#src/db/database.ts'
import { cardPosts, digests } from '#src/db/schema/index.ts'

type Post = typeof cardPosts.$inferSelect

interface Pressed {
  messageId: string
  /** ms */
  at: number
}

const settled = { attemptUuid: null, attemptAt: null, attemptBody: null, error: null, state: 'live' } as const

/**
 * Which message of the post was pressed. The button carries the post's id and the chat is the post's own, so any
 * message with it was sent by us: the one we show now, or an earlier one. A post (or digest) whose send never got an
 * answer adopts the message.
 */
export async function recognise(tx: Tx, post: Post, pressed: Pressed): Promise<'current' | 'old'> {
  const { messageId, at } = pressed
  if (post.messageId === messageId) return 'current'
  if (post.oldMessages.some((old) => old.messageId === messageId)) return 'old'
  if (post.digestId !== null) return recogniseDigest(tx, post.digestId, pressed)
  if (post.messageId === null && post.attemptUuid !== null) {
    const adopted = { ...settled, messageId, postedAt: at }
    await tx.update(cardPosts).set(adopted).where(eq(cardPosts.id, post.id))
    return 'current'
  }
  return 'old'
}

async function recogniseDigest(tx: Tx, id: string, { messageId, at }: Pressed): Promise<'current' | 'old'> {
  const [digest] = await tx.select().from(digests).where(eq(digests.id, id))
  if (digest?.messageId === messageId) return 'current'
  if (digest === undefined || digest.messageId !== null || digest.attemptUuid === null) return 'old'
  await tx
    .update(digests)
    .set({ ...settled, messageId, postedAt: at })
    .where(eq(digests.id, id))
  await tx
    .update(cardPosts)
    .set({ postedAt: at })
    .where(and(eq(cardPosts.digestId, id), isNull(cardPosts.postedAt)))
  return 'current'
}
