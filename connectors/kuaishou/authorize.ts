import { z } from 'zod'
import type { AuthorizeDeps, HttpRequest, Token } from '#src/contracts/connector.ts'
import { platformError } from '../kit/platform-error.ts'
import { readEnvelope, readReply } from '../kit/read-reply.ts'
import { connectorId } from './api.ts'
import type { KuaishouConfig } from './config.ts'

type Deps = AuthorizeDeps<KuaishouConfig>

/** A token typed in by hand: of 48 hours nobody knows how many are left; it is replaced when rejected earlier. */
const givenTokenLifeMs = 24 * 3_600_000

/**
 * First the configured token, then refreshing, then the authorisation code. Each refresh token works once, and the new
 * one ends when the old one would have. Kuaishou docs: APP授权说明.
 * @throws AppError `connector_authorization_lost` when nothing is left but to authorise anew
 */
export async function authorize(deps: Deps, previous?: Token): Promise<Token> {
  const { accessToken, refreshToken, authorizationCode } = deps.config
  if (previous === undefined && accessToken !== undefined)
    return {
      accessToken,
      ...(refreshToken === undefined ? {} : { refreshToken }),
      expiresAt: deps.now() + givenTokenLifeMs,
    }
  const refresh = previous?.refreshToken ?? refreshToken
  if (refresh !== undefined) return request(deps, refreshing(deps.config, refresh))
  if (authorizationCode !== undefined) return request(deps, redeeming(deps.config, authorizationCode))
  throw platformError('authorization', {
    connector: connectorId,
    operation: 'token',
    code: 'no_authorization',
    message: '',
  })
}

const urlOf = (config: KuaishouConfig, path: string) => `${config.baseUrl.replace(/\/+$/, '')}/oauth2/${path}`

function refreshing(config: KuaishouConfig, refresh_token: string): HttpRequest {
  const grant = { grant_type: 'refresh_token', refresh_token }
  return {
    method: 'POST',
    url: urlOf(config, 'refresh_token'),
    headers: { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' },
    body: new URLSearchParams({ app_id: config.appKey, app_secret: config.appSecret, ...grant }).toString(),
  }
}

function redeeming(config: KuaishouConfig, code: string): HttpRequest {
  const query = new URLSearchParams({
    ...{ app_id: config.appKey, app_secret: config.appSecret, grant_type: 'code', code },
  })
  return { method: 'GET', url: `${urlOf(config, 'access_token')}?${query}` }
}

const resultShape = z.object({
  result: z.coerce.number(),
  error: z.string().nullish(),
  error_msg: z.string().nullish(),
})
const tokenShape = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).nullish(),
  expires_in: z.coerce.number().positive(),
  refresh_token_expires_in: z.coerce.number().nullish(),
})

const serverError = 100200500

async function request(deps: Deps, wanted: HttpRequest): Promise<Token> {
  const now = deps.now()
  const operation = new URL(wanted.url).pathname
  const named = { connector: connectorId, operation, now }
  const reply = readReply(await deps.http.request(wanted), named)
  const { result, error, error_msg } = readEnvelope(resultShape, reply, named)
  if (result !== 1)
    throw platformError(result === serverError ? 'unavailable' : 'authorization', {
      ...{ connector: connectorId, operation, code: String(result), message: error_msg ?? error ?? '' },
    })
  const token = readEnvelope(tokenShape, reply, named)
  return {
    accessToken: token.access_token,
    ...(token.refresh_token ? { refreshToken: token.refresh_token } : {}),
    expiresAt: now + token.expires_in * 1000,
    ...(token.refresh_token_expires_in
      ? { refreshExpiresAt: now + token.refresh_token_expires_in * 1000 }
      : {}),
  }
}
