import type { Kernel } from '../../kernel/types.ts'
import { refusals } from './failure.ts'
import { type Shop, xhsChanged, xhsState } from './state.ts'

const lifeMs = 7 * 86_400_000

/** `oauth.refreshToken`: a refresh token gives new ones and dies. */
export function refreshToken(kernel: Kernel, fields: Record<string, unknown>): unknown {
  const shop = xhsState(kernel).shops.find((one) => one.refreshToken === fields.refreshToken)
  if (shop === undefined) throw refusals.refreshToken()
  renew(kernel, shop)
  return {
    accessToken: shop.accessToken,
    accessTokenExpiresAt: shop.tokenEndsAt,
    refreshToken: shop.refreshToken,
    refreshTokenExpiresAt: shop.tokenEndsAt + lifeMs,
    sellerId: shop.sellerId,
    sellerName: shop.name,
  }
}

/** The old tokens die at once. */
export function renew(kernel: Kernel, shop: Shop): void {
  shop.accessToken = kernel.id('token-').replaceAll('_', '')
  shop.refreshToken = kernel.id('refresh-').replaceAll('_', '')
  shop.tokenEndsAt = kernel.clock.now() + lifeMs
  xhsChanged(kernel)
}

export function shopOfToken(kernel: Kernel, token: unknown): Shop {
  const shop = xhsState(kernel).shops.find((one) => one.accessToken === token)
  if (shop === undefined || shop.tokenEndsAt <= kernel.clock.now()) throw refusals.token()
  return shop
}
