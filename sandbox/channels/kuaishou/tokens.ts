import type { Kernel } from '../../kernel/types.ts'
import { KsFailure } from './failure.ts'
import { ksChanged, ksState, type Shop } from './state.ts'

const lifeSeconds = 48 * 3_600
const refreshLifeSeconds = 180 * 86_400

/** `/oauth2/access_token` and `/oauth2/refresh_token`. */
export function answerToken(kernel: Kernel, form: URLSearchParams, path: string): object {
  const { appKey, appSecret, shops } = ksState(kernel)
  if (form.get('app_id') !== appKey || form.get('app_secret') !== appSecret)
    throw new KsFailure(100200101, 'unauthorized_client')
  const isRefresh = path.endsWith('/refresh_token')
  if (form.get('grant_type') !== (isRefresh ? 'refresh_token' : 'code'))
    throw new KsFailure(100200104, 'unsupported_grant_type')
  const given = form.get(isRefresh ? 'refresh_token' : 'code') ?? ''
  const shop = shops.find((one) => given !== '' && given === (isRefresh ? one.refreshToken : one.code))
  if (shop === undefined)
    throw isRefresh
      ? new KsFailure(100200102, 'refreshToken.discarded')
      : new KsFailure(100200105, 'invalid_grant')
  if (isRefresh && shop.refreshEndsAt <= kernel.clock.now())
    throw new KsFailure(100200102, 'invalid refresh_token')
  shop.code = ''
  renew(kernel, shop)
  return {
    result: 1,
    access_token: shop.accessToken,
    refresh_token: shop.refreshToken,
    expires_in: lifeSeconds,
    refresh_token_expires_in: Math.floor((shop.refreshEndsAt - kernel.clock.now()) / 1000),
    open_id: `s1b6${shop.sellerId.slice(-8)}`,
    scopes: ['user_base', 'user_info', 'merchant_order', 'merchant_refund'],
  }
}

/** A new refresh token ends when the one before it would have. */
export function renew(kernel: Kernel, shop: Shop): void {
  const now = kernel.clock.now()
  shop.accessToken = kernel.id('ka_').slice(3)
  shop.refreshToken = kernel.id('kr_').slice(3)
  shop.tokenEndsAt = now + lifeSeconds * 1000
  if (shop.refreshEndsAt === 0) shop.refreshEndsAt = now + refreshLifeSeconds * 1000
  ksChanged(kernel)
}
