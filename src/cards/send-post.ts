import { eq, sql } from 'drizzle-orm'
import type { AnyCard, CardJson } from '#src/contracts/card.ts'
import { cardPosts } from '#src/db/schema/index.ts'
import { failureRecord, judgeFailure, settleAlert, undecidableCode } from './failure.ts'
import type { Post } from './post-store.ts'
import { postMark, renderPost } from './render.ts'
import { type Attempt, type SendResult, sendOnce } from './send-once.ts'
import type { PosterDeps } from './types.ts'

/** A fresh card in place of one that can no longer change says so. */
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
    deps.log.error({ trace: post.trace, card: post.card, subject: post.subject }, 'no such card: post parked')
    return undefined
  }
  const rendered = renderPost(card, post, dressed(deps, post))
  if (rendered.problems.length > 0) await tellProblems(deps, post, rendered.problems)
  return rendered.json
}

async function tellProblems(deps: PosterDeps, post: Post, problems: string[]): Promise<void> {
  const { trace, card, subject } = post
  deps.log.error({ trace, card, subject, problems }, 'card breaks platform limits')
  if (subject.startsWith('alert:')) return
  await deps.alert({
    code: 'card_over_limits',
    subject: card,
    title: '有卡片超出飞书的限制',
    text: `卡片 ${card} 有内容无法完整显示，群里先显示了简短版本：${problems.slice(0, 3).join('；')}`,
    remedy: '数据完整保存在表格中，请先在表格里查看；请把这条告警转给 IT 调整卡片。',
  })
}

interface OpenAttempt extends Attempt {
  /** Made just now: no earlier call can have applied it. */
  fresh: boolean
}

async function openAttempt(deps: PosterDeps, post: Post): Promise<OpenAttempt | undefined> {
  if (post.attemptUuid !== null && post.attemptAt !== null && post.attemptBody !== null) {
    return { uuid: post.attemptUuid, at: post.attemptAt, body: post.attemptBody, fresh: false }
  }
  const body = await renderNow(deps, post)
  if (body === undefined) return undefined
  const attempt = { uuid: crypto.randomUUID(), at: deps.clock.now(), body }
  await deps.database.db
    .update(cardPosts)
    .set({ attemptUuid: attempt.uuid, attemptAt: attempt.at, attemptBody: attempt.body })
    .where(eq(cardPosts.id, post.id))
  return { ...attempt, fresh: true }
}

const closed = { attemptUuid: null, attemptAt: null, attemptBody: null }

/** Sends one post as a card of its own, or settles the attempt a previous process left open. */
export async function sendPost(deps: PosterDeps, post: Post): Promise<void> {
  const attempt = await openAttempt(deps, post)
  if (attempt === undefined) return
  try {
    const target = {
      chatId: post.chatId,
      mark: postMark(post.id),
      replyTo: post.oldMessages.at(-1)?.messageId,
    }
    const result = await sendOnce(deps.feishu.messages, target, attempt, deps.clock.now())
    await settle(deps, post, { attempt, result })
  } catch (error) {
    await settleFailedSend(deps, post, { attempt, thrown: error })
  }
}

async function settle(
  deps: PosterDeps,
  post: Post,
  { attempt, result }: { attempt: OpenAttempt; result: SendResult },
): Promise<void> {
  const { db } = deps.database
  if (result.outcome === 'undecidable' && deps.settings.onLost === 'park') return parkUndecidable(deps, post)
  if (result.outcome !== 'sent') {
    await db.update(cardPosts).set(closed).where(eq(cardPosts.id, post.id))
    return
  }
  await db
    .update(cardPosts)
    .set({
      ...closed,
      messageId: result.messageId,
      postedAt: result.at,
      // Which version an earlier attempt's body showed is not known any more: one patch brings the latest.
      shownVersion: attempt.fresh ? post.version : sql`${cardPosts.version} - 1`,
      attempts: 0,
      error: null,
    })
    .where(eq(cardPosts.id, post.id))
  deps.observe('card', deps.clock.now() - post.wantedAt)
  deps.log.info({ trace: post.trace, subject: post.subject, messageId: result.messageId }, 'card posted')
  await settleAlert(deps, post.error)
}

/** The attempt stays open, so that a press on the card, should it be there, still adopts it. */
async function parkUndecidable(deps: PosterDeps, post: Post): Promise<void> {
  const message = 'The card may have been sent; the chat may not be read to find out'
  await deps.database.db
    .update(cardPosts)
    .set({ state: 'parked', error: { code: undecidableCode, message } })
    .where(eq(cardPosts.id, post.id))
  await deps.alert({
    code: undecidableCode,
    subject: post.chatId,
    title: '有卡片不确定是否已发出',
    text: `群 ${post.chatId}：发送时网络中断，且应用没有读取群消息的权限，无法确认卡片 ${post.subject} 是否已在群里。`,
    remedy: '请到群里核对；为应用开通 im:message.group_msg 权限后，系统以后会自己核对。',
  })
}

async function settleFailedSend(
  deps: PosterDeps,
  post: Post,
  { attempt, thrown }: { attempt: OpenAttempt; thrown: unknown },
): Promise<void> {
  const verdict = await judgeFailure(deps, post, thrown)
  const error = failureRecord(thrown, verdict)
  deps.log.warn(
    { trace: post.trace, subject: post.subject, ...error, action: verdict.action },
    'card not posted',
  )
  const retry = verdict.action === 'retry'
  // An earlier call of this attempt may have been applied: only a fresh one is closed by a clear no.
  const keep = retry && !(verdict.certain && attempt.fresh)
  await deps.database.db
    .update(cardPosts)
    .set({
      ...(keep ? {} : closed),
      ...(retry
        ? { dueAt: verdict.dueAt, attempts: post.attempts + 1 }
        : // New content that came meanwhile is a new chance.
          { state: sql`case when ${cardPosts.version} = ${post.version} then 'parked' else 'live' end` }),
      error,
    })
    .where(eq(cardPosts.id, post.id))
}
