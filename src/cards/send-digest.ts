import { and, eq, inArray, sql } from 'drizzle-orm'
import type { AnyCard } from '#src/contracts/card.ts'
import type { PostError } from '#src/db/schema/cards.ts'
import { cardPosts, digests } from '#src/db/schema/index.ts'
import { failureRecord, judgeFailure, settleAlert, undecidableCode } from './failure.ts'
import { type Digest, lockPosts, type Post, postsOf } from './post-store.ts'
import { fitDigest, postMark, renderDigest } from './render.ts'
import { type Attempt, type SendResult, sendOnce } from './send-once.ts'
import type { PosterDeps } from './types.ts'

/** Posts of a digest that Feishu refused are sent one by one. */
const aloneCode = 'digest_refused'

/** With an open attempt, in place of an old card, or refused in a digest before: such a post is a card of its own. */
const mayBundle = (post: Post) =>
  post.attemptUuid === null && post.oldMessages.length === 0 && post.error?.code !== aloneCode

/**
 * Bundles the oldest unsent posts of a chat into one digest, when they are too many to send one by one. Returns
 * whether a digest was made.
 */
export async function formDigest(deps: PosterDeps, unsent: readonly Post[]): Promise<boolean> {
  if (unsent.length <= deps.settings.digestAbove) return false
  const free = unsent.filter(mayBundle)
  const first = free.find((p) => deps.cards.get(p.card)?.line !== undefined)
  const card: AnyCard | undefined = first === undefined ? undefined : deps.cards.get(first.card)
  if (first === undefined || card === undefined) return false
  const same = free.filter((p) => p.card === first.card)
  const posts = fitDigest(deps.layout, card, same)
  if (posts.length < 2) return false
  const id = crypto.randomUUID()
  const now = deps.clock.now()
  const ids = posts.map((p) => p.id)
  const { chatId, trace } = first
  await deps.database.db.transaction(async (tx) => {
    await lockPosts(tx, posts)
    await tx
      .insert(digests)
      .values({ id, chatId, card: card.id, posts: ids, dueAt: now, createdAt: now, trace })
    await tx.update(cardPosts).set({ digestId: id }).where(inArray(cardPosts.id, ids))
  })
  return true
}

interface OpenAttempt extends Attempt {
  fresh: boolean
}

/** Undefined: its content is refused before it leaves. */
async function openAttempt(
  deps: PosterDeps,
  digest: Digest,
  posts: readonly Post[],
): Promise<OpenAttempt | undefined> {
  if (digest.attemptUuid !== null && digest.attemptAt !== null && digest.attemptBody !== null) {
    return { uuid: digest.attemptUuid, at: digest.attemptAt, body: digest.attemptBody, fresh: false }
  }
  const card = deps.cards.get(digest.card)
  if (card === undefined) return undefined
  const rendered = renderDigest(deps.layout, card, { id: digest.id, posts })
  if (rendered.problems.length > 0) {
    deps.log.error({ trace: digest.trace, problems: rendered.problems }, 'digest breaks platform limits')
    return undefined
  }
  const attempt = { uuid: crypto.randomUUID(), at: deps.clock.now(), body: rendered.json }
  await deps.database.db
    .update(digests)
    .set({ attemptUuid: attempt.uuid, attemptAt: attempt.at, attemptBody: attempt.body })
    .where(eq(digests.id, digest.id))
  return { ...attempt, fresh: true }
}

const closed = { attemptUuid: null, attemptAt: null, attemptBody: null }

/** The digest itself cannot be shown: its posts become cards of their own. */
async function disband(deps: PosterDeps, digest: Digest, error: PostError): Promise<void> {
  deps.log.warn({ trace: digest.trace, ...error }, 'digest given up: its lines become cards of their own')
  await deps.database.db.transaction(async (tx) => {
    await lockPosts(tx, await postsOf(tx, digest))
    await tx
      .update(digests)
      .set({ ...closed, state: 'parked', error })
      .where(eq(digests.id, digest.id))
    await tx
      .update(cardPosts)
      .set({ digestId: null, dueAt: deps.clock.now(), error: { code: aloneCode } })
      .where(eq(cardPosts.digestId, digest.id))
  })
}

async function recordSent(
  deps: PosterDeps,
  sent: { digest: Digest; posts: readonly Post[]; messageId: string; at: number; fresh: boolean },
): Promise<void> {
  const { digest, posts } = sent
  await deps.database.db.transaction(async (tx) => {
    await lockPosts(tx, posts)
    await tx
      .update(digests)
      .set({ ...closed, messageId: sent.messageId, postedAt: sent.at, attempts: 0, error: null })
      .where(eq(digests.id, digest.id))
    for (const post of posts) {
      const shownVersion = sent.fresh ? post.version : sql`${cardPosts.version} - 1`
      await tx
        .update(cardPosts)
        .set({ postedAt: sent.at, shownVersion })
        .where(and(eq(cardPosts.id, post.id), eq(cardPosts.digestId, digest.id)))
    }
  })
  const oldest = Math.min(...posts.map((p) => p.wantedAt))
  deps.observe('digest', deps.clock.now() - oldest)
  await settleAlert(deps, digest.error)
}

async function settle(
  deps: PosterDeps,
  at: { digest: Digest; posts: readonly Post[]; attempt: OpenAttempt; result: SendResult },
): Promise<void> {
  const { digest, posts, attempt, result } = at
  if (result.outcome === 'sent') return recordSent(deps, { digest, posts, ...result, fresh: attempt.fresh })
  if (result.outcome === 'lost' || deps.settings.onLost === 'resend') {
    await deps.database.db.update(digests).set(closed).where(eq(digests.id, digest.id))
    return
  }
  const message = 'The digest may have been sent; the chat may not be read to find out'
  await deps.database.db
    .update(digests)
    .set({ state: 'parked', error: { code: undecidableCode, message } })
    .where(eq(digests.id, digest.id))
  await deps.alert({
    code: undecidableCode,
    subject: digest.chatId,
    title: '有卡片不确定是否已发出',
    text: `群 ${digest.chatId}：发送合并卡片（${posts.length} 条）时网络中断，且应用没有读取群消息的权限，无法确认。`,
    remedy: '请到群里核对；为应用开通 im:message.group_msg 权限后，系统以后会自己核对。',
  })
}

/** Sends a formed digest, or settles the attempt a previous process left open. */
export async function sendDigest(deps: PosterDeps, digest: Digest): Promise<void> {
  const posts = await postsOf(deps.database.db, digest)
  const attempt = await openAttempt(deps, digest, posts)
  if (attempt === undefined) return disband(deps, digest, { code: 'digest_over_limits' })
  try {
    const target = { chatId: digest.chatId, mark: postMark(digest.id) }
    const result = await sendOnce(deps.feishu.messages, target, attempt, deps.clock.now())
    await settle(deps, { digest, posts, attempt, result })
  } catch (thrown) {
    await settleFailure(deps, digest, { attempt, thrown })
  }
}

async function settleFailure(
  deps: PosterDeps,
  digest: Digest,
  { attempt, thrown }: { attempt: OpenAttempt; thrown: unknown },
): Promise<void> {
  const failed = {
    subject: `digest:${digest.id}`,
    chatId: digest.chatId,
    attempts: digest.attempts,
    heals: true,
  }
  const verdict = await judgeFailure(deps, failed, thrown)
  const error = failureRecord(thrown, verdict)
  deps.log.warn({ trace: digest.trace, ...error, action: verdict.action }, 'digest not posted')
  if (verdict.action !== 'retry') return disband(deps, digest, error)
  const keep = !(verdict.certain && attempt.fresh)
  await deps.database.db
    .update(digests)
    .set({ dueAt: verdict.dueAt, attempts: digest.attempts + 1, ...(keep ? {} : closed), error })
    .where(eq(digests.id, digest.id))
}
