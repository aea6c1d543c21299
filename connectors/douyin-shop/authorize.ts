import { z } from 'zod'
import type { AuthorizeDeps, Token } from '#src/contracts/connector.ts'
import { AppError } from '#src/errors.ts'
import { readEnvelope } from '../kit/read-reply.ts'
import { callWithoutToken, connectorId } from './api.ts'
import type { DouyinShopConfig } from './config.ts'

const refreshTokenLifeMs = 14 * 86_400_000

const tokenData = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive(),
  refresh_token: z.string().min(1).nullish(),
})

/**
 * A self-built app asks for its shop's token directly; a live refresh token is tried first. When the platform no
 * longer knows it, a new token is asked for. @throws AppError `connector_authorization_lost` when the shop withdrew
 * its authorization
 */
export async function authorize(deps: AuthorizeDeps<DouyinShopConfig>, previous?: Token): Promise<Token> {
  const refreshToken = previous?.refreshToken
  if (refreshToken === undefined || (previous?.refreshExpiresAt ?? 0) <= deps.now()) return create(deps)
  try {
    return await request(deps, '/token/refresh', { grant_type: 'refresh_token', refresh_token: refreshToken })
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'connector_authorization_lost') throw error
    deps.log.warn({ shop: deps.shop.id }, 'The refresh token is no longer accepted; asking for a new token')
    return create(deps)
  }
}

function create(deps: AuthorizeDeps<DouyinShopConfig>): Promise<Token> {
  const { shopId } = deps.config
  return request(deps, '/token/create', { code: '', grant_type: 'authorization_self', shop_id: shopId })
}

async function request(
  deps: AuthorizeDeps<DouyinShopConfig>,
  path: string,
  param: Record<string, unknown>,
): Promise<Token> {
  const now = deps.now()
  const { data } = await callWithoutToken(deps, { path, param, reads: false })
  const token = readEnvelope(tokenData, data, { connector: connectorId, operation: path })
  return {
    accessToken: token.access_token,
    ...(token.refresh_token
      ? { refreshToken: token.refresh_token, refreshExpiresAt: now + refreshTokenLifeMs }
      : {}),
    expiresAt: expiry(token.expires_in, now),
  }
}

/** The platform's two descriptions disagree: seconds from now, or a unix time. Only the latter is that large. */
function expiry(expiresIn: number, now: number): number {
  return expiresIn > 1_000_000_000 ? expiresIn * 1000 : now + expiresIn * 1000
}
