import { describe, expect, it } from 'vitest'
import { callShop, startWorld, tokenOfShop } from './world-sandbox.ts'

const hourMs = 3_600_000
const shopId = '48213377'
const anyOrders = { create_time_start: 1, page: 0, size: 1 }

describe('the Doudian gateway', () => {
  it('answers a correctly signed call, with either signature', async () => {
    const world = await startWorld()
    const token = await tokenOfShop(world, shopId)
    for (const signMethod of ['hmac-sha256', 'md5'] as const) {
      const answer = await callShop(world, '/order/searchList', anyOrders, { token, signMethod })
      expect(answer).toMatchObject({ code: 10000, msg: 'success', data: { page: 0, size: 1 } })
    }
  })

  it('refuses wrong signatures, secrets, keys and clocks, each with its own sub code', async () => {
    const world = await startWorld()
    const token = await tokenOfShop(world, shopId)
    const refusals = {
      'isv.signature-invalid': { token, sign: '0'.repeat(64) },
      'isv.app-id-invalid': { token, appKey: '3409409348479354011' },
      'isv.timestamp-invalid': { token, timestamp: String(Math.floor(Date.now() / 1000) - 700) },
      'isv.timestamp-format-error': { token, timestamp: 'yesterday' },
      'isv.access-token-missing': {},
      'isv.access-token-no-existed': { token: 'nobody' },
      'isv.parameter-format-invalid': { token, body: '{"page":' },
    }
    for (const [subCode, request] of Object.entries(refusals)) {
      const answer = await callShop(world, '/order/searchList', anyOrders, request)
      expect([answer.code === 10000, answer.sub_code, answer.data]).toEqual([false, subCode, null])
    }
    const other = await callShop(world, '/order/searchList', anyOrders, { token, secret: 'guess' })
    expect(other.sub_code).toBe('isv.signature-invalid')
  })

  it('accepts a body with its keys in another order, because it signs the canonical form', async () => {
    const world = await startWorld()
    const token = await tokenOfShop(world, shopId)
    const body = '{"size":1, "page":0, "create_time_start":1}'
    expect((await callShop(world, '/order/searchList', anyOrders, { token, body })).code).toBe(10000)
    const changed = '{"size":2,"page":0,"create_time_start":1}'
    const answer = await callShop(world, '/order/searchList', anyOrders, { token, body: changed })
    expect(answer.sub_code).toBe('isv.signature-invalid')
  })

  it('refuses a nesting deep enough to break a parser, without breaking', async () => {
    const world = await startWorld()
    const token = await tokenOfShop(world, shopId)
    const body = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    const answer = await callShop(world, '/order/searchList', anyOrders, { token, body })
    expect(answer.code).not.toBe(10000)
    expect((await callShop(world, '/order/searchList', anyOrders, { token })).code).toBe(10000)
  })

  it('says that an unknown interface does not exist', async () => {
    const world = await startWorld()
    expect(await callShop(world, '/order/doesNotExist', {})).toMatchObject({
      code: 70000,
      sub_code: 'isp.api-service-off',
    })
  })
})

describe('Doudian tokens', () => {
  it('belong to one shop, die after 7 days and are renewed by their refresh token', async () => {
    const world = await startWorld()
    const created = await callShop(world, '/token/create', {
      code: '',
      grant_type: 'authorization_self',
      shop_id: shopId,
    })
    expect(created.raw).toContain(`"shop_id":${shopId}`)
    const { access_token, refresh_token, expires_in } = created.data
    expect(expires_in).toBeGreaterThan(604_000)
    const refresh = { grant_type: 'refresh_token', refresh_token }
    expect((await callShop(world, '/token/refresh', refresh)).data.access_token).toBe(access_token)

    await world.kernel.clock.advance(7 * 24 * hourMs - hourMs / 2)
    const renewed = (await callShop(world, '/token/refresh', refresh)).data
    expect(renewed.access_token).not.toBe(access_token)
    expect((await callShop(world, '/order/searchList', anyOrders, { token: access_token })).code).toBe(10000)

    await world.kernel.clock.advance(2 * hourMs)
    const expired = await callShop(world, '/order/searchList', anyOrders, { token: access_token })
    expect(expired).toMatchObject({ code: 40003, sub_code: 'isv.access-token-expired' })
    expect(
      (await callShop(world, '/order/searchList', anyOrders, { token: renewed.access_token })).code,
    ).toBe(10000)
  })

  it('come for an authorization code once', async () => {
    const world = await startWorld()
    const { code } = (await world.control('channels/douyin-shop/authorize', { shop_id: shopId })).body
    const param = { code, grant_type: 'authorization_code' }
    expect((await callShop(world, '/token/create', param)).data.shop_name).toBe('海岛假期旗舰店')
    expect((await callShop(world, '/token/create', param)).sub_code).toBe(
      'dop.token-generate-failed:code-invalid',
    )
  })
})
