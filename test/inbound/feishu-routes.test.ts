import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '#src/db/database.ts'
import type { CardPress } from '#src/inbound/card-press.ts'
import { useDatabase } from '../support/database.ts'
import { cardPress, event1, event2, keys, nowMs, seal, sign } from './feishu-sealing.ts'
import { frontDoor, inboxRows, post } from './front-door.ts'

const database = useDatabase()
let door: ReturnType<typeof frontDoor>

beforeEach(async () => {
  await database.pool.query('truncate inbox')
  door = frontDoor(database)
})
afterEach(() => door.app.close())

describe('events over the webhook', () => {
  it('are committed with their decrypted bytes, then acknowledged', async () => {
    const body = event2('im.chat.updated_v1')
    const answer = await post(door.app, seal(body))
    expect(answer.statusCode).toBe(200)
    const [row] = await inboxRows(database)
    expect(row).toMatchObject({
      source: 'feishu',
      kind: 'event',
      dedupe_key: body.header.event_id,
      event_type: 'im.chat.updated_v1',
      state: 'new',
    })
    expect(JSON.parse(String(row?.raw))).toEqual(body)
  })

  it('keep approval events in the lane of their instance', async () => {
    await post(door.app, seal(event1('INST-1', 'PENDING', 'u1')))
    await post(door.app, seal(event1('INST-1', 'APPROVED', 'u2')))
    const rows = await inboxRows(database)
    expect(rows.map((row) => [row.dedupe_key, row.lane])).toEqual([
      ['u1', 'approval:INST-1'],
      ['u2', 'approval:INST-1'],
    ])
  })

  it('are stored once and acknowledged always, however often and in whatever order they come', async () => {
    const deliveries = fc.sample(
      fc.shuffledSubarray(
        Array.from({ length: 40 }, (_, i) => `event-${i % 12}`),
        { minLength: 40 },
      ),
      1,
    )[0] as string[]
    const answers = await Promise.all(
      deliveries.map((id) => post(door.app, seal(event2('im.chat.updated_v1', {}, id)))),
    )
    expect(answers.map((answer) => answer.statusCode)).toEqual(deliveries.map(() => 200))
    const rows = await inboxRows(database)
    expect(rows.map((row) => row.dedupe_key).sort()).toEqual([...new Set(deliveries)].sort())
  })

  it('of one message count once, even under two event ids', async () => {
    const message = { message: { message_id: 'om_77' } }
    await post(door.app, seal(event2('im.message.receive_v1', message)))
    await post(door.app, seal(event2('im.message.receive_v1', message)))
    expect((await inboxRows(database)).map((row) => row.dedupe_key)).toEqual(['message:om_77'])
  })

  it('with a stale timestamp are accepted once and refused when seen', async () => {
    const late = () => seal(event2('im.chat.updated_v1', {}, 'late'), { atMs: nowMs - 6 * 3_600_000 })
    expect((await post(door.app, late())).statusCode).toBe(200)
    expect((await post(door.app, late())).statusCode).toBe(401)
    const again = seal(event2('im.chat.updated_v1', {}, 'late'))
    expect((await post(door.app, again)).statusCode).toBe(200)
    expect(await inboxRows(database)).toHaveLength(1)
  })

  it('that nobody can read are kept parked with the path, and acknowledged', async () => {
    const { event_id: _gone, ...header } = event2().header
    const answer = await post(door.app, seal({ ...event2(), header }))
    expect(answer.statusCode).toBe(200)
    const [row] = await inboxRows(database)
    expect(row).toMatchObject({
      state: 'parked',
      error: { code: 'inbound_unreadable', path: 'header.event_id' },
    })
    const { rows } = await database.pool.query('select type, payload from events')
    expect(rows).toMatchObject([
      { type: 'work.parked', payload: { area: 'inbound', code: 'inbound_unreadable' } },
    ])
    expect(rows[0].payload.message).toMatch(/^header\.event_id: /)
  })

  it('that are forged leave nothing behind', async () => {
    const forged = sign(seal(event2()).raw, { encryptKey: 'guess' })
    expect((await post(door.app, forged)).statusCode).toBe(401)
    expect(await inboxRows(database)).toEqual([])
  })

  it('above 1 MB are refused before anything is read', async () => {
    const answer = await post(door.app, sign(Buffer.alloc(1024 * 1024 + 1, 0x20)))
    expect(answer.statusCode).toBe(413)
    const largest = await post(door.app, sign(Buffer.alloc(1024 * 1024, 0x20)))
    expect(largest.statusCode).toBe(200)
  })

  it('answer the address check', async () => {
    const challenge = { challenge: 'c-1', token: keys.verificationToken, type: 'url_verification' }
    expect((await post(door.app, seal(challenge))).json()).toEqual({ challenge: 'c-1' })
    expect(await inboxRows(database)).toEqual([])
  })
})

describe('unverified traffic', () => {
  it('is limited per address, and never holds back what is authentic', async () => {
    const strict = frontDoor(database, { unverifiedPerMinute: 3 })
    const forged = () => post(strict.app, sign('{}', { encryptKey: 'guess' }))
    const statuses = []
    for (let i = 0; i < 5; i += 1) statuses.push((await forged()).statusCode)
    expect(statuses).toEqual([401, 401, 401, 429, 429])
    expect((await post(strict.app, seal(event2()))).statusCode).toBe(200)
    expect((await strict.app.inject({ url: '/wp-login.php' })).statusCode).toBe(429)
    strict.clock.advance(60_000)
    expect((await forged()).statusCode).toBe(401)
    expect((await strict.app.inject({ url: '/wp-login.php' })).statusCode).toBe(404)
    await strict.app.close()
  })
})

describe('when the database is down', () => {
  it('nothing is acknowledged, so that the platform pushes again', async () => {
    const gone = openDatabase('postgres://nobody:x@127.0.0.1:1/none')
    const broken = frontDoor(gone)
    const answer = await post(broken.app, seal(event2()))
    expect(answer.statusCode).toBe(503)
    expect(answer.body).not.toContain('127.0.0.1')
    await broken.app.close()
    await gone.close()
  })
})

describe('card presses', () => {
  it('are stored before they are handled, and answered with what the handler says', async () => {
    const presses: { press: CardPress; stored: number }[] = []
    const answering = frontDoor(database, {
      onPress: async (press) => {
        presses.push({ press, stored: (await inboxRows(database)).length })
        return { toast: { type: 'success', content: '已认领' } }
      },
    })
    const answer = await post(
      answering.app,
      seal(cardPress({ p: 'x', a: 'claim', v: {} })),
      '/feishu/callback',
    )
    expect(answer.json()).toEqual({ toast: { type: 'success', content: '已认领' } })
    expect(presses).toMatchObject([
      {
        stored: 1,
        press: { openId: 'ou_1', messageId: 'om_1', chatId: 'oc_1', value: { p: 'x', a: 'claim', v: {} } },
      },
    ])
    await expect.poll(async () => (await inboxRows(database))[0]?.state).toBe('done')
    await answering.app.close()
  })

  it('that take too long are answered neutrally while their work goes on', async () => {
    const finished = Promise.withResolvers<void>()
    const slow = frontDoor(database, {
      pressDeadlineMs: 5,
      onPress: async () => {
        await finished.promise
        return {}
      },
    })
    const answer = await post(slow.app, seal(cardPress()), '/feishu/callback')
    expect(answer.json()).toEqual({ toast: { type: 'info', content: '已收到，正在处理' } })
    expect((await inboxRows(database))[0]?.state).toBe('new')
    finished.resolve()
    await expect.poll(async () => (await inboxRows(database))[0]?.state).toBe('done')
    await slow.app.close()
  })

  it('that fail are given to the drain at once, and the person is told', async () => {
    const failing = frontDoor(database, {
      onPress: () => {
        throw new Error('lock timeout')
      },
    })
    const answer = await post(failing.app, seal(cardPress()), '/feishu/callback')
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toMatchObject({ toast: { type: 'warning' } })
    await expect.poll(async () => Number((await inboxRows(database))[0]?.due_at)).toBe(nowMs)
    await failing.app.close()
  })

  it('that come again run again while they are fresh, and never when they are replayed later', async () => {
    let presses = 0
    const counting = frontDoor(database, {
      onPress: async () => {
        presses += 1
        return {}
      },
    })
    const press = (atMs: number) => post(counting.app, seal(cardPress({}, 'press-1'), { atMs }))
    expect((await press(nowMs)).statusCode).toBe(200)
    expect((await press(nowMs - 60_000)).statusCode).toBe(200)
    expect(presses).toBe(2)
    expect((await press(nowMs - 600_000)).statusCode).toBe(401)
    expect(presses).toBe(2)
    await counting.app.close()
  })

  it('without an operator are parked and answered', async () => {
    const press = cardPress()
    const answer = await post(
      door.app,
      seal({ ...press, event: { ...(press.event as object), operator: {} } }),
    )
    expect(answer.json()).toMatchObject({ toast: { type: 'error' } })
    const [row] = await inboxRows(database)
    expect(row).toMatchObject({ state: 'parked', error: { path: 'event.operator.open_id' } })
  })
})

describe('settings', () => {
  it('without an Encrypt Key the webhook does not open', () => {
    const { inbox } = door
    const open = () =>
      frontDoor(database, { feishu: { keys: { encryptKey: '', verificationToken: '' }, inbox } })
    expect(open).toThrow(/FEISHU_ENCRYPT_KEY[\s\S]*FEISHU_VERIFICATION_TOKEN/)
  })
})
