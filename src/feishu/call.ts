import { type Client, withTenantToken } from '@larksuiteoapi/node-sdk'
import type { z } from 'zod'
import type { Clock } from '#src/clock.ts'
import { AppError } from '#src/errors.ts'
import type { Limits, Rate } from '#src/limits/types.ts'
import { type Sleep, waitForTurn } from '#src/limits/wait-for-turn.ts'
import type { Logger } from '#src/log.ts'
import { classify } from './classify.ts'
import { type ApiName, apiRules } from './limit-table.ts'
import type { TokenProvider } from './token.ts'
import { FeishuError } from './types.ts'
import type { Usage } from './usage.ts'
import { WireFailure } from './wire-failure.ts'

/** Carries the tenant token: every SDK method takes it as its second argument. */
type Auth = ReturnType<typeof withTenantToken>

/** A limit of what is called about: one chat, one user, one message. */
export interface SubjectLimit {
  key: string
  rate: Rate
}

interface Work<T> {
  api: ApiName
  /** Budget meter: what the call is for. */
  purpose: string
  /** Shape of the answer's `data`. */
  answer: z.ZodType<T>
  send(sdk: Client, auth: Auth): Promise<unknown>
  subject?: SubjectLimit
}

export type Call = <T>(work: Work<T>) => Promise<T>

export interface CallerDeps {
  sdk: Client
  tokens: TokenProvider
  limits: Limits
  usage: Usage
  clock: Clock
  log: Logger
  sleep: Sleep
  /** [0, 1), for jitter */
  random(): number
  /** ms one call may spend waiting in all: for its turn, and before trying again. */
  maxWaitMs: number
}

const maxAttempts = 4
const firstBackoffMs = 300

/** What a call under way has used up. */
interface Progress {
  attempt: number
  waitedMs: number
  replayed: boolean
}

/**
 * The one way to Feishu: a turn within the limits, a live token, one failure path, the budget meter. Repeats inside are
 * only made when the call certainly did nothing (too many calls, token refused) or changes nothing; anything else is
 * for the caller, who persisted the attempt. Throws FeishuError.
 */
export function createCaller(deps: CallerDeps): Call {
  return async (work) => {
    const progress: Progress = { attempt: 0, waitedMs: 0, replayed: false }
    for (;;) {
      progress.attempt++
      await takeTurn(deps, work, progress)
      const result = await once(deps, work)
      if (result.ok) return result.value
      await prepareRepeat(deps, work, { progress, ...result })
    }
  }
}

const apiKey = (api: ApiName) => `feishu.${api}`

/** Waits for all buckets, the subject's first: it is the scarcest. */
async function takeTurn(deps: CallerDeps, work: Work<unknown>, progress: Progress): Promise<void> {
  const wanted = [
    ...(work.subject === undefined ? [] : [work.subject]),
    ...apiRules[work.api].rates.map(([name, rate]) => ({ key: `${apiKey(work.api)}.${name}`, rate })),
  ]
  const result = await waitForTurn(deps, wanted, deps.maxWaitMs - progress.waitedMs)
  progress.waitedMs += result.waitedMs
  if (result.ok) return
  throw new FeishuError(
    `飞书接口 ${work.api} 的调用额度已排到 ${Math.ceil(result.retryAfterMs / 1_000)} 秒之后，稍后再试。`,
    {
      feishuCode: 0,
      failure: 'rate-limited',
      httpStatus: 0,
      api: work.api,
      resetMs: Math.ceil(result.retryAfterMs),
    },
    { retry: { after: new Date(deps.clock.now() + result.retryAfterMs) }, outcome: 'not-sent' },
  )
}

type Result<T> = { ok: true; value: T } | { ok: false; error: FeishuError; token: string | undefined }

async function once<T>(deps: CallerDeps, work: Work<T>): Promise<Result<T>> {
  const { api, purpose } = work
  let token: string | undefined
  try {
    token = await deps.tokens.get()
    return { ok: true, value: readData(work, await sendCounted(deps, work, token)) }
  } catch (thrown) {
    const error = classify(api, thrown, deps.clock.now())
    const { feishuCode, failure, outcome, httpStatus, logId } = error
    deps.log.info({ api, purpose, feishuCode, failure, outcome, httpStatus, logId }, 'feishu call failed')
    return { ok: false, error, token }
  }
}

/** Counts what reached the platform, refusals included: they use up the budget too. */
async function sendCounted(deps: CallerDeps, work: Work<unknown>, token: string): Promise<unknown> {
  try {
    const body = await work.send(deps.sdk, withTenantToken(token))
    deps.usage.count(work.api, work.purpose, true)
    return body
  } catch (error) {
    if (error instanceof WireFailure && (error.answer.httpStatus > 0 || error.answer.outcome !== 'not-sent'))
      deps.usage.count(work.api, work.purpose, false)
    throw error
  }
}

/** A success we cannot read was applied all the same: its outcome is unknown to us. */
function readData<T>(work: Work<T>, body: unknown): T {
  const data = typeof body === 'object' && body !== null && 'data' in body ? body.data : {}
  const parsed = work.answer.safeParse(data ?? {})
  if (parsed.success) return parsed.data
  const where = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')
  throw new AppError('feishu_unreadable', `回答缺少需要的内容（${where}）`, {
    retry: 'backoff',
    outcome: 'unknown',
  })
}

interface Failed {
  progress: Progress
  error: FeishuError
  token: string | undefined
}

/** Waits for the next try, or throws the error when there is none. */
async function prepareRepeat(deps: CallerDeps, work: Work<unknown>, failed: Failed): Promise<void> {
  const { progress, error, token } = failed
  if (error.failure === 'token' && token !== undefined && !progress.replayed) {
    progress.replayed = true
    deps.tokens.evict(token)
    return
  }
  const waitMs = pauseBefore(deps, work, failed)
  if (waitMs === undefined || progress.attempt >= maxAttempts) throw error
  if (progress.waitedMs + waitMs > deps.maxWaitMs) throw error
  progress.waitedMs += waitMs
  await deps.sleep(waitMs)
}

/** ms to wait before repeating; undefined: not repeated. Everybody is told when the platform asks the app to wait. */
function pauseBefore(deps: CallerDeps, work: Work<unknown>, failed: Failed): number | undefined {
  const { error, progress } = failed
  const backoff = firstBackoffMs * 2 ** (progress.attempt - 1) * (0.5 + deps.random())
  if (error.failure === 'rate-limited') {
    const waitMs = (error.resetMs ?? 1_000) + Math.round(deps.random() * 250)
    const key =
      work.subject !== undefined && error.feishuCode === 230020 ? work.subject.key : pausedKey(work, error)
    if (key !== undefined) void deps.limits.pause(key, deps.clock.now() + waitMs).catch(() => undefined)
    return waitMs
  }
  const mayRepeat = apiRules[work.api].reads && error.failure === 'transient'
  return mayRepeat ? Math.round(backoff) : undefined
}

const pausedKey = (work: Work<unknown>, error: FeishuError) =>
  error.httpStatus === 429 || error.feishuCode === 99991400 ? `${apiKey(work.api)}.second` : undefined
