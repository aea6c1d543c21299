import { beforeEach, describe, expect, it } from 'vitest'
import { createBatcher } from '#src/inbound/batcher.ts'
import { newItem } from '#src/inbound/inbox-item.ts'
import { createInboxStore } from '#src/inbound/inbox-store.ts'
import { useDatabase } from '../support/database.ts'
import { nowMs } from './feishu-sealing.ts'
import { inboxRows } from './front-door.ts'

const database = useDatabase()
beforeEach(() => database.pool.query('truncate inbox'))

const item = (dedupeKey: string, lane?: string) =>
  newItem({
    source: 'feishu',
    kind: 'event',
    dedupeKey,
    lane,
    raw: Buffer.from([0, 255, 10, 34, 92, 44]),
    receivedAt: nowMs,
  })

describe('the inbox store', () => {
  it('keeps bytes exactly and ids in the order of arrival', async () => {
    const store = createInboxStore(database)
    const keys = ['z', 'a', 'm', 'b']
    expect(await store.commit(keys.map((key) => item(key, 'lane')))).toEqual(['new', 'new', 'new', 'new'])
    const rows = await inboxRows(database)
    expect(rows.map((row) => row.dedupe_key)).toEqual(keys)
    expect(rows[0]?.raw).toEqual(Buffer.from([0, 255, 10, 34, 92, 44]))
  })

  it('says which of several equal items is the new one', async () => {
    const store = createInboxStore(database)
    expect(await store.commit([item('a'), item('a'), item('b')])).toEqual(['new', 'duplicate', 'new'])
    expect(await store.commit([item('a')])).toEqual(['duplicate'])
    expect(await store.commit([{ ...item('a'), source: 'channel:s1' }])).toEqual(['new'])
  })

  it('survives two processes that store the same events in opposite orders at once', async () => {
    const stores = [createInboxStore(database), createInboxStore(database)]
    const keys = Array.from({ length: 400 }, (_, i) => `k${i}`)
    const answers = await Promise.all([
      ...keys.map((key) => stores[0]?.commit([item(key)])),
      ...keys.toReversed().map((key) => stores[1]?.commit([item(key)])),
    ])
    expect(answers.flat().filter((answer) => answer === 'new')).toHaveLength(400)
    expect(await inboxRows(database)).toHaveLength(400)
  })

  it('keeps a row the database cannot hold from taking others with it', async () => {
    const store = createInboxStore(database, { connections: 1 })
    const first = store.commit([item('first')])
    const others = [store.commit([item('x')]), store.commit([item('bad\0key')]), store.commit([item('y')])]
    await first
    const results = await Promise.allSettled(others)
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect((await inboxRows(database)).map((row) => row.dedupe_key).sort()).toEqual(['first', 'x', 'y'])
  })

  it('turns items away when too many wait, instead of growing without end', async () => {
    const store = createInboxStore(database, { maxWaiting: 2 })
    const accepted = store.commit([item('a'), item('b')])
    await expect(store.commit([item('c')])).rejects.toMatchObject({ code: 'inbox_unavailable' })
    expect(await accepted).toEqual(['new', 'new'])
    expect(await store.commit([item('c')])).toEqual(['new'])
  })
})

describe('the batcher', () => {
  it('sends the first item at once and the ones that came meanwhile together', async () => {
    const batches: number[][] = []
    const gates: PromiseWithResolvers<void>[] = []
    const batcher = createBatcher<number, number>({
      maxItems: 3,
      maxBatches: 1,
      run: async (items) => {
        batches.push(items)
        const gate = Promise.withResolvers<void>()
        gates.push(gate)
        await gate.promise
        return items.map((n) => n * 10)
      },
    })
    const results = [1, 2, 3, 4, 5].map((n) => batcher.add([n]))
    expect(batches).toEqual([[1]])
    gates[0]?.resolve()
    await results[0]
    await expect.poll(() => batches).toEqual([[1], [2, 3, 4]])
    gates[1]?.resolve()
    await expect.poll(() => batches.length).toBe(3)
    gates[2]?.resolve()
    expect((await Promise.all(results)).flat()).toEqual([10, 20, 30, 40, 50])
    expect(batcher.size()).toBe(0)
  })
})
