import { eq, inArray, sql } from 'drizzle-orm'
import type { AnyCard } from '#src/contracts/card.ts'
import { cardPosts, digests } from '#src/db/schema/index.ts'
import { failureRecord, judgeFailure } from './failure.ts'
import { type Digest, type Post, postsOf } from './post-store.ts'
import { fitDigest, postMark, renderDigest } from './render.ts'
import { type Attempt, sendOnce } from './send-once.ts'
import type { PosterDeps } from './types.ts'

/**
 * Bundles the oldest unsent posts of a chat into one digest, when they are too many to send one by one. Posts with
 * an open attempt, or that replace an old card, stay cards of their own. Returns whether a digest was made.
 */
export async function formDigest(deps: PosterDeps, unsent: readonly Post[]): Promise<boolean> {
  if (unsent.length <= deps.settings.digestAbove) return false
  const first = unsent.find((p) => p.attemptUuid === null && deps.cards.get(p.card)?.line !== undefined)
  const card: AnyCard | undefined = first === undefined ? undefined : deps.cards.get(first.card)
  if (first === undefined || card === undefined) return false
  const candidates = unsent.filter(
    (p) => p.card === first.card && p.attemptUuid === null && p.oldMessages.length === 0,
  )
  const posts = candidates.slice(0, fitDigest(deps.layout, card, candidates))
  if (posts.length < 2) return false
  const id = crypto.randomUUID()
  const now = deps.clock.now()
  const ids = posts.map((p) => p.id)
  await deps.database.db.transaction(async (tx) => {
    await tx.insert(digests).values({
      id,
      chatId: first.chatId,
      card: first.card,
      posts: ids,
      dueAt: now,
      createdAt: now,
      trace: first.trace,
    })
    await tx.update(cardPosts).set({ digestId: id }).where(inArray(cardPosts.id, ids))
  })
  return true
}

async function openAttempt(
  deps: PosterDeps,
  digest: Digest,
  posts: Post[],
): Promise<Attempt & { fresh: boolean }> {
  if (digest.attemptUuid !== null && digest.attemptAt !== null && digest.attemptBody !== null) {
    return { uuid: digest.attemptUuid, at: digest.attemptAt, body: digest.attemptBody, fresh: false }
  }
  const card = deps.cards.get(digest.card)
  if (card === undefined) throw new Error(`No card ${digest.card}`)
  const rendered = renderDigest(deps.layout, card, { id: digest.id, posts })
  if (rendered.problems.length > 0) {
    deps.log.error({ trace: digest.trace, problems: rendered.problems }, 'digest breaks platform limits')
  }
  const attempt = { uuid: crypto.randomUUID(), at: deps.clock.now(), body: rendered.json }
  await deps.database.db
    .update(digests)
    .set({ attemptUuid: attempt.uuid, attemptAt: attempt.at, attemptBody: attempt.body })
    .where(eq(digests.id, digest.id))
  return { ...attempt, fresh: true }
}

const closed = { attemptUuid: null, attemptAt: null, attemptBody: null }

async function recordSent(
  deps: PosterDeps,
  digest: Digest,
  posts: Post[],
  sent: { messageId: string; at: number; fresh: boolean },
) {
  await deps.database.db.transaction(async (tx) => {
    await tx
      .update(digests)
      .set({ ...closed, messageId: sent.messageId, postedAt: sent.at, attempts: 0, error: null })
      .where(eq(digests.id, digest.id))
    for (const post of posts) {
      const shownVersion = sent.fresh ? post.version : sql`${cardPosts.version} - 1`
      await tx.update(cardPosts).set({ postedAt: sent.at, shownVersion }).where(eq(cardPosts.id, post.id))
    }
  })
  const oldest = Math.min(...posts.map((p) => p.wantedAt))
  deps.observe('digest', deps.clock.now() - oldest)
}

/** Sends a formed digest, or settles the attempt a previous process left open. */
export async function sendDigest(deps: PosterDeps, digest: Digest): Promise<void> {
  const { db } = deps.database
  try {
    const posts = await postsOf(db, digest)
    const attempt = await openAttempt(deps, digest, posts)
    const target = { chatId: digest.chatId, mark: postMark(digest.id) }
    const result = await sendOnce(deps.feishu.messages, target, attempt, deps.clock.now())
    if (result.outcome === 'sent')
      return await recordSent(deps, digest, posts, { ...result, fresh: attempt.fresh })
    const park = result.outcome === 'undecidable' && deps.settings.onLost === 'park'
    await db
      .update(digests)
      .set({ ...closed, ...(park ? { state: 'parked' as const, error: { code: 'card_undecidable' } } : {}) })
      .where(eq(digests.id, digest.id))
  } catch (thrown) {
    const failed = { subject: `digest:${digest.id}`, chatId: digest.chatId, attempts: digest.attempts }
    const verdict = await judgeFailure(deps, failed, thrown)
    deps.log.warn(
      { trace: digest.trace, ...failureRecord(thrown), action: verdict.action },
      'digest not posted',
    )
    const change =
      verdict.action === 'retry'
        ? { dueAt: verdict.dueAt, attempts: digest.attempts + 1, ...(verdict.keepAttempt ? {} : closed) }
        : { ...closed, state: 'parked' as const }
    await db
      .update(digests)
      .set({ ...change, error: failureRecord(thrown) })
      .where(eq(digests.id, digest.id))
  }
}
