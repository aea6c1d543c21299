/** `/openWeb/auth/…`: an access token lives 30 days (UNVERIFIED); a refresh gives a new pair and ends the old one soon. */
import type { Kernel } from '../../kernel/types.ts'
import { type AuthRoute, codes, ErpFailure } from './gateway.ts'
import { currentToken, type ErpToken, erpChanged, erpState, newToken } from './state.ts'

const graceMs = 10 * 60_000

export const authRoutes: readonly AuthRoute[] = [
  { path: '/openWeb/auth/getInitToken', handleForm: exchangeCode },
  { path: '/openWeb/auth/getAccessToken', handleForm: exchangeCode },
  { path: '/openWeb/auth/refreshToken', handleForm: refresh },
]

/** Any code is accepted: the consent page is not played. */
function exchangeCode(kernel: Kernel, form: Record<string, string>): unknown {
  if (form.grant_type !== 'authorization_code') throw new ErpFailure(codes.badParameter, 'grant_type不正确')
  if (!form.code) throw new ErpFailure(codes.badParameter, 'code不能为空')
  return show(kernel, currentToken(kernel))
}

function refresh(kernel: Kernel, form: Record<string, string>): unknown {
  if (form.grant_type !== 'refresh_token') throw new ErpFailure(codes.badParameter, 'grant_type不正确')
  const token = erpState(kernel).tokens.find((known) => known.refreshToken === form.refresh_token)
  if (!token) throw new ErpFailure(codes.badToken, 'refresh_token无效')
  token.refreshToken = ''
  token.expiresAt = Math.min(token.expiresAt, kernel.clock.now() + graceMs)
  erpChanged(kernel)
  return show(kernel, newToken(kernel))
}

function show(kernel: Kernel, token: ErpToken): unknown {
  return {
    access_token: token.accessToken,
    expires_in: Math.max(0, Math.floor((token.expiresAt - kernel.clock.now()) / 1000)),
    refresh_token: token.refreshToken,
    scope: 'all',
  }
}
