import { z } from 'zod'
import type { AuthorizeDeps, Token } from '#src/contracts/connector.ts'
import { AppError } from '#src/errors.ts'
import { platformError } from '../platform-error.ts'
import { readJson } from '../read-json.ts'
import { readEnvelope } from '../read-reply.ts'
import type { TopConfig } from './config.ts'

type Deps = AuthorizeDeps<TopConfig>

/** UNVERIFIED: how long a session key typed in by hand still lives; it is replaced when rejected earlier. */
const givenSessionLifeMs = 24 * 3_600_000

const tokenShape = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).nullish(),
  expires_in: z.coerce.number().positive(),
  re_expires_in: z.coerce.number().nullish(),
})
const errorShape = z.object({ error: z.string(), error_description: z.string().nullish() })

/**
 * First the configured session, then refreshing, then the authorisation code. TOP docs: 用户授权介绍.
 * @throws AppError `connector_authorization_lost` when nothing is left but to authorise anew
 */
export async function authorizeTop(connector: string, deps: Deps, previous?: Token): Promise<Token> {
  const { sessionKey, refreshToken, authorizationCode, redirectUri } = deps.config
  if (previous === undefined && sessionKey !== undefined)
    return {
      accessToken: sessionKey,
      ...(refreshToken === undefined ? {} : { refreshToken }),
      expiresAt: deps.now() + givenSessionLifeMs,
    }
  const refresh = previous?.refreshToken ?? refreshToken
  if (refresh !== undefined)
    return request(connector, deps, { grant_type: 'refresh_token', refresh_token: refresh })
  if (authorizationCode !== undefined)
    return request(connector, deps, {
      grant_type: 'authorization_code',
      code: authorizationCode,
      redirect_uri: redirectUri ?? '',
    })
  throw platformError('authorization', {
    connector,
    operation: 'token',
    code: 'no_authorization',
    message: '',
  })
}

async function request(connector: string, deps: Deps, grant: Record<string, string>): Promise<Token> {
  const { appKey, appSecret, tokenUrl } = deps.config
  const now = deps.now()
  const response = await deps.http.request({
    method: 'POST',
    url: `${tokenUrl.replace(/\/+$/, '')}/token`,
    headers: { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' },
    body: new URLSearchParams({ client_id: appKey, client_secret: appSecret, ...grant }).toString(),
  })
  const reply = parsed(response.body, connector)
  const refused = errorShape.safeParse(reply).data
  if (refused !== undefined)
    throw platformError('authorization', {
      connector,
      operation: '/token',
      code: refused.error,
      message: refused.error_description ?? '',
    })
  const token = readEnvelope(tokenShape, reply, { connector, operation: '/token' })
  return {
    accessToken: token.access_token,
    ...(token.refresh_token ? { refreshToken: token.refresh_token } : {}),
    expiresAt: now + token.expires_in * 1000,
    ...(token.re_expires_in ? { refreshExpiresAt: now + token.re_expires_in * 1000 } : {}),
  }
}

/** Refusals come with HTTP 400 and a JSON body, so the status alone says little. */
function parsed(body: string, connector: string): unknown {
  try {
    return readJson(body)
  } catch (cause) {
    throw new AppError('connector_bad_reply', `授权服务返回了无法识别的内容，稍后自动重试（${connector}）`, {
      retry: 'backoff',
      outcome: 'unknown',
      cause,
    })
  }
}
