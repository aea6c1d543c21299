import type { FastifyReply } from 'fastify'
import type { Kernel } from '../../kernel/types.ts'
import { type Shop, taobaoChanged, taobaoState } from './state.ts'

const lifeSeconds = 30 * 86_400

/** `POST /token`: a refresh token gives a new session and dies; refusals are HTTP 400. */
export function answerToken(kernel: Kernel, form: URLSearchParams, reply: FastifyReply): string {
  const state = taobaoState(kernel)
  const refuse = (error: string, description: string) => {
    reply.code(400)
    return JSON.stringify({ error, error_description: description })
  }
  if (form.get('client_id') !== state.appKey || form.get('client_secret') !== state.appSecret)
    return refuse('invalid_client', 'client_id or client_secret is wrong')
  if (form.get('grant_type') !== 'refresh_token')
    return refuse('unsupported_grant_type', 'only refresh_token is played here')
  const shop = state.shops.find((one) => one.refreshToken === form.get('refresh_token'))
  if (shop === undefined) return refuse('invalid_grant', 'refresh token is not known')
  renew(kernel, shop)
  return JSON.stringify({
    access_token: shop.session,
    refresh_token: shop.refreshToken,
    expires_in: lifeSeconds,
    re_expires_in: lifeSeconds,
    token_type: 'Bearer',
    taobao_user_nick: encodeURIComponent(shop.name),
  })
}

/** The old session dies at once. */
export function renew(kernel: Kernel, shop: Shop): void {
  shop.session = kernel.id('6100_').replace('_', '')
  shop.refreshToken = kernel.id('6100_').replace('_', '')
  shop.sessionEndsAt = kernel.clock.now() + lifeSeconds * 1000
  taobaoChanged(kernel)
}
