import type { Kernel } from '../../kernel/types.ts'
import { PddFailure } from './failure.ts'
import { pddChanged, pddState, type Shop } from './state.ts'

const lifeSeconds = 24 * 3_600
const refreshLifeSeconds = 30 * 86_400

/** A code gives the first token, once. */
export function tokenCreate(kernel: Kernel, field: (name: string) => string): unknown {
  const code = field('code')
  const shop = pddState(kernel).shops.find((one) => code !== '' && one.code === code)
  if (shop === undefined) throw new PddFailure(50001, '业务服务错误', 'code 无效或已过期')
  shop.code = ''
  renew(kernel, shop)
  return { pop_auth_token_create_response: tokenWire(kernel, shop) }
}

/** A refresh token gives a new pair and dies. */
export function tokenRefresh(kernel: Kernel, field: (name: string) => string): unknown {
  const given = field('refresh_token')
  const shop = pddState(kernel).shops.find((one) => one.refreshToken === given)
  if (shop === undefined) throw new PddFailure(50001, '业务服务错误', 'refresh_token 无效或已过期')
  renew(kernel, shop)
  return { pop_auth_token_refresh_response: tokenWire(kernel, shop) }
}

/** The old access token dies at once. */
export function renew(kernel: Kernel, shop: Shop): void {
  shop.accessToken = kernel.id('pa_').slice(3)
  shop.refreshToken = kernel.id('pr_').slice(3)
  shop.tokenEndsAt = kernel.clock.now() + lifeSeconds * 1000
  pddChanged(kernel)
}

function tokenWire(kernel: Kernel, shop: Shop): object {
  const now = Math.floor(kernel.clock.now() / 1000)
  return {
    access_token: shop.accessToken,
    refresh_token: shop.refreshToken,
    expires_in: lifeSeconds,
    expires_at: now + lifeSeconds,
    refresh_token_expires_in: refreshLifeSeconds,
    owner_id: shop.shopId,
    owner_name: shop.name,
    scope: ['pdd.order.number.list.increment.get', 'pdd.refund.list.increment.get', 'pdd.refund.agree'],
  }
}
