import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { AuthorizeDeps, Token } from '#src/contracts/connector.ts'
import { AppError } from '#src/errors.ts'
import { readEnvelope } from '../kit/read-reply.ts'
import { callAuth, connectorId } from './api.ts'
import type { JushuitanConfig } from './config.ts'

type AuthDeps = AuthorizeDeps<JushuitanConfig>

/** UNVERIFIED: how long a token typed in by hand still lives; it is refreshed or replaced when rejected earlier. */
const givenTokenLifeMs = 24 * 3_600_000

const tokenData = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).nullish(),
  expires_in: z.coerce.number().positive(),
})

/**
 * First the configured token, then refreshing, then the authorisation code, then what a self-built app may always do:
 * asking with a code of its own making.
 */
export async function authorize(deps: AuthDeps, previous?: Token): Promise<Token> {
  const { accessToken, refreshToken: givenRefresh, authorizationCode } = deps.config
  if (previous === undefined && accessToken !== undefined) return givenToken(deps, accessToken)
  const refreshToken = previous?.refreshToken ?? givenRefresh
  if (refreshToken !== undefined) {
    const refreshed = await refresh(deps, refreshToken)
    if (refreshed !== undefined) return refreshed
  }
  if (previous === undefined && authorizationCode !== undefined) {
    return exchange(deps, '/openWeb/auth/getAccessToken', authorizationCode)
  }
  return exchange(deps, '/openWeb/auth/getInitToken', randomBytes(3).toString('hex'))
}

function givenToken(deps: AuthDeps, accessToken: string): Token {
  const { refreshToken } = deps.config
  return { accessToken, ...(refreshToken ? { refreshToken } : {}), expiresAt: deps.now() + givenTokenLifeMs }
}

/** Undefined when the platform no longer takes the refresh token, so that another way can be tried. */
async function refresh(deps: AuthDeps, refreshToken: string): Promise<Token | undefined> {
  const fields = { grant_type: 'refresh_token', refresh_token: refreshToken, scope: 'all' }
  try {
    return await request(deps, '/openWeb/auth/refreshToken', fields)
  } catch (error) {
    if (
      !(error instanceof AppError) ||
      error.outcome !== 'refused' ||
      error.code === 'connector_rate_limited'
    )
      throw error
    deps.log.warn({ shop: deps.shop.id, code: error.code }, 'The refresh token is no longer accepted')
    return undefined
  }
}

function exchange(deps: AuthDeps, path: string, code: string): Promise<Token> {
  return request(deps, path, { grant_type: 'authorization_code', code })
}

async function request(deps: AuthDeps, path: string, fields: Record<string, string>): Promise<Token> {
  const { data } = await callAuth(deps, { path, fields })
  const token = readEnvelope(tokenData, data, { connector: connectorId, operation: path })
  return {
    accessToken: token.access_token,
    ...(token.refresh_token ? { refreshToken: token.refresh_token } : {}),
    expiresAt: deps.now() + token.expires_in * 1000,
  }
}
