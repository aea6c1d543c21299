import { z } from 'zod'
import type { AuthorizeDeps, Token } from '#src/contracts/connector.ts'
import { AppError } from '#src/errors.ts'
import { platformError } from '../kit/platform-error.ts'
import { readEnvelope } from '../kit/read-reply.ts'
import { connectorId, send } from './api.ts'
import type { PinduoduoConfig } from './config.ts'

type Deps = AuthorizeDeps<PinduoduoConfig>

/** UNVERIFIED: how long a token typed in by hand still lives; it is replaced when rejected earlier. */
const givenTokenLifeMs = 24 * 3_600_000

/**
 * First the configured token, then refreshing, then the authorisation code. PDD docs: 授权说明.
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
  if (refresh !== undefined) return request(deps, 'pdd.pop.auth.token.refresh', { refresh_token: refresh })
  if (authorizationCode !== undefined)
    return request(deps, 'pdd.pop.auth.token.create', { code: authorizationCode })
  throw platformError('authorization', {
    connector: connectorId,
    operation: 'token',
    code: 'no_authorization',
    message: '',
  })
}

const tokenShape = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).nullish(),
  expires_in: z.coerce.number().positive(),
  refresh_token_expires_in: z.coerce.number().nullish(),
})
const reply = z
  .object({
    pop_auth_token_create_response: tokenShape.nullish(),
    pop_auth_token_refresh_response: tokenShape.nullish(),
  })
  .transform((read, context) => {
    const token = read.pop_auth_token_create_response ?? read.pop_auth_token_refresh_response
    if (!token) context.addIssue({ code: 'custom', message: 'token is missing' })
    return token ?? z.NEVER
  })

async function request(deps: Deps, type: string, fields: Record<string, string>): Promise<Token> {
  const now = deps.now()
  const answer = await send(deps, { type, fields, reads: false }).catch((error: unknown) => {
    throw isFinal(error) ? lost(error) : error
  })
  const token = readEnvelope(reply, answer.reply, { connector: connectorId, operation: type })
  return {
    accessToken: token.access_token,
    ...(token.refresh_token ? { refreshToken: token.refresh_token } : {}),
    expiresAt: now + token.expires_in * 1000,
    ...(token.refresh_token_expires_in
      ? { refreshExpiresAt: now + token.refresh_token_expires_in * 1000 }
      : {}),
  }
}

/** A code or refresh token that is refused stays refused: only the owner can authorise anew. */
function isFinal(error: unknown): error is AppError {
  const final = ['connector_request_refused', 'connector_token_rejected']
  return error instanceof AppError && final.includes(error.code) && error.outcome === 'refused'
}

function lost(error: AppError): AppError {
  return platformError('authorization', {
    connector: connectorId,
    operation: String(error.context.operation),
    code: String(error.context.code),
    message: String(error.context.message),
  })
}
