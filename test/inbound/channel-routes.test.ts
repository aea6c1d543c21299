import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createPushHandler } from '#src/inbound/built-in-handlers.ts'
import { drainOne } from '#src/inbound/drain.ts'
import { silentLogger } from '#src/log.ts'
import { douyinLife } from '../../connectors/douyin-life/index.ts'
import { douyinShop } from '../../connectors/douyin-shop/index.ts'
import { useDatabase } from '../support/database.ts'
import { pushSigners } from '../support/push-signers.ts'
import { frontDoor, inboxRows } from './front-door.ts'

const database = useDatabase()
const config = douyinShop.config.parse({ appKey: 'app-1', appSecret: 'secret-1', shopId: '77' })
const sources = [{ shop: { id: 'shop-1' }, connector: douyinShop, config }]
let door: ReturnType<typeof frontDoor>

beforeEach(async () => {
  await database.pool.query('truncate inbox; truncate fetches')
  door = frontDoor(database)
  await door.app.close()
  door = frontDoor(database, { channels: { sources, store: door.store } })
})
afterEach(() => door.app.close())

function push(body: unknown, options: { headers?: Record<string, string>; shop?: string } = {}) {
  const payload = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
  const signed = pushSigners['douyin-shop']?.(payload, { appKey: 'app-1', appSecret: 'secret-1' }) ?? {}
  return door.app.inject({
    method: 'POST',
    url: `/channels/${options.shop ?? 'shop-1'}/push`,
    headers: { 'content-type': 'application/json', ...signed, ...options.headers },
    payload,
  })
}

const created = (orderNo: string, msgId = 'm1') => [
  { tag: '100', msg_id: msgId, data: JSON.stringify({ p_id: orderNo, shop_id: 77 }) },
]

async function drainAll() {
  const deps = {
    database,
    handlers: { 'channel:push': createPushHandler({ sources, clock: door.clock }) },
    wakeups: { on: () => () => undefined },
    clock: door.clock,
    log: silentLogger,
  }
  while (await drainOne(deps));
}

describe('pushes of a channel', () => {
  it('are kept raw, answered as the channel wants, and lead to a fetch of what changed', async () => {
    const answer = await push(created('6917000000000000001'))
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toEqual({ code: 0, msg: 'success' })
    await drainAll()
    const { rows } = await database.pool.query('select * from fetches')
    expect(rows).toMatchObject([
      {
        shop_id: 'shop-1',
        connector: 'douyin-shop',
        resource: 'orders',
        external_id: '6917000000000000001',
        wanted: 1,
      },
    ])
  })

  it('that check the address get back what they carry', async () => {
    const settings = { clientKey: 'key-1', clientSecret: 'secret-2', accountId: '9' }
    const life = { shop: { id: 'shop-2' }, connector: douyinLife, config: douyinLife.config.parse(settings) }
    await door.app.close()
    door = frontDoor(database, { channels: { sources: [life], store: door.store } })
    const payload = Buffer.from('{"event":"verify_webhook","content":"{\\"challenge\\":12345}"}')
    const headers = pushSigners['douyin-life']?.(payload, { clientSecret: 'secret-2' }) ?? {}
    const knock = { method: 'POST', url: '/channels/shop-2/push', payload } as const
    expect((await door.app.inject({ ...knock, headers })).body).toBe('{"challenge":12345}')
    expect((await door.app.inject({ ...knock, headers: {} })).body).not.toContain('challenge')
  })

  it('that come again are acknowledged and change nothing', async () => {
    for (let i = 0; i < 5; i += 1) expect((await push(created('1'))).statusCode).toBe(200)
    expect(await inboxRows(database)).toHaveLength(1)
    await push(created('1', 'm2'))
    await drainAll()
    expect((await database.pool.query('select wanted from fetches')).rows).toEqual([{ wanted: 2 }])
  })

  it('that are forged or changed get the refusal the channel expects and leave nothing', async () => {
    const answer = await push(created('1'), { headers: { 'event-sign': '0'.repeat(32) } })
    expect(answer.statusCode).toBe(401)
    expect(answer.json()).toMatchObject({ code: 40041 })
    expect(await inboxRows(database)).toEqual([])
  })

  it('that are authentic but unreadable are acknowledged and parked with the path', async () => {
    expect((await push([{ tag: '100', msg_id: 5, data: { p_id: {} } }])).statusCode).toBe(200)
    expect((await push('not json')).statusCode).toBe(200)
    expect((await push('[{"tag":"\\u0000"}]')).statusCode).toBe(200)
    const rows = await inboxRows(database)
    expect(rows[0]).toMatchObject({ state: 'parked', error: { code: 'record_unreadable' } })
    expect(rows[1]?.raw).toEqual(Buffer.from('not json'))
  })

  it('for a shop we do not know are answered with 404', async () => {
    expect((await push(created('1'), { shop: 'other' })).statusCode).toBe(404)
    expect((await push(created('1'), { shop: 'x'.repeat(300) })).statusCode).toBe(414)
    expect((await push(created('1'), { shop: '__proto__' })).statusCode).toBe(404)
  })

  it('with an address check are answered and forgotten', async () => {
    expect((await push([{ tag: '0', msg_id: '0', data: 'x' }])).json()).toEqual({ code: 0, msg: 'success' })
    await drainAll()
    expect((await database.pool.query('select 1 from fetches')).rowCount).toBe(0)
  })
})
