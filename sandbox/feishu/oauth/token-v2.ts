import type { ApiCall, Kernel } from '../../kernel/types.ts'
import { appSettings } from '../application/app-state.ts'
import type { IssuedTokens } from './oauth-state.ts'
import { type Refusal, redeemCode, redeemRefresh } from './redeem.ts'

const limit = { perMinute: 1000, perSecond: 50 }

/** Feishu docs: 获取 user_access_token, 刷新 user_access_token. The names of the OAuth errors are UNVERIFIED. */
const errors = {
  20001: ['invalid_request', 'The request is missing a required parameter.'],
  20002: ['invalid_client', 'The client secret is invalid.'],
  20003: [
    'invalid_grant',
    'The authorization code is not found. Please note that an authorization code can only be used once.',
  ],
  20004: ['invalid_grant', 'The authorization code has expired.'],
  20008: ['invalid_grant', 'The user does not exist.'],
  20010: ['access_denied', 'The user does not have permission to use this app.'],
  20026: ['invalid_grant', 'The refresh token passed is invalid. Please check the value.'],
  20036: ['unsupported_grant_type', 'The specified grant_type is not supported.'],
  20037: ['invalid_grant', 'The refresh token passed has expired. Please generate a new one.'],
  20048: ['invalid_client', 'The specified app does not exist.'],
  20049: ['invalid_grant', 'PKCE code challenge failed.'],
  20063: ['invalid_request', 'The request is malformed. Please check your request.'],
  20064: [
    'invalid_grant',
    'The refresh token has been revoked. Please note that a refresh token can only be used once.',
  ],
  20065: [
    'invalid_grant',
    'The authorization code has been used. Please note that an authorization code can only be used once.',
  ],
  20066: ['invalid_grant', 'The user status is invalid.'],
  20067: [
    'invalid_scope',
    'The provided scope list contains duplicate scopes. Please ensure all scopes are unique.',
  ],
  20068: [
    'invalid_scope',
    'The provided scope list contains scopes that are not permitted. Please ensure all scopes are allowed.',
  ],
  20069: ['invalid_client', 'The specified app is not enabled.'],
  20070: [
    'invalid_request',
    'Multiple authentication methods were provided. Please only use one to proceed.',
  ],
  20071: ['invalid_grant', 'The provided redirect URI does not match the one used during authorization.'],
  20073: [
    'invalid_grant',
    'The refresh token has been used. Please note that a refresh token can only be used once.',
  ],
  20074: ['unauthorized_client', 'The specified app is not allowed to refresh token.'],
} as const

type Code = keyof typeof errors

const codeOf: Record<Refusal, Code> = {
  'code-unknown': 20003,
  'code-used': 20065,
  'code-expired': 20004,
  'redirect-differs': 20071,
  'pkce-failed': 20049,
  'refresh-unknown': 20026,
  'refresh-used': 20073,
  'refresh-revoked': 20064,
  'refresh-expired': 20037,
  'refresh-forbidden': 20074,
  'user-gone': 20008,
  'user-resigned': 20066,
  'user-excluded': 20010,
  'scope-duplicate': 20067,
  'scope-not-granted': 20068,
}

/** POST /authen/v2/oauth/token: both grants, in the shape of RFC 6749. */
export function registerTokenV2(kernel: Kernel): void {
  kernel.api({
    method: 'POST',
    path: '/open-apis/authen/v2/oauth/token',
    auth: 'none',
    envelope: false,
    limit,
    unverified: ['the OAuth names in `error` other than server_error', 'the form of the tokens'],
    handle: (call) => {
      const result = redeem(kernel, call)
      if (typeof result !== 'number') return answer(result)
      const [error, error_description] = errors[result]
      return call.reply.code(400).send({ code: result, error, error_description })
    },
  })
}

function redeem(kernel: Kernel, call: ApiCall): IssuedTokens | Code {
  const complaint = badClient(kernel, call)
  if (complaint) return complaint
  const { grant_type, code, refresh_token, redirect_uri, code_verifier, scope } = call.body as Record<
    string,
    string | undefined
  >
  if (grant_type === 'authorization_code') {
    if (!code) return 20001
    const result = redeemCode(kernel, {
      version: 'v2',
      code,
      redirectUri: redirect_uri,
      verifier: code_verifier,
      scope,
    })
    return result.ok ? result.tokens : codeOf[result.refusal]
  }
  if (grant_type === 'refresh_token') {
    if (!refresh_token) return 20001
    const result = redeemRefresh(kernel, { version: 'v2', token: refresh_token, scope })
    return result.ok ? result.tokens : codeOf[result.refusal]
  }
  return 20036
}

function badClient(kernel: Kernel, call: ApiCall): Code | undefined {
  const { grant_type, client_id, client_secret } = call.body
  if (Object.values(call.body).some((value) => typeof value !== 'string')) return 20063
  if (call.request.headers.authorization?.startsWith('Basic ')) return client_secret ? 20070 : 20063
  if (!grant_type || !client_id || !client_secret) return 20001
  const { appId, appSecret } = kernel.identity()
  if (client_id !== appId) return 20048
  if (client_secret !== appSecret) return 20002
  return appSettings(kernel).isEnabled ? undefined : 20069
}

function answer({ access, refresh, expiresIn, refreshExpiresIn }: IssuedTokens): Record<string, unknown> {
  return {
    code: 0,
    access_token: access.token,
    expires_in: expiresIn,
    ...(access.scopes.includes('offline_access') && {
      refresh_token: refresh.token,
      refresh_token_expires_in: refreshExpiresIn,
    }),
    token_type: 'Bearer',
    scope: access.scopes.join(' '),
  }
}
