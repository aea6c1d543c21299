import { describe, expect, it } from 'vitest'
import { fixedClock } from '#src/clock.ts'
import { createTokenProvider } from '#src/feishu/token.ts'

function setUp(lifetimeMs = 7_200_000) {
  const clock = fixedClock(1_000_000)
  let asked = 0
  let failing = false
  const provider = createTokenProvider({
    clock,
    request: async () => {
      asked++
      if (failing) throw new Error('platform is down')
      return { token: `t-${asked}`, lifetimeMs }
    },
  })
  return {
    clock,
    provider,
    asked: () => asked,
    fail: () => {
      failing = true
    },
  }
}

describe('the token provider', () => {
  it('asks again after a failed first request', async () => {
    const { provider, asked, fail } = setUp()
    fail()
    await expect(provider.get()).rejects.toThrow('down')
    await expect(provider.get()).rejects.toThrow('down')
    expect(asked()).toBe(2)
  })

  it('does not ask before every call when the platform gives short-lived tokens', async () => {
    const { provider, asked, clock } = setUp(100_000)
    await provider.get()
    clock.advance(49_999)
    await provider.get()
    expect(asked()).toBe(1)
    clock.advance(1)
    await provider.get()
    expect(asked()).toBe(2)
  })

  it('evicts only the token that was refused, not a newer one', async () => {
    const { provider, asked } = setUp()
    const old = await provider.get()
    provider.evict(old)
    const fresh = await provider.get()
    provider.evict(old)
    expect(await provider.get()).toBe(fresh)
    expect(asked()).toBe(2)
  })

  it('never hands out an evicted token, even when no new one can be had', async () => {
    const { provider, fail } = setUp()
    provider.evict(await provider.get())
    fail()
    await expect(provider.get()).rejects.toThrow('down')
  })
})
