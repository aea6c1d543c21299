import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { createCards } from '#src/cards/desired.ts'
import { cardPosts } from '#src/db/schema/index.ts'
import { useDatabase } from '../support/database.ts'
import { type CardsWorld, noteCard, patchRoute, replyRoute, startCards } from './cards-world.ts'

const database = useDatabase()
const minute = 60_000
const day = 24 * 60 * minute

async function posted(options: Parameters<typeof startCards>[1] = {}): Promise<CardsWorld> {
  const world = await startCards(database, options)
  await world.show('s1', 'one')
  await world.settle()
  return world
}

/** People recall a card: through the client, which the sandbox offers as the recall call. */
async function recall(world: CardsWorld, subject: string): Promise<void> {
  const { messageId } = await world.post(subject)
  world.fault({ kind: 'code', code: 230011, route: patchRoute })
  world.fault({ kind: 'code', code: 230011, route: replyRoute })
  expect(messageId).not.toBeNull()
}

describe('changing a posted card', () => {
  it('patches the same message, many changes at once', async () => {
    const world = await posted()
    for (const text of ['two', 'three', 'four']) await world.show('s1', text)
    await world.settle()
    expect(world.shown()).toMatchObject([{ versions: 2 }])
    expect(world.texts()).toEqual(['four'])
  })

  it('patches again when it changed while a patch was under way', async () => {
    const world = await startCards(database)
    const { feishu } = world
    // Another process states a newer card at the very moment the patch is in flight.
    const messages: typeof feishu.messages = {
      ...feishu.messages,
      async patchCard(...call) {
        await feishu.messages.patchCard(...call)
        if (world.texts()[0] === 'two') await world.show('s1', 'three')
      },
    }
    const poster = world.another({ feishu: { messages } })
    await world.show('s1', 'one')
    await poster.runOnce()
    await world.show('s1', 'two')
    await poster.runOnce()
    expect(await world.post('s1')).toMatchObject({ version: 3, shownVersion: 2 })
    await poster.runOnce()
    expect(world.texts()).toEqual(['three'])
    expect(await world.post('s1')).toMatchObject({ version: 3, shownVersion: 3 })
  })

  it('is tried again after a lost answer', async () => {
    const world = await posted()
    world.fault({ kind: 'reset_after_apply', route: patchRoute, times: 1 })
    await world.show('s1', 'two')
    await world.poster.runOnce()
    expect(await world.post('s1')).toMatchObject({ version: 2, shownVersion: 1 })
    await world.pass(minute)
    await world.settle()
    expect(world.texts()).toEqual(['two'])
    expect(await world.post('s1')).toMatchObject({ version: 2, shownVersion: 2, error: null })
  })

  it('a card that cannot be rendered any more does not stop the changes of the others', async () => {
    const world = await posted()
    await world.show('s2', 'one')
    await world.settle()
    await world.show('s1', 'throws')
    await world.show('s2', 'two')
    await world.settle()
    expect(world.texts()[0]).toContain('编号：s1')
    expect(world.texts()[1]).toBe('two')
  })

  it('refused content is set aside, but not when newer content came meanwhile', async () => {
    const world = await posted()
    world.fault({ kind: 'code', code: 230028, route: patchRoute, times: 1 })
    await world.show('s1', 'forbidden')
    await world.settle()
    expect(await world.post('s1')).toMatchObject({ state: 'parked' })
    await world.show('s1', 'allowed')
    await world.settle()
    expect(world.texts()).toEqual(['allowed'])
    expect(world.resolved).toEqual([])
  })

  it('leaves a card alone that people recalled, whatever changes later', async () => {
    const world = await posted()
    await recall(world, 's1')
    await world.show('s1', 'two')
    await world.settle()
    expect(await world.post('s1')).toMatchObject({ state: 'gone' })
    world.calls()
    await world.show('s1', 'three')
    await world.pass(day)
    await world.settle()
    expect(world.calls()).toEqual([])
    expect(world.shown()).toHaveLength(1)
  })

  it('waits while the bot is out of the chat, and catches up with the last state', async () => {
    const world = await posted()
    await world.control(`chats/${world.chatId}/bot`, { present: false })
    await world.show('s1', 'two')
    await world.settle()
    await world.show('s1', 'three')
    await world.control(`chats/${world.chatId}/bot`, { present: true })
    await world.pass(6 * minute)
    await world.settle()
    expect(world.texts()).toEqual(['three'])
    expect(world.alerts).toMatchObject([{ code: 'feishu_230002', subject: world.chatId }])
  })
})

describe('a card older than 14 days', () => {
  const expectSuccessor = async (world: CardsWorld) => {
    const [old, fresh] = world.shown()
    expect(world.shown()).toHaveLength(2)
    expect(old).toMatchObject({ versions: 1 })
    expect(fresh).toMatchObject({ root_id: old?.message_id })
    expect(JSON.stringify(fresh?.content)).toContain('原卡片')
    expect(await world.post('s1')).toMatchObject({
      messageId: fresh?.message_id,
      oldMessages: [{ messageId: old?.message_id }],
      error: null,
    })
  }

  it('is replaced by a fresh one that links to it, and the fresh one changes from then on', async () => {
    const world = await posted()
    await world.pass(14 * day)
    await world.show('s1', 'two')
    world.calls()
    await world.settle()
    expect(world.calls()).not.toContain('im.message.patch')
    await expectSuccessor(world)
    await world.show('s1', 'three')
    await world.settle()
    expect(world.shown()).toMatchObject([{ versions: 1 }, { versions: 2 }])
    expect(JSON.stringify(world.shown()[1]?.content)).toContain('原卡片')
  })

  it('is replaced as well when only Feishu knows that it is too old (230031)', async () => {
    const world = await posted()
    await database.db.update(cardPosts).set({ postedAt: null }).where(eq(cardPosts.subject, 's1'))
    await world.pass(15 * day)
    await world.show('s1', 'two')
    await world.settle()
    await expectSuccessor(world)
  })

  it('is replaced once although the answer was lost', async () => {
    const world = await posted()
    await world.pass(14 * day)
    world.fault({ kind: 'reset_after_apply', route: replyRoute, times: 1 })
    await world.show('s1', 'two')
    await world.settle()
    await world.pass(61 * minute)
    await world.settle()
    expect(world.shown()).toHaveLength(2)
  })

  it('gets a successor of its own when people recalled it', async () => {
    const world = await posted()
    await recall(world, 's1')
    await world.pass(14 * day)
    await world.show('s1', 'two')
    await world.settle()
    expect(world.shown()).toHaveLength(2)
    expect(world.shown()[1]?.root_id).toBeUndefined()
  })

  it('is replaced again after another 14 days, keeping all its messages', async () => {
    const world = await posted()
    for (const text of ['two', 'three']) {
      await world.pass(14 * day)
      await world.show('s1', text)
      await world.settle()
    }
    expect(world.shown()).toHaveLength(3)
    expect((await world.post('s1')).oldMessages.map((one) => one.messageId)).toEqual(
      world
        .shown()
        .slice(0, 2)
        .map((one) => one.message_id),
    )
  })
})

describe('cards stated inside one transaction', () => {
  it('are not shown when it is rolled back', async () => {
    const world = await startCards(database)
    const failing = database.db.transaction(async (tx) => {
      const cards = createCards(tx, { trace: 't', now: world.now() })
      await cards.show(noteCard, 's1', { chatId: world.chatId }, { text: 'never' })
      throw new Error('the handler failed')
    })
    await expect(failing).rejects.toThrow('the handler failed')
    await world.settle()
    expect(world.shown()).toEqual([])
  })
})
