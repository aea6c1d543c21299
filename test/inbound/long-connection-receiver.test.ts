import { beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '#src/db/database.ts'
import { createLongConnectionReceiver } from '#src/inbound/long-connection-receiver.ts'
import { useDatabase } from '../support/database.ts'
import { cardPress, event1, event2, seal } from './feishu-sealing.ts'
import { frontDoor, inboxRows, post } from './front-door.ts'

const database = useDatabase()
beforeEach(() => database.pool.query('truncate inbox'))

describe('the long connection', () => {
  it('puts un-flattened envelopes into the same inbox as the webhook', async () => {
    const door = frontDoor(database)
    const receive = createLongConnectionReceiver(door.inbox)
    const [instance, chat] = [event1('I1', 'APPROVED', 'u1'), event2('im.chat.updated_v1', {}, 'e1')]
    expect(await receive(instance)).toEqual({})
    expect(await receive(chat)).toEqual({})
    expect((await post(door.app, seal(chat))).statusCode).toBe(200)
    const rows = await inboxRows(database)
    expect(rows.map((row) => [row.dedupe_key, row.lane, row.headers.transport])).toEqual([
      ['u1', 'approval:I1', 'long-connection'],
      ['e1', null, 'long-connection'],
    ])
    await door.app.close()
  })

  it('answers a press with the toast', async () => {
    const door = frontDoor(database)
    const receive = createLongConnectionReceiver(door.inbox)
    expect(await receive(cardPress())).toEqual({ toast: { type: 'success', content: '好' } })
    await door.app.close()
  })

  it('parks what it cannot read and rejects when it cannot store, so that the platform pushes again', async () => {
    const door = frontDoor(database)
    const receive = createLongConnectionReceiver(door.inbox)
    for (const odd of [null, 7, [], {}, { schema: '3.0' }, undefined]) expect(await receive(odd)).toEqual({})
    expect((await inboxRows(database)).map((row) => row.state)).toEqual(Array(5).fill('parked'))
    await door.app.close()

    const gone = openDatabase('postgres://nobody:x@127.0.0.1:1/none')
    const broken = frontDoor(gone)
    const refuse = createLongConnectionReceiver(broken.inbox)
    await expect(refuse(event2())).rejects.toMatchObject({ code: 'inbox_unavailable' })
    await broken.app.close()
    await gone.close()
  })
})
