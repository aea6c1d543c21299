import { AppError, messageOf, type Outcome, type Retry } from '#src/errors.ts'

interface Known {
  code: string
  outcome: Outcome
  retry: Retry
  text: string
}

const unreachable = (text: string): Known => ({
  code: 'http_unreachable',
  outcome: 'not-sent',
  retry: 'backoff',
  text,
})

const certificate: Known = {
  code: 'http_certificate',
  outcome: 'not-sent',
  retry: 'backoff',
  text: '对方的 HTTPS 证书无法验证，请检查网络代理和系统时间',
}

/** Failures from before the request left: the call certainly did nothing. */
const beforeSending: Record<string, Known> = {
  ENOTFOUND: unreachable('域名无法解析'),
  EAI_AGAIN: unreachable('域名暂时无法解析，请检查 DNS'),
  ECONNREFUSED: unreachable('对方拒绝连接'),
  EHOSTUNREACH: unreachable('网络不通'),
  ENETUNREACH: unreachable('网络不通'),
  EADDRNOTAVAIL: unreachable('本机没有可用的网络地址或端口'),
  UND_ERR_CONNECT_TIMEOUT: unreachable('连接超时'),
  ADDRESS_REFUSED: {
    code: 'http_address_refused',
    outcome: 'not-sent',
    retry: 'never',
    text: '域名解析到了内网地址，已拒绝；确需调用时把该地址也写进主机名单',
  },
  UND_ERR_INVALID_ARG: {
    code: 'http_request_invalid',
    outcome: 'not-sent',
    retry: 'never',
    text: '请求本身无效（请求头或方法不合法）',
  },
  CERT_HAS_EXPIRED: certificate,
  CERT_NOT_YET_VALID: certificate,
  DEPTH_ZERO_SELF_SIGNED_CERT: certificate,
  SELF_SIGNED_CERT_IN_CHAIN: certificate,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: certificate,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: certificate,
  ERR_TLS_CERT_ALTNAME_INVALID: certificate,
  ERR_SSL_WRONG_VERSION_NUMBER: { ...certificate, text: '对方端口不是 HTTPS' },
}

const timeoutCodes = new Set([
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ETIMEDOUT',
  'ABORT_TIMEOUT',
])

/** What went wrong with a call that got no complete answer, and whether it may have been applied. */
export function callFailure(target: string, error: unknown): AppError {
  if (error instanceof AppError) return error
  const code = codeOf(error)
  const known = beforeSending[code] ?? afterSending(code)
  return new AppError(known.code, `调用 ${target} 失败：${known.text}（${code || messageOf(error)}）。`, {
    retry: known.retry,
    outcome: known.outcome,
    context: { target, cause: code },
    cause: error,
  })
}

/** The request may have arrived: only looking tells. */
function afterSending(code: string): Known {
  const timeout = timeoutCodes.has(code)
  return {
    code: timeout ? 'http_timeout' : 'http_broken',
    outcome: 'unknown',
    retry: 'backoff',
    text: timeout ? '对方没有按时回答，不知道是否已执行' : '连接在得到回答前中断，不知道是否已执行',
  }
}

/** The error's own code, or that of the first of several (one per address tried). */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return ''
  if ('name' in error && error.name === 'TimeoutError') return 'ABORT_TIMEOUT'
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0])
  return 'code' in error && typeof error.code === 'string' ? error.code : ''
}
