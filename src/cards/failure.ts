import { toAppError } from '#src/errors.ts'
import { FeishuError } from '#src/feishu/types.ts'
import { nextDelay } from '#src/jobs/backoff.ts'
import type { Alert, PosterDeps } from './types.ts'

/** While an operator has to change something in Feishu, we look again this often. */
const permissionRetryMs = 5 * 60_000
/** Message recalled or deleted by people: theirs to decide. */
const goneCodes = new Set([230011, 230110])

export type Verdict =
  | { action: 'retry'; dueAt: number; keepAttempt: boolean }
  | { action: 'park' }
  | { action: 'gone' }
  | { action: 'expired' }

export interface Failed {
  subject: string
  chatId: string
  attempts: number
}

function alertFor(error: FeishuError, failed: Failed): Alert {
  return {
    code: error.code,
    subject: failed.chatId,
    title: '卡片发不出去',
    text: `发往群 ${failed.chatId} 的卡片（${failed.subject}）被飞书拒绝：${error.feishuCode}。${error.message}`,
    remedy: '请检查机器人是否仍在群内、是否被禁言、应用权限是否齐全；处理后系统会自动补发。',
  }
}

/** What to do with a card that could not be sent or changed; raises an alert when a person is needed. */
export async function judgeFailure(deps: PosterDeps, failed: Failed, thrown: unknown): Promise<Verdict> {
  const error = toAppError(thrown)
  const now = deps.clock.now()
  const soon = { action: 'retry', dueAt: now + nextDelay(failed.attempts + 1, Math.random) } as const
  if (!(error instanceof FeishuError)) return { ...soon, keepAttempt: true }
  if (error.failure === 'expired') return { action: 'expired' }
  if (goneCodes.has(error.feishuCode)) return { action: 'gone' }
  if (error.outcome === 'unknown') return { ...soon, keepAttempt: true }
  if (error.failure === 'rate-limited')
    return { action: 'retry', dueAt: now + (error.resetMs ?? 1000), keepAttempt: true }
  if (error.failure === 'permission' || error.failure === 'not-found') {
    if (!failed.subject.startsWith('alert:')) await deps.alert(alertFor(error, failed))
    return { action: 'retry', dueAt: now + permissionRetryMs, keepAttempt: false }
  }
  if (error.failure === 'invalid') {
    if (!failed.subject.startsWith('alert:')) await deps.alert(alertFor(error, failed))
    return { action: 'park' }
  }
  return { ...soon, keepAttempt: error.outcome !== 'refused' }
}

/** The failure as it is kept beside the row. */
export function failureRecord(thrown: unknown): Record<string, unknown> {
  const error = toAppError(thrown)
  return { code: error.code, message: error.message }
}
