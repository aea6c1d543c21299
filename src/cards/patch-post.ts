import { eq, inArray, sql } from 'drizzle-orm'
import { cardPosts, digests } from '#src/db/schema/index.ts'
import { failureRecord, judgeFailure } from './failure.ts'
import { type Digest, type Post, postsOf } from './post-store.ts'
import { renderDigest } from './render.ts'
import { renderNow } from './send-post.ts'
import type { PosterDeps } from './types.ts'

/** A message can be changed for 14 days; a little before that we already send a fresh card. */
const changeableMs = 14 * 24 * 3_600_000 - 60_000

/** Replaces the post's message by a fresh one that links to the old: the old can no longer be changed (230031). */
async function supersede(deps: PosterDeps, post: Post): Promise<void> {
  if (post.messageId === null) return
  const old = { messageId: post.messageId, postedAt: post.postedAt ?? 0 }
  await deps.database.db
    .update(cardPosts)
    .set({ messageId: null, oldMessages: [...post.oldMessages, old], dueAt: deps.clock.now(), error: null })
    .where(eq(cardPosts.id, post.id))
  deps.log.info(
    { trace: post.trace, subject: post.subject },
    'card too old to change: a fresh one replaces it',
  )
}

/** Brings a posted card up to date with one patch. */
export async function patchPost(deps: PosterDeps, post: Post): Promise<void> {
  const { db } = deps.database
  if (post.messageId === null) return
  if (post.postedAt !== null && deps.clock.now() - post.postedAt >= changeableMs) return supersede(deps, post)
  const body = await renderNow(deps, post)
  if (body === undefined) return
  try {
    await deps.feishu.messages.patchCard(post.messageId, body, { purpose: 'cards' })
    // A newer version wanted meanwhile stays behind and gets its own patch.
    await db
      .update(cardPosts)
      .set({
        shownVersion: sql`greatest(${cardPosts.shownVersion}, ${post.version})`,
        attempts: 0,
        error: null,
      })
      .where(eq(cardPosts.id, post.id))
    deps.observe('patch', deps.clock.now() - post.wantedAt)
  } catch (thrown) {
    const verdict = await judgeFailure(deps, post, thrown)
    if (verdict.action === 'expired') return supersede(deps, post)
    deps.log.warn({ trace: post.trace, subject: post.subject, ...failureRecord(thrown) }, 'card not changed')
    const change =
      verdict.action === 'retry'
        ? { dueAt: verdict.dueAt, attempts: post.attempts + 1 }
        : { state: 'parked' as const }
    await db
      .update(cardPosts)
      .set({ ...change, error: failureRecord(thrown) })
      .where(eq(cardPosts.id, post.id))
  }
}

/** A digest too old to change: its changed lines become cards of their own. */
async function dissolve(deps: PosterDeps, digest: Digest, posts: readonly Post[]): Promise<void> {
  const behind = posts.filter((p) => p.version > p.shownVersion).map((p) => p.id)
  if (behind.length === 0 || digest.messageId === null) return
  const old = [{ messageId: digest.messageId, postedAt: digest.postedAt ?? 0 }]
  await deps.database.db
    .update(cardPosts)
    .set({ digestId: null, oldMessages: old, dueAt: deps.clock.now() })
    .where(inArray(cardPosts.id, behind))
}

/** Brings a posted digest card up to date with one patch for all its changed lines. */
export async function patchDigest(deps: PosterDeps, digest: Digest): Promise<void> {
  const { db } = deps.database
  const card = deps.cards.get(digest.card)
  if (digest.messageId === null || card === undefined) return
  const posts = await postsOf(db, digest)
  if (digest.postedAt !== null && deps.clock.now() - digest.postedAt >= changeableMs)
    return dissolve(deps, digest, posts)
  const lines = posts.filter((p) => p.digestId === digest.id)
  const body = renderDigest(deps.layout, card, { id: digest.id, posts: lines })
  try {
    await deps.feishu.messages.patchCard(digest.messageId, body.json, { purpose: 'cards' })
    await db.transaction(async (tx) => {
      for (const post of lines) {
        await tx
          .update(cardPosts)
          .set({ shownVersion: sql`greatest(${cardPosts.shownVersion}, ${post.version})` })
          .where(eq(cardPosts.id, post.id))
      }
    })
  } catch (thrown) {
    const verdict = await judgeFailure(
      deps,
      { subject: digest.id, chatId: digest.chatId, attempts: digest.attempts },
      thrown,
    )
    if (verdict.action === 'expired') return dissolve(deps, digest, posts)
    const dueAt = verdict.action === 'retry' ? verdict.dueAt : Number.MAX_SAFE_INTEGER
    await db
      .update(digests)
      .set({ attempts: digest.attempts + 1, error: failureRecord(thrown) })
      .where(eq(digests.id, digest.id))
    const ids = lines.map((p) => p.id)
    if (ids.length > 0) await db.update(cardPosts).set({ dueAt }).where(inArray(cardPosts.id, ids))
  }
}
