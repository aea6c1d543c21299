import type { OwnKernel } from '../../kernel/create-kernel.ts'
import { bearerOf } from '../../kernel/tokens.ts'
import { type ApiCall, ApiFailure } from '../../kernel/types.ts'
import { type Redeemed, type Refusal, redeemCode, redeemRefresh } from './redeem.ts'

const limit = { perMinute: 1000, perSecond: 50 }

/** Feishu docs: 历史版本 oidc 获取 / 刷新 user_access_token; all answered with HTTP 200. */
const texts = {
  20001: 'Invalid request. Please check request param',
  20003: 'The code passed is invalid. Please note that the code could only be used once',
  20004: 'The code passed has expired. Please generate a new one',
  20008: 'User not exist',
  20010: 'The user does not have permission to use this app',
  20014: 'The app access token passed is invalid. Please check the value',
  20021: 'User resigned',
  20026: 'The refresh token passed is invalid. Please check the value',
  20036: 'The grant_type passed is not supported',
  20037: 'The refresh token passed has expired. Please generate a new one',
} as const

type Code = keyof typeof texts

const codeOf: Record<Refusal, Code> = {
  'code-unknown': 20003,
  'code-used': 20003,
  'code-expired': 20004,
  'redirect-differs': 20001,
  // UNVERIFIED: the old call has no place for a verifier; a code asked for with PKCE is refused.
  'pkce-failed': 20003,
  'refresh-unknown': 20026,
  'refresh-used': 20026,
  'refresh-revoked': 20026,
  'refresh-expired': 20037,
  'refresh-forbidden': 20026,
  'user-gone': 20008,
  'user-resigned': 20021,
  'user-excluded': 20010,
  'scope-duplicate': 20001,
  'scope-not-granted': 20001,
}

/** POST /authen/v1/oidc/access_token and refresh_access_token, which need the app's own token. */
export function registerTokenV1(kernel: OwnKernel): void {
  const register = (
    name: string,
    grant: string,
    redeem: (call: ApiCall) => { given: unknown; run: (value: string) => Redeemed },
  ) =>
    kernel.api({
      method: 'POST',
      path: `/open-apis/authen/v1/oidc/${name}`,
      auth: 'none',
      limit,
      handle: (call) => {
        checkAppToken(kernel, call)
        if (call.body.grant_type !== grant) throw refused(20036)
        const { given, run } = redeem(call)
        if (typeof given !== 'string' || given === '') throw refused(20001)
        return answer(run(given))
      },
    })
  register('access_token', 'authorization_code', (call) => ({
    given: call.body.code,
    run: (code) => redeemCode(kernel, { version: 'v1', code }),
  }))
  register('refresh_access_token', 'refresh_token', (call) => ({
    given: call.body.refresh_token,
    run: (token) => redeemRefresh(kernel, { version: 'v1', token }),
  }))
}

function checkAppToken(kernel: OwnKernel, call: ApiCall): void {
  const isApp = bearerOf(call.request)?.startsWith('t-')
  try {
    if (isApp) kernel.tokens.check(call.request, { method: 'POST', path: call.route, handle: () => ({}) })
  } catch (error) {
    if (error instanceof ApiFailure) throw refused(20014)
    throw error
  }
  if (!isApp) throw refused(20014)
}

function refused(code: Code): ApiFailure {
  return new ApiFailure(code, texts[code], { status: 200 })
}

function answer(result: Redeemed): Record<string, unknown> {
  if (!result.ok) throw refused(codeOf[result.refusal])
  const { access, refresh, expiresIn, refreshExpiresIn } = result.tokens
  return {
    access_token: access.token,
    refresh_token: refresh.token,
    token_type: 'Bearer',
    expires_in: expiresIn,
    refresh_expires_in: refreshExpiresIn,
    scope: access.scopes.join(' '),
  }
}
