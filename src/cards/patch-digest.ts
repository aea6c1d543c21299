import { eq, inArray, sql } from 'drizzle-orm'
import { cardPosts, digests } from '#src/db/schema/index.ts'
import { failureRecord, judgeFailure, settleAlert, type Verdict } from './failure.ts'
import { isTooOld } from './patch-post.ts'
import { type Digest, lockPosts, type Post, postsOf } from './post-store.ts'
import { renderDigest } from './render.ts'
import type { PosterDeps } from './types.ts'

/** The digest can no longer show what changed: those lines become cards of their own that link back to it. */
async function dissolve(deps: PosterDeps, digest: Digest, lines: readonly Post[]): Promise<void> {
  const behind = lines.filter((p) => p.version > p.shownVersion)
  if (digest.messageId === null) return
  const old = [{ messageId: digest.messageId, postedAt: digest.postedAt ?? 0 }]
  await markAll(deps, behind, { digestId: null, oldMessages: old, dueAt: deps.clock.now(), error: null })
}

async function markAll(
  deps: PosterDeps,
  lines: readonly Post[],
  change: Partial<Pick<Post, 'dueAt' | 'state' | 'error' | 'digestId' | 'oldMessages'>>,
): Promise<void> {
  const ids = lines.map((p) => p.id)
  if (ids.length === 0) return
  await deps.database.db.transaction(async (tx) => {
    await lockPosts(tx, lines)
    await tx.update(cardPosts).set(change).where(inArray(cardPosts.id, ids))
  })
}

async function recordShown(deps: PosterDeps, digest: Digest, lines: readonly Post[]): Promise<void> {
  await deps.database.db.transaction(async (tx) => {
    await lockPosts(tx, lines)
    for (const post of lines) {
      await tx
        .update(cardPosts)
        .set({ shownVersion: sql`greatest(${cardPosts.shownVersion}, ${post.version})`, error: null })
        .where(eq(cardPosts.id, post.id))
    }
    await tx.update(digests).set({ attempts: 0, error: null }).where(eq(digests.id, digest.id))
  })
  const changed = lines.filter((p) => p.version > p.shownVersion).map((p) => p.wantedAt)
  if (changed.length > 0) deps.observe('patch', deps.clock.now() - Math.min(...changed))
  await settleAlert(deps, digest.error)
}

async function settleFailure(
  deps: PosterDeps,
  digest: Digest,
  { lines, verdict, thrown }: { lines: readonly Post[]; verdict: Verdict; thrown: unknown },
): Promise<void> {
  if (verdict.action === 'expired' || verdict.action === 'park') return dissolve(deps, digest, lines)
  const error = failureRecord(thrown, verdict)
  deps.log.warn({ trace: digest.trace, ...error, action: verdict.action }, 'digest not changed')
  await deps.database.db
    .update(digests)
    .set({ attempts: digest.attempts + 1, error })
    .where(eq(digests.id, digest.id))
  await markAll(deps, lines, verdict.action === 'retry' ? { dueAt: verdict.dueAt } : { state: 'gone', error })
}

/** Brings a posted digest card up to date with one patch for all its changed lines. */
export async function patchDigest(deps: PosterDeps, digest: Digest): Promise<void> {
  const { messageId } = digest
  if (messageId === null) return
  const lines = (await postsOf(deps.database.db, digest)).filter((p) => p.digestId === digest.id)
  const card = deps.cards.get(digest.card)
  if (card === undefined) {
    const error = { code: 'card_unknown', message: `No card ${digest.card}` }
    return markAll(deps, lines, { state: 'parked', error })
  }
  if (isTooOld(digest.postedAt, deps.clock.now())) return dissolve(deps, digest, lines)
  const body = renderDigest(deps.layout, card, { id: digest.id, posts: lines })
  if (body.problems.length > 0) return dissolve(deps, digest, lines)
  try {
    await deps.feishu.messages.patchCard(messageId, body.json, { purpose: 'cards' })
    await recordShown(deps, digest, lines)
  } catch (thrown) {
    const failed = { subject: digest.id, chatId: digest.chatId, attempts: digest.attempts, heals: true }
    const verdict = await judgeFailure(deps, failed, thrown)
    await settleFailure(deps, digest, { lines, verdict, thrown })
  }
}
