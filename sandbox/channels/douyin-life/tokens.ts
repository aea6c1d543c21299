import type { Kernel } from '../../kernel/types.ts'
import { LifeFailure } from './failure.ts'
import { lifeChanged, lifeState } from './state.ts'

const lifeSeconds = 7_200
const graceMs = 5 * 60_000
const mostCalls = 500

/** A new token every time; those before it die five minutes later. 500 calls in five minutes. */
export function clientToken(kernel: Kernel, body: Record<string, unknown>): object {
  const state = lifeState(kernel)
  const now = kernel.clock.now()
  if (body.grant_type !== 'client_credential') throw new LifeFailure(2100005, 'grant_type 不合法')
  if (body.client_key !== state.clientKey || body.client_secret !== state.clientSecret)
    throw new LifeFailure(10013, 'client_key 或 client_secret 错误')
  state.tokenCalls = [...state.tokenCalls.filter((at) => at > now - graceMs), now]
  if (state.tokenCalls.length > mostCalls) throw new LifeFailure(10020, '获取 token 过于频繁')
  const living = state.tokens.filter(({ endsAt }) => endsAt > now)
  const access_token = kernel.id('clt.')
  state.tokens = [
    ...living.map(({ token, endsAt }) => ({ token, endsAt: Math.min(endsAt, now + graceMs) })),
    { token: access_token, endsAt: now + lifeSeconds * 1000 },
  ]
  lifeChanged(kernel)
  return { access_token, expires_in: lifeSeconds }
}

export function requireToken(kernel: Kernel, token: unknown): void {
  const known = lifeState(kernel).tokens.find((one) => one.token === token)
  if (known === undefined) throw new LifeFailure(2190002, 'access_token无效')
  if (known.endsAt <= kernel.clock.now()) throw new LifeFailure(2190008, 'access_token过期')
}
