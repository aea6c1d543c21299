/** Channels that check the address of their pushes by GET before they save it. */
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { douyinShop } from '../../connectors/douyin-shop/index.ts'
import { wechatShop } from '../../connectors/wechat-shop/index.ts'
import { useDatabase } from '../support/database.ts'
import { frontDoor, inboxRows } from './front-door.ts'

const database = useDatabase()
const sources = [
  {
    shop: { id: 'wx' },
    connector: wechatShop,
    config: wechatShop.config.parse({ appId: 'wx-1', appSecret: 's', pushToken: 'token-1' }),
  },
  {
    shop: { id: 'dy' },
    connector: douyinShop,
    config: douyinShop.config.parse({ appKey: 'app-1', appSecret: 'secret-1', shopId: '77' }),
  },
]
let door: ReturnType<typeof frontDoor>

beforeEach(async () => {
  await database.pool.query('truncate inbox')
  door = frontDoor(database)
  await door.app.close()
  door = frontDoor(database, { channels: { sources, store: door.store } })
})
afterEach(() => door.app.close())

function check(shop: string, token: string) {
  const [timestamp, nonce] = ['1763690455', '397124']
  const signature = createHash('sha1').update([token, timestamp, nonce].sort().join('')).digest('hex')
  const query = { signature, timestamp, nonce, echostr: '<b>5871</b>' }
  return door.app.inject({ method: 'GET', url: `/channels/${shop}/push`, query })
}

describe('an address check', () => {
  it('gets its text back as plain text when it is signed, and nothing is kept', async () => {
    const answer = await check('wx', 'token-1')
    expect(answer.statusCode).toBe(200)
    expect(answer.body).toBe('<b>5871</b>')
    expect(answer.headers['content-type']).toMatch(/^text\/plain/)
    expect(await inboxRows(database)).toEqual([])
  })

  it('is refused with another token, without a signature, and for channels that make none', async () => {
    expect((await check('wx', 'token-2')).statusCode).toBe(401)
    const bare = await door.app.inject({ method: 'GET', url: '/channels/wx/push?echostr=1' })
    expect([bare.statusCode, bare.body]).toEqual([401, 'refused'])
    expect((await check('dy', 'token-1')).statusCode).toBe(404)
    expect((await check('nobody', 'token-1')).statusCode).toBe(404)
  })
})
