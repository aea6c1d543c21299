import type { PostError } from '#src/db/schema/cards.ts'
import { toAppError } from '#src/errors.ts'
import { FeishuError } from '#src/feishu/types.ts'
import { nextDelay } from '#src/jobs/backoff.ts'
import { steadyReason } from '#src/ops/steady-reason.ts'
import type { Alert, PosterDeps } from './types.ts'

/** While an operator has to change something in Feishu, we look again this often. */
const permissionRetryMs = 5 * 60_000
/** Message recalled or deleted by people: theirs to decide. */
const goneCodes = new Set([230011, 230110])
/** Sent or not: nobody can tell, and the installation prefers asking people to sending twice. */
export const undecidableCode = 'card_undecidable'
/** Alerts must not raise alerts about themselves. */
const isAlert = (subject: string) => subject.startsWith('alert:')

export const isGone = (thrown: unknown): boolean =>
  thrown instanceof FeishuError && goneCodes.has(thrown.feishuCode)

export type Verdict =
  | {
      action: 'retry'
      dueAt: number
      /** The call certainly had no effect. */
      certain: boolean
      /** Others in the chat would meet the same: they wait, and the order is kept. */
      holdsChat: boolean
      alert?: PostError['alert']
    }
  | { action: 'park'; alert?: PostError['alert'] }
  | { action: 'gone' }
  | { action: 'expired' }

export interface Failed {
  subject: string
  chatId: string
  attempts: number
  /** Refused content is mended by the caller: nobody needs to be told. */
  heals?: boolean
}

function closedChatAlert(error: FeishuError, failed: Failed): Alert {
  return {
    code: error.code,
    subject: failed.chatId,
    title: '群里的卡片发不出去',
    text: `发往群 ${failed.chatId} 的卡片被飞书拒绝：${steadyReason(error)}`,
    remedy: '请检查机器人是否仍在群内、是否被禁言、应用权限是否齐全；处理后系统会自动补发。',
  }
}

function refusedCardAlert(error: FeishuError, failed: Failed): Alert {
  return {
    code: error.code,
    subject: failed.subject,
    title: '有一张卡片被飞书拒绝',
    text: `卡片 ${failed.subject}（群 ${failed.chatId}）：${steadyReason(error)}`,
    remedy: '内容仍在表格中，请先在表格里处理；请把错误码与追踪号发给 IT。内容变化后系统会再次发送。',
  }
}

async function tell(deps: PosterDeps, failed: Failed, alert: Alert): Promise<PostError['alert']> {
  if (isAlert(failed.subject)) return undefined
  await deps.alert(alert)
  return { code: alert.code, subject: alert.subject }
}

/** What to do with a card that could not be sent or changed; raises an alert when a person is needed. */
export async function judgeFailure(deps: PosterDeps, failed: Failed, thrown: unknown): Promise<Verdict> {
  const error = toAppError(thrown)
  const now = deps.clock.now()
  const certain = error.outcome !== 'unknown'
  const dueAt = now + nextDelay(failed.attempts + 1, Math.random)
  if (!(error instanceof FeishuError)) return { action: 'retry', dueAt, certain: false, holdsChat: false }
  if (error.failure === 'expired') return { action: 'expired' }
  if (isGone(error)) return { action: 'gone' }
  if (!certain) return { action: 'retry', dueAt, certain, holdsChat: true }
  switch (error.failure) {
    case 'rate-limited':
      return { action: 'retry', dueAt: now + (error.resetMs ?? 1_000), certain, holdsChat: true }
    case 'permission':
    case 'not-found': {
      const alert = await tell(deps, failed, closedChatAlert(error, failed))
      return { action: 'retry', dueAt: now + permissionRetryMs, certain, holdsChat: true, alert }
    }
    case 'invalid':
      if (failed.heals === true) return { action: 'park' }
      return { action: 'park', alert: await tell(deps, failed, refusedCardAlert(error, failed)) }
    default:
      return { action: 'retry', dueAt, certain, holdsChat: error.failure !== 'unknown' }
  }
}

/** The failure as it is kept beside the row. */
export function failureRecord(thrown: unknown, verdict: Verdict): PostError {
  const { code, message } = toAppError(thrown)
  const alert = 'alert' in verdict ? verdict.alert : undefined
  return {
    code,
    message,
    ...(verdict.action === 'retry' && verdict.holdsChat ? { holdsChat: true } : {}),
    ...(alert === undefined ? {} : { alert }),
  }
}

/** What a card was refused for is over: the alert about it, if any, is settled. */
export async function settleAlert(deps: PosterDeps, error: PostError | null): Promise<void> {
  if (error?.alert !== undefined) await deps.resolve?.(error.alert)
}
