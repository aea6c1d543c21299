import { and, eq, sql } from 'drizzle-orm'
import { cardPosts } from '#src/db/schema/index.ts'
import { failureRecord, judgeFailure, settleAlert } from './failure.ts'
import type { Post } from './post-store.ts'
import { renderNow } from './send-post.ts'
import type { PosterDeps } from './types.ts'

/** A message can be changed for 14 days; a little before that we already send a fresh card. */
const changeableMs = 14 * 24 * 3_600_000 - 60_000

export const isTooOld = (postedAt: number | null, now: number): boolean =>
  postedAt !== null && now - postedAt >= changeableMs

/** Replaces the post's message by a fresh one that links to the old: the old can no longer be changed (230031). */
async function supersede(deps: PosterDeps, post: Post): Promise<void> {
  if (post.messageId === null) return
  const old = { messageId: post.messageId, postedAt: post.postedAt ?? 0 }
  await deps.database.db
    .update(cardPosts)
    .set({
      messageId: null,
      oldMessages: [...post.oldMessages, old],
      dueAt: deps.clock.now(),
      attempts: 0,
      error: null,
    })
    .where(eq(cardPosts.id, post.id))
  deps.log.info(
    { trace: post.trace, subject: post.subject },
    'card too old to change: a fresh one replaces it',
  )
}

/** Brings a posted card up to date with one patch. */
export async function patchPost(deps: PosterDeps, post: Post): Promise<void> {
  if (post.messageId === null) return
  if (isTooOld(post.postedAt, deps.clock.now())) return supersede(deps, post)
  const body = await renderNow(deps, post)
  if (body === undefined) return
  try {
    await deps.feishu.messages.patchCard(post.messageId, body, { purpose: 'cards' })
    // A newer version wanted meanwhile stays behind and gets its own patch.
    await deps.database.db
      .update(cardPosts)
      .set({
        shownVersion: sql`greatest(${cardPosts.shownVersion}, ${post.version})`,
        attempts: 0,
        error: null,
      })
      .where(eq(cardPosts.id, post.id))
    deps.observe('patch', deps.clock.now() - post.wantedAt)
    await settleAlert(deps, post.error)
  } catch (thrown) {
    await settleFailure(deps, post, thrown)
  }
}

async function settleFailure(deps: PosterDeps, post: Post, thrown: unknown): Promise<void> {
  const { db } = deps.database
  const verdict = await judgeFailure(deps, post, thrown)
  if (verdict.action === 'expired') return supersede(deps, post)
  const error = failureRecord(thrown, verdict)
  deps.log.warn(
    { trace: post.trace, subject: post.subject, ...error, action: verdict.action },
    'card not changed',
  )
  if (verdict.action === 'retry') {
    // Whatever was wished for meanwhile meets the same failure: it waits too.
    const change = { dueAt: verdict.dueAt, attempts: post.attempts + 1, error }
    await db.update(cardPosts).set(change).where(eq(cardPosts.id, post.id))
    return
  }
  const state = verdict.action === 'gone' ? 'gone' : 'parked'
  const same = state === 'gone' ? undefined : eq(cardPosts.version, post.version)
  await db
    .update(cardPosts)
    .set({ state, error })
    .where(and(eq(cardPosts.id, post.id), same))
}
