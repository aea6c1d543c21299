import { z } from 'zod'
import type { AuthorizeDeps, Token } from '#src/contracts/connector.ts'
import { readEnvelope } from '../kit/read-reply.ts'
import { connectorId, send } from './api.ts'
import type { WechatShopConfig } from './config.ts'

const path = '/cgi-bin/stable_token'

const reply = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() })

/**
 * The token of the app and secret; there is nothing to refresh. Never forced: asking again gives the token that is in
 * use, so that two processes do not end each other's, and a new one only shortly before the old one ends. Forcing is
 * limited to twenty times a day. WeChat docs: 获取稳定版接口调用凭据.
 */
export async function authorize(deps: AuthorizeDeps<WechatShopConfig>): Promise<Token> {
  const { appId: appid, appSecret: secret } = deps.config
  const now = deps.now()
  const body = { grant_type: 'client_credential', appid, secret, force_refresh: false }
  const answer = await send(deps, { path, body, reads: true })
  const { access_token, expires_in } = readEnvelope(reply, answer.reply, {
    connector: connectorId,
    operation: path,
  })
  return { accessToken: access_token, expiresAt: now + expires_in * 1000 }
}
