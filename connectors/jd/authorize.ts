import { z } from 'zod'
import type { AuthorizeDeps, Token } from '#src/contracts/connector.ts'
import { platformError } from '../kit/platform-error.ts'
import { readEnvelope, readReply } from '../kit/read-reply.ts'
import { connectorId } from './api.ts'
import type { JdConfig } from './config.ts'

type Deps = AuthorizeDeps<JdConfig>

/** UNVERIFIED: how long a token typed in by hand still lives; it is replaced when rejected earlier. */
const givenTokenLifeMs = 24 * 3_600_000

/**
 * First the configured token, then refreshing.
 * @throws AppError `connector_authorization_lost` when nothing is left but to authorise anew
 */
export async function authorize(deps: Deps, previous?: Token): Promise<Token> {
  const { accessToken, refreshToken } = deps.config
  if (previous === undefined && accessToken !== undefined)
    return {
      accessToken,
      ...(refreshToken === undefined ? {} : { refreshToken }),
      expiresAt: deps.now() + givenTokenLifeMs,
    }
  const refresh = previous?.refreshToken ?? refreshToken
  if (refresh === undefined) throw lost('no_authorization', '')
  return request(deps, refresh)
}

const tokenShape = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).nullish(),
  expires_in: z.coerce.number().positive(),
})
const errorShape = z.object({
  code: z.union([z.string(), z.number()]).refine((code) => String(code) !== '0'),
  msg: z.string().nullish(),
})

/** UNVERIFIED: path, parameters and answer of the refreshing call. */
async function request(deps: Deps, refreshToken: string): Promise<Token> {
  const { appKey, appSecret, tokenUrl } = deps.config
  const now = deps.now()
  const operation = '/oauth2/refresh_token'
  const response = await deps.http.request({
    method: 'POST',
    url: `${tokenUrl.replace(/\/+$/, '')}${operation}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' },
    body: new URLSearchParams({
      app_key: appKey,
      app_secret: appSecret,
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
    }).toString(),
  })
  const reply = readReply(response, { connector: connectorId, operation, now })
  const refused = errorShape.safeParse(reply).data
  if (refused !== undefined) throw lost(String(refused.code), refused.msg ?? '')
  const token = readEnvelope(tokenShape, reply, { connector: connectorId, operation })
  return {
    accessToken: token.access_token,
    refreshToken: token.refresh_token ?? refreshToken,
    expiresAt: now + token.expires_in * 1000,
  }
}

function lost(code: string, message: string) {
  return platformError('authorization', { connector: connectorId, operation: 'token', code, message })
}
