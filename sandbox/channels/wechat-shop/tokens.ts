import type { Kernel } from '../../kernel/types.ts'
import { WechatFailure } from './failure.ts'
import { type Shop, wechatChanged, wechatState } from './state.ts'

const lifeSeconds = 7_200
/** Asked for in its last five minutes, a token is replaced. */
const lateMs = 5 * 60_000

/** The token in use; a new one only when asked by force, late or after the end. */
export function stableToken(kernel: Kernel, body: Record<string, unknown>): unknown {
  if (body.grant_type !== 'client_credential') throw new WechatFailure(40002, 'invalid grant_type')
  const shop = wechatState(kernel).shops.find((one) => one.appId === body.appid)
  if (shop === undefined) throw new WechatFailure(40013, 'invalid appid')
  if (shop.appSecret !== body.secret) throw new WechatFailure(40125, 'invalid appsecret')
  const now = kernel.clock.now()
  if (body.force_refresh === true || shop.tokenEndsAt - now < lateMs) {
    shop.token = kernel.id('wxt_').slice(4)
    shop.tokenEndsAt = now + lifeSeconds * 1000
    wechatChanged(kernel)
  }
  return { access_token: shop.token, expires_in: Math.floor((shop.tokenEndsAt - now) / 1000) }
}

export function shopOfToken(kernel: Kernel, token: string): Shop {
  if (token === '') throw new WechatFailure(41001, 'access_token missing')
  const shop = wechatState(kernel).shops.find((one) => one.token === token)
  if (shop === undefined) throw new WechatFailure(40001, 'invalid credential, access_token is invalid')
  if (shop.tokenEndsAt <= kernel.clock.now()) throw new WechatFailure(42001, 'access_token expired')
  return shop
}
