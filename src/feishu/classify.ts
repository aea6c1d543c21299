import { AppError, messageOf, type Outcome, type Retry } from '#src/errors.ts'
import { type ErrorRule, errorTable } from './error-table.ts'
import { FeishuError, type FeishuFailure } from './types.ts'
import { type WireAnswer, WireFailure } from './wire-failure.ts'

const maxText = 500

/** Any failure of a call as FeishuError. `now` is ms since the epoch. */
export function classify(api: string, error: unknown, now: number): FeishuError {
  if (error instanceof FeishuError) return error
  if (error instanceof WireFailure) return fromAnswer(api, error, now)
  if (error instanceof AppError) return fromAppError(api, error)
  // Thrown before anything left: the SDK misses a path argument, a token is missing.
  return new FeishuError(
    `飞书接口 ${api} 没有发出：${messageOf(error)}`,
    { feishuCode: 0, failure: 'invalid', httpStatus: 0, api },
    { retry: 'never', outcome: 'not-sent', cause: error },
  )
}

function fromAnswer(api: string, error: WireFailure, now: number): FeishuError {
  const { answer } = error
  const rule = ruleOf(answer)
  const resetMs = answer.resetMs ?? (rule.failure === 'rate-limited' ? 1_000 : undefined)
  return new FeishuError(
    describe(api, answer, rule),
    {
      feishuCode: answer.code ?? 0,
      failure: rule.failure,
      httpStatus: answer.httpStatus,
      api,
      ...(answer.logId === undefined ? {} : { logId: answer.logId }),
      ...(resetMs === undefined ? {} : { resetMs }),
    },
    {
      retry: retryOf(rule.failure, answer.resetMs, now),
      outcome: outcomeOf(answer, rule),
      context: { api, feishuCode: answer.code ?? 0, httpStatus: answer.httpStatus, logId: answer.logId },
      cause: error,
    },
  )
}

function ruleOf(answer: WireAnswer): ErrorRule {
  if (answer.code !== undefined) {
    const rule = errorTable.get(answer.code)
    if (rule !== undefined) return rule
  }
  if (answer.httpStatus === 429) return { failure: 'rate-limited', hint: '调用过于频繁，稍后自动重试。' }
  if (answer.httpStatus >= 500) return { failure: 'transient', hint: '飞书服务异常，稍后自动重试。' }
  if (answer.code === undefined)
    return { failure: 'transient', hint: '飞书没有给出可读的回答，稍后自动重试。' }
  return { failure: 'unknown', hint: '飞书返回了未收录的错误码，请对照飞书文档。' }
}

/** The code tells most; then HTTP 429 and 5xx; then what the connection knows. */
function outcomeOf(answer: WireAnswer, rule: ErrorRule): Outcome {
  if (rule.outcome !== undefined) return rule.outcome
  if (rule.failure === 'rate-limited') return 'not-sent'
  if (answer.httpStatus >= 500) return 'unknown'
  return answer.code === undefined ? answer.outcome : 'refused'
}

const retried: readonly FeishuFailure[] = ['rate-limited', 'transient', 'token', 'permission', 'unknown']

/** Missing permissions are retried too: work goes on by itself once somebody granted them. */
function retryOf(failure: FeishuFailure, resetMs: number | undefined, now: number): Retry {
  if (!retried.includes(failure)) return 'never'
  return failure === 'rate-limited' && resetMs !== undefined ? { after: new Date(now + resetMs) } : 'backoff'
}

function describe(api: string, answer: WireAnswer, rule: ErrorRule): string {
  const code = answer.code === undefined ? `HTTP ${answer.httpStatus || '无回答'}` : String(answer.code)
  const log = answer.logId === undefined ? '' : `，日志号 ${answer.logId}`
  return `飞书接口 ${api} 失败（${code}${log}）：${rule.hint} ${answer.text.slice(0, maxText)}`.trimEnd()
}

function fromAppError(api: string, error: AppError): FeishuError {
  // Asking again at once would bring the same unreadable answer.
  const lasting = error.code === 'feishu_unreadable' ? 'unknown' : 'transient'
  const failure = error.retry === 'never' ? 'invalid' : lasting
  return new FeishuError(
    `飞书接口 ${api} 失败：${error.message}`,
    { feishuCode: 0, failure, httpStatus: 0, api },
    { retry: error.retry, outcome: error.outcome, context: { api, cause: error.code }, cause: error },
  )
}
