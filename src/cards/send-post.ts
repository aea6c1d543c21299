import { eq, sql } from 'drizzle-orm'
import type { AnyCard, CardJson } from '#src/contracts/card.ts'
import { cardPosts } from '#src/db/schema/index.ts'
import { failureRecord, judgeFailure } from './failure.ts'
import type { Post } from './post-store.ts'
import { postMark, renderPost } from './render.ts'
import { type Attempt, sendOnce } from './send-once.ts'
import type { PosterDeps } from './types.ts'

/** A fresh card in place of one that can no longer change says so and links back. */
function dressed(deps: PosterDeps, post: Post): (card: CardJson) => CardJson {
  const old = post.oldMessages.at(-1)
  return old === undefined ? (card) => card : (card) => deps.layout.superseded(card, old)
}

/** The post's card as it is now. Content problems are told to the operators; people get the short stand-in. */
export async function renderNow(deps: PosterDeps, post: Post): Promise<string | undefined> {
  const card: AnyCard | undefined = deps.cards.get(post.card)
  if (card === undefined) {
    await deps.database.db
      .update(cardPosts)
      .set({ state: 'parked', error: { code: 'card_unknown', message: `No card ${post.card}` } })
      .where(eq(cardPosts.id, post.id))
    return undefined
  }
  const rendered = renderPost(card, post, dressed(deps, post))
  if (rendered.problems.length > 0) {
    deps.log.error(
      { trace: post.trace, card: post.card, problems: rendered.problems },
      'card breaks platform limits',
    )
  }
  return rendered.json
}

async function openAttempt(
  deps: PosterDeps,
  post: Post,
): Promise<(Attempt & { version: number | undefined }) | undefined> {
  if (post.attemptUuid !== null && post.attemptAt !== null && post.attemptBody !== null) {
    // Which version that body showed is not known any more: after it is found, one patch brings the latest.
    return { uuid: post.attemptUuid, at: post.attemptAt, body: post.attemptBody, version: undefined }
  }
  const body = await renderNow(deps, post)
  if (body === undefined) return undefined
  const attempt = { uuid: post.attemptUuid ?? crypto.randomUUID(), at: deps.clock.now(), body }
  await deps.database.db
    .update(cardPosts)
    .set({ attemptUuid: attempt.uuid, attemptAt: attempt.at, attemptBody: attempt.body })
    .where(eq(cardPosts.id, post.id))
  return { ...attempt, version: post.version }
}

const closed = { attemptUuid: null, attemptAt: null, attemptBody: null }

/** Sends one post as a card of its own, or settles the attempt a previous process left open. */
export async function sendPost(deps: PosterDeps, post: Post): Promise<void> {
  const { db } = deps.database
  const attempt = await openAttempt(deps, post)
  if (attempt === undefined) return
  try {
    const target = { chatId: post.chatId, mark: postMark(post.id) }
    const result = await sendOnce(deps.feishu.messages, target, attempt, deps.clock.now())
    if (result.outcome === 'sent') {
      await db
        .update(cardPosts)
        .set({
          ...closed,
          messageId: result.messageId,
          postedAt: result.at,
          shownVersion: attempt.version ?? sql`${cardPosts.version} - 1`,
          attempts: 0,
          error: null,
        })
        .where(eq(cardPosts.id, post.id))
      deps.observe('card', deps.clock.now() - post.wantedAt)
      deps.log.info({ trace: post.trace, subject: post.subject, messageId: result.messageId }, 'card posted')
      return
    }
    const park = result.outcome === 'undecidable' && deps.settings.onLost === 'park'
    await db
      .update(cardPosts)
      .set({ ...closed, ...(park ? { state: 'parked' as const, error: { code: 'card_undecidable' } } : {}) })
      .where(eq(cardPosts.id, post.id))
  } catch (error) {
    await settleFailedSend(deps, post, error)
  }
}

async function settleFailedSend(deps: PosterDeps, post: Post, thrown: unknown): Promise<void> {
  const verdict = await judgeFailure(deps, post, thrown)
  const error = failureRecord(thrown)
  deps.log.warn(
    { trace: post.trace, subject: post.subject, ...error, action: verdict.action },
    'card not posted',
  )
  const change =
    verdict.action === 'retry'
      ? { dueAt: verdict.dueAt, attempts: post.attempts + 1, ...(verdict.keepAttempt ? {} : closed) }
      : { ...closed, state: 'parked' as const }
  await deps.database.db
    .update(cardPosts)
    .set({ ...change, error })
    .where(eq(cardPosts.id, post.id))
}
