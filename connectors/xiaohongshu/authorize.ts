import { z } from 'zod'
import type { AuthorizeDeps, Token } from '#src/contracts/connector.ts'
import { platformError } from '../kit/platform-error.ts'
import { readEnvelope } from '../kit/read-reply.ts'
import { callApp, connectorId } from './api.ts'
import type { XiaohongshuConfig } from './config.ts'

type AuthDeps = AuthorizeDeps<XiaohongshuConfig>

/** UNVERIFIED: how long a token typed in by hand still lives; it is replaced when rejected earlier. */
const givenTokenLifeMs = 24 * 3_600_000

/** UNVERIFIED names beside the tokens themselves: ms since the epoch. */
const tokenData = z.object({
  accessToken: z.string().min(1),
  refreshToken: z.string().min(1).nullish(),
  accessTokenExpiresAt: z.coerce.number().positive(),
  refreshTokenExpiresAt: z.coerce.number().positive().nullish(),
})

/**
 * First the configured token, then refreshing, then the authorisation code.
 * @throws AppError `connector_authorization_lost` when nothing is left but to authorise anew
 */
export async function authorize(deps: AuthDeps, previous?: Token): Promise<Token> {
  const { accessToken, refreshToken: given, authorizationCode } = deps.config
  if (previous === undefined && accessToken !== undefined)
    return {
      accessToken,
      ...(given === undefined ? {} : { refreshToken: given }),
      expiresAt: deps.now() + givenTokenLifeMs,
    }
  const refreshToken = previous?.refreshToken ?? given
  if (refreshToken !== undefined) return request(deps, 'oauth.refreshToken', { refreshToken })
  if (authorizationCode !== undefined)
    return request(deps, 'oauth.getAccessToken', { code: authorizationCode })
  throw platformError('authorization', {
    ...{ connector: connectorId, operation: 'oauth', code: 'no_authorization', message: '' },
  })
}

async function request(deps: AuthDeps, method: string, fields: Record<string, string>): Promise<Token> {
  const { data } = await callApp(deps, { method, fields, reads: false })
  const token = readEnvelope(tokenData, data, { connector: connectorId, operation: method })
  return {
    accessToken: token.accessToken,
    ...(token.refreshToken ? { refreshToken: token.refreshToken } : {}),
    expiresAt: token.accessTokenExpiresAt,
    ...(token.refreshTokenExpiresAt ? { refreshExpiresAt: token.refreshTokenExpiresAt } : {}),
  }
}
