import { setTimeout as sleepMs } from 'node:timers/promises'
import { Client, LoggerLevel } from '@larksuiteoapi/node-sdk'
import type { Clock } from '#src/clock.ts'
import { AppError } from '#src/errors.ts'
import { createHttp } from '#src/http/create-http.ts'
import type { Limits } from '#src/limits/types.ts'
import type { Sleep } from '#src/limits/wait-for-turn.ts'
import type { Logger } from '#src/log.ts'
import { createApprovals } from './approvals.ts'
import { createFields, createViews } from './bitable-fields.ts'
import { createRecords } from './bitable-records.ts'
import { createApps, createTables } from './bitable-tables.ts'
import { createCaller } from './call.ts'
import { createChats } from './chats.ts'
import { classify } from './classify.ts'
import { createContacts } from './contacts.ts'
import { createDrive } from './drive.ts'
import { createMessages } from './messages.ts'
import { createSdkHttp } from './sdk-http.ts'
import { createSdkLog } from './sdk-log.ts'
import { createTokenProvider, type FreshToken } from './token.ts'
import { type Feishu, FeishuError } from './types.ts'
import type { Usage } from './usage.ts'
import { WireFailure } from './wire-failure.ts'

export interface FeishuOptions {
  /** `https://open.feishu.cn`, Lark's counterpart, or a sandbox; no path. */
  baseUrl: string
  appId: string
  appSecret: string
  clock: Clock
  log: Logger
  limits: Limits
  usage: Usage
  /** ms for one HTTP call; default 10,000 */
  timeoutMs?: number
  /** ms one call may spend waiting for its turn and between tries; default 20,000. Beyond: `rate-limited`, not-sent. */
  maxWaitMs?: number
  sleep?: Sleep
  /** [0, 1) */
  random?: () => number
}

export interface OwnFeishu extends Feishu {
  /** Ends the connections. */
  close(): Promise<void>
}

/** Largest answer we take: a page of 500 records of wide tables. */
const maxAnswerBytes = 64 * 1024 * 1024

/** The Feishu client. Every call goes through `call`: token, limits, timeout, one failure path, budget meter. */
export function createFeishu(options: FeishuOptions): OwnFeishu {
  const base = new URL(options.baseUrl)
  const http = createHttp({
    hosts: [base.host],
    log: options.log,
    maxBytes: maxAnswerBytes,
    timeoutMs: options.timeoutMs ?? 10_000,
    // Each API has its own health: the retry policies above decide, not one breaker for the whole platform.
    breaker: false,
  })
  const sdk = new Client({
    appId: options.appId,
    appSecret: options.appSecret,
    domain: base.origin,
    disableTokenCache: true,
    httpInstance: createSdkHttp(http, options.timeoutMs ?? 10_000),
    logger: createSdkLog(options.log),
    loggerLevel: LoggerLevel.warn,
  })
  const requestToken = () => fetchToken(sdk, options)
  const call = createCaller({
    sdk,
    tokens: createTokenProvider({ request: requestToken, clock: options.clock }),
    limits: options.limits,
    usage: options.usage,
    clock: options.clock,
    log: options.log,
    sleep: options.sleep ?? (async (ms) => void (await sleepMs(ms))),
    random: options.random ?? Math.random,
    maxWaitMs: options.maxWaitMs ?? 20_000,
  })
  return {
    messages: createMessages(call),
    chats: createChats(call),
    bitable: {
      ...createApps(call),
      ...createTables(call),
      ...createFields(call),
      ...createViews(call),
      ...createRecords(call),
    },
    approvals: createApprovals(call),
    contacts: createContacts(call),
    drive: createDrive(call),
    checkCredentials: async () => void (await requestToken()),
    close: () => http.close(),
  }
}

interface TokenAnswer {
  tenant_access_token?: string
  /** seconds */
  expire?: number
}

/** Asks for a token with id and secret, never from any cache. Throws FeishuError. */
async function fetchToken(sdk: Client, options: FeishuOptions): Promise<FreshToken> {
  const api = 'auth.tenant-token'
  const { appId, appSecret } = options
  try {
    const answer: object = await sdk.auth.v3.tenantAccessToken.internal({
      data: { app_id: appId, app_secret: appSecret },
    })
    options.usage.count(api, 'token', true)
    // Unlike all others this answer has no `data`, whatever the generated type says.
    const { tenant_access_token: token, expire } = answer as TokenAnswer
    if (typeof token !== 'string' || typeof expire !== 'number')
      throw new AppError('feishu_unreadable', '取凭证的回答缺少 token', {
        retry: 'backoff',
        outcome: 'refused',
      })
    return { token, lifetimeMs: expire * 1_000 }
  } catch (error) {
    if (error instanceof WireFailure && error.answer.httpStatus > 0) options.usage.count(api, 'token', false)
    throw notSent(api, error, options)
  }
}

/** Whatever happened while getting a token, the call it was for did not leave. */
function notSent(api: string, error: unknown, options: FeishuOptions) {
  const failed = classify(api, error, options.clock.now())
  const { feishuCode, failure, httpStatus, logId, resetMs, retry, context } = failed
  return new FeishuError(
    failed.message,
    {
      feishuCode,
      failure: failure === 'token' ? 'permission' : failure,
      httpStatus,
      api,
      ...(logId === undefined ? {} : { logId }),
      ...(resetMs === undefined ? {} : { resetMs }),
    },
    { retry, outcome: 'not-sent', context, cause: failed.cause },
  )
}
