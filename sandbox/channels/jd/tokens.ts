import type { Kernel } from '../../kernel/types.ts'
import { jdChanged, jdState, type Shop } from './state.ts'

const lifeSeconds = 365 * 86_400

/** `POST /oauth2/refresh_token`: a refresh token gives a new access token and dies. */
export function answerToken(kernel: Kernel, form: URLSearchParams): string {
  const state = jdState(kernel)
  const refuse = (code: number, msg: string) => JSON.stringify({ code, msg })
  if (form.get('app_key') !== state.appKey || form.get('app_secret') !== state.appSecret)
    return refuse(401, 'app_key or app_secret is wrong')
  if (form.get('grant_type') !== 'refresh_token') return refuse(402, 'only refresh_token is played here')
  const shop = state.shops.find((one) => one.refreshToken === form.get('refresh_token'))
  if (shop === undefined) return refuse(403, 'refresh token is not known')
  renew(kernel, shop)
  return JSON.stringify({
    access_token: shop.accessToken,
    refresh_token: shop.refreshToken,
    expires_in: lifeSeconds,
    token_type: 'bearer',
    code: 0,
  })
}

/** The old token dies at once. */
export function renew(kernel: Kernel, shop: Shop): void {
  shop.accessToken = kernel.id('ja_').slice(3)
  shop.refreshToken = kernel.id('jr_').slice(3)
  shop.tokenEndsAt = kernel.clock.now() + lifeSeconds * 1000
  jdChanged(kernel)
}
