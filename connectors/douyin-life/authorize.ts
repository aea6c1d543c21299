import { z } from 'zod'
import type { AuthorizeDeps, Token } from '#src/contracts/connector.ts'
import { readEnvelope } from '../kit/read-reply.ts'
import { connectorId, send } from './api.ts'
import type { DouyinLifeConfig } from './config.ts'

const token = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() })

/**
 * There is nothing to refresh: key and secret give a new token, and the one before dies five minutes later, so calls
 * under way end well. The machine asks for one at a time across processes. Platform: 生成 client_token.
 */
export async function authorize(deps: AuthorizeDeps<DouyinLifeConfig>): Promise<Token> {
  const { clientKey, clientSecret } = deps.config
  const path = '/oauth/client_token/'
  const now = deps.now()
  const { data } = await send(deps, path, {
    method: 'POST',
    url: '',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({
      client_key: clientKey,
      client_secret: clientSecret,
      grant_type: 'client_credential',
    }),
  })
  const read = readEnvelope(token, data, { connector: connectorId, operation: path })
  return { accessToken: read.access_token, expiresAt: now + read.expires_in * 1000 }
}
