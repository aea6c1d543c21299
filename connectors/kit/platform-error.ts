import type { HttpResponse } from '#src/contracts/connector.ts'
import { AppError, type Retry } from '#src/errors.ts'

/** What a platform's refusal means for us; each has one stable error code, whatever the platform calls it. */
export type Refusal =
  | 'token'
  | 'authorization'
  | 'rate'
  | 'unavailable'
  | 'permission'
  | 'signature'
  | 'request'

interface Meaning {
  code: string
  retry: Retry
  /** What the operator should do. */
  advice: string
}

const meanings: Record<Refusal, Meaning> = {
  token: {
    code: 'connector_token_rejected',
    retry: 'backoff',
    advice: '访问令牌被拒绝，将自动刷新；反复出现时请重新授权店铺',
  },
  authorization: {
    code: 'connector_authorization_lost',
    retry: 'never',
    advice: '店铺授权已失效，请重新授权',
  },
  rate: { code: 'connector_rate_limited', retry: 'backoff', advice: '平台限流，稍后自动重试' },
  unavailable: { code: 'connector_unavailable', retry: 'backoff', advice: '平台暂时不可用，稍后自动重试' },
  permission: {
    code: 'connector_permission_missing',
    retry: 'never',
    advice: '应用缺少接口权限或来源 IP 不在白名单，请在开放平台后台处理',
  },
  signature: {
    code: 'connector_signature_rejected',
    retry: 'never',
    advice: '签名或时间戳被拒绝，请核对应用密钥与服务器时间',
  },
  request: { code: 'connector_request_refused', retry: 'never', advice: '平台拒绝了这次请求' },
}

export interface PlatformReply {
  /** Connector id. */
  connector: string
  /** What was called, e.g. `/order/searchList`. */
  operation: string
  /** The platform's own code and words. */
  code: string
  message: string
  /** The platform's id of the call, for its support desk. */
  logId?: string
}

/** The error for a refusal the platform spelt out: it certainly did not do what was asked. */
export function platformError(refusal: Refusal, reply: PlatformReply): AppError {
  const { code, retry, advice } = meanings[refusal]
  const message = `${advice}（${reply.connector} ${reply.operation}：${reply.code} ${reply.message}）`
  const outcome = refusal === 'unavailable' ? 'unknown' : 'refused'
  return new AppError(code, message, { retry, outcome, context: { ...reply } })
}

/**
 * Throws for an HTTP status that is no 2xx: 429 is a limit (its `retry-after` is obeyed), 5xx may have been applied
 * and is retried, everything else is a refused request.
 */
export function assertHttpOk(
  response: HttpResponse,
  call: { connector: string; operation: string; now: number },
): void {
  if (response.status >= 200 && response.status < 300) return
  const { connector, operation, now } = call
  const reply = {
    connector,
    operation,
    code: `HTTP ${response.status}`,
    message: response.body.slice(0, 120),
  }
  const after = retryAfter(response.headers['retry-after'], now)
  if (response.status === 429 && after !== undefined) {
    const { code, message, context } = platformError('rate', reply)
    throw new AppError(code, message, { retry: { after }, outcome: 'refused', context })
  }
  if (response.status === 429) throw platformError('rate', reply)
  throw platformError(response.status >= 500 ? 'unavailable' : 'request', reply)
}

function retryAfter(header: string | undefined, now: number): Date | undefined {
  const seconds = Number(header)
  return header !== undefined && Number.isFinite(seconds) && seconds > 0
    ? new Date(now + seconds * 1000)
    : undefined
}

/** Their clock minus ours in ms, from the HTTP `date` header (whole seconds); 0 when there is none. */
export function clockSkewOf(response: HttpResponse, now: number): number {
  const theirs = Date.parse(response.headers.date ?? '')
  if (Number.isNaN(theirs)) return 0
  const skew = theirs - now
  // The header has no fractions of a second, so less than one says nothing.
  return Math.abs(skew) < 1000 ? 0 : skew
}
