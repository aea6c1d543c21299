/** `/token/create` and `/token/refresh`: access tokens live 7 days, refresh tokens 14. */
import { randomUUID } from 'node:crypto'
import type { Kernel } from '../../kernel/types.ts'
import { int64 } from '../big-json.ts'
import { illegal, missing, ShopFailure } from './failure.ts'
import type { TokenRoute } from './gateway.ts'
import { type Shop, shopChanged, shopState, type Token } from './state.ts'

const dayMs = 86_400_000
const hourMs = 3_600_000

export const tokenRoutes: readonly TokenRoute[] = [
  { path: '/token/create', handleWithoutToken: createToken },
  { path: '/token/refresh', handleWithoutToken: refreshToken },
]

/** The shop a live token was given for; the refusals tell a missing, an unknown and an expired token apart. */
export function shopOfToken(kernel: Kernel, accessToken: string): Shop {
  if (accessToken === '') throw missing('isv.access-token-missing', '认证失败，access_token不能为空')
  const token = shopState(kernel).tokens.find((known) => known.accessToken === accessToken)
  if (!token) throw illegal('isv.access-token-no-existed', 'access_token不存在，请使用最新的access_token访问')
  if (token.expiresAt <= kernel.clock.now()) throw illegal('isv.access-token-expired', 'access_token已过期')
  return shopById(kernel, token.shopId)
}

function createToken(kernel: Kernel, param: Record<string, unknown>): unknown {
  if (param.grant_type === 'authorization_self') {
    return tokenData(kernel, tokenFor(kernel, shopById(kernel, String(param.shop_id ?? ''))))
  }
  if (param.grant_type !== 'authorization_code')
    throw notGenerated('grant-type-invalid', 'grant_type参数取值不正确')
  const state = shopState(kernel)
  const found = state.codes.find((known) => known.code === String(param.code ?? ''))
  if (!found) throw notGenerated('code-invalid', 'code参数不正确，请引导商家重新授权获取code')
  state.codes = state.codes.filter((known) => known !== found)
  shopChanged(kernel)
  if (found.expiresAt <= kernel.clock.now()) throw notGenerated('code-expired', 'code已经失效')
  return tokenData(kernel, tokenFor(kernel, shopById(kernel, found.shopId)))
}

/**
 * More than an hour before the end: the same pair again. In the last hour: a new pair, the old one still works for an
 * hour. After the end: a new pair, the old one is dead. (Token notes of the platform's generated SDK.)
 */
function refreshToken(kernel: Kernel, param: Record<string, unknown>): unknown {
  const now = kernel.clock.now()
  const state = shopState(kernel)
  const token = state.tokens.find((known) => known.refreshToken === param.refresh_token)
  if (param.grant_type !== 'refresh_token')
    throw notGenerated('grant-type-invalid', 'grant_type参数取值不正确')
  if (!token) throw notGenerated('token-invalid', '生成token失败，token不存在')
  if (token.refreshExpiresAt <= now) throw notGenerated('token-expired', '生成token失败，token已过期')
  if (token.expiresAt - now > hourMs) return tokenData(kernel, token)
  if (token.expiresAt <= now) state.tokens = state.tokens.filter((known) => known !== token)
  else {
    token.expiresAt = now + hourMs
    token.refreshExpiresAt = token.expiresAt
  }
  return tokenData(kernel, addToken(kernel, token.shopId))
}

function tokenFor(kernel: Kernel, shop: Shop): Token {
  const now = kernel.clock.now()
  const live = shopState(kernel).tokens.findLast((token) => token.shopId === shop.shopId)
  return live && live.expiresAt - now > hourMs ? live : addToken(kernel, shop.shopId)
}

function addToken(kernel: Kernel, shopId: string): Token {
  const now = kernel.clock.now()
  const token = {
    shopId,
    accessToken: randomUUID(),
    refreshToken: randomUUID(),
    expiresAt: now + 7 * dayMs,
    refreshExpiresAt: now + 14 * dayMs,
  }
  shopState(kernel).tokens.push(token)
  shopChanged(kernel)
  return token
}

function tokenData(kernel: Kernel, token: Token): unknown {
  return {
    access_token: token.accessToken,
    expires_in: Math.floor((token.expiresAt - kernel.clock.now()) / 1000),
    refresh_token: token.refreshToken,
    scope: 'SCOPE',
    shop_id: int64(token.shopId),
    shop_name: shopById(kernel, token.shopId).name,
    authority_id: token.shopId,
    auth_subject_type: '',
  }
}

function shopById(kernel: Kernel, shopId: string): Shop {
  const shop = shopState(kernel).shops.find((known) => known.shopId === shopId)
  if (!shop)
    throw notGenerated('no-authorization', '生成token失败，店铺授权已失效，请重新引导商家完成店铺授权')
  return shop
}

function notGenerated(reason: string, subMsg: string): ShopFailure {
  return new ShopFailure(50001, '平台处理失败', { code: `dop.token-generate-failed:${reason}`, msg: subMsg })
}
