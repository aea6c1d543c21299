import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { cardPosts } from '#src/db/schema/index.ts'
import { useDatabase } from '../support/database.ts'
import { type CardsWorld, listRoute, noteCard, sendRoute, startCards } from './cards-world.ts'

const database = useDatabase()
const minute = 60_000

async function announce(world: CardsWorld, count: number): Promise<string[]> {
  const texts = Array.from({ length: count }, (_, i) => `card ${String(i).padStart(3, '0')}`)
  for (const text of texts) {
    await world.pass(1)
    await world.show(text, text)
  }
  return texts
}

describe('sending cards into a chat', () => {
  it('keeps the order of the wishes', async () => {
    const world = await startCards(database)
    const texts = await announce(world, 8)
    await world.settle()
    expect(world.texts()).toEqual(texts)
  })

  it('keeps the order when Feishu refuses a card for being too fast, and does not ask before it may', async () => {
    const world = await startCards(database)
    world.fault({ kind: '230020', route: sendRoute, times: 5 })
    const texts = await announce(world, 4)
    await world.poster.runOnce()
    expect(world.texts()).toEqual([])
    await world.settle()
    const asked = world.calls().length
    await world.settle()
    expect(world.calls()).toHaveLength(0)
    expect(asked).toBeGreaterThan(0)
    await world.pass(5_000)
    await world.settle()
    expect(world.texts()).toEqual(texts)
  })

  it('lets the other chats go on while one of them is in trouble', async () => {
    const world = await startCards(database)
    await world.control(`chats/${world.chatId}/bot`, { present: false })
    await world.show('s1', 'stuck')
    await world.show('s2', 'free', world.otherChatId)
    await world.settle()
    expect(world.texts(world.otherChatId)).toEqual(['free'])
  })

  it('sends a short stand-in for a card that breaks the limits or cannot be rendered, and tells the operators', async () => {
    const world = await startCards(database)
    const to = { chatId: world.chatId }
    await world.state((cards) => cards.show(noteCard, 's1', to, { text: 'x', broken: true }))
    await world.show('s2', 'throws')
    await world.show('s3', 'y'.repeat(40_000))
    await world.show('s4', 'fine')
    await world.settle()
    const texts = world.texts()
    for (const subject of ['s1', 's2', 's3']) expect(texts.join()).toContain(`编号：${subject}`)
    expect(texts).toContain('fine')
    expect(new Set(world.alerts.map((alert) => alert.code))).toEqual(new Set(['card_over_limits']))
    await world.show('s2', 'throws no more')
    await world.settle()
    expect(world.texts()).toContain('throws no more')
  })

  it('sets a card aside that Feishu refuses for its content, lets others pass, and tries again with new content', async () => {
    const world = await startCards(database)
    world.fault({ kind: 'code', code: 230022, route: sendRoute, times: 1 })
    await announce(world, 2)
    await world.settle()
    expect(world.texts()).toEqual(['card 001'])
    expect(await world.post('card 000')).toMatchObject({ state: 'parked', error: { code: 'feishu_230022' } })
    expect(world.alerts).toMatchObject([{ code: 'feishu_230022', subject: 'card 000' }])
    await world.show('card 000', 'mended')
    await world.settle()
    expect(world.texts()).toEqual(['card 001', 'mended'])
  })

  it('sets a card aside whose definition is gone, and the rest goes on', async () => {
    const world = await startCards(database)
    await announce(world, 2)
    await database.db.update(cardPosts).set({ card: 'removed' }).where(eq(cardPosts.subject, 'card 000'))
    await world.settle()
    expect(world.texts()).toEqual(['card 001'])
    expect(await world.post('card 000')).toMatchObject({ state: 'parked', error: { code: 'card_unknown' } })
  })
})

describe('a bot that was removed from the chat', () => {
  it('alerts once, looks again every few minutes, and delivers everything in order once it is back', async () => {
    const world = await startCards(database)
    await world.control(`chats/${world.chatId}/bot`, { present: false })
    const texts = await announce(world, 5)
    await world.settle()
    world.calls()
    for (let round = 0; round < 3; round++) {
      await world.pass(6 * minute)
      await world.settle()
    }
    expect(new Set(world.alerts.map((alert) => JSON.stringify(alert))).size).toBe(1)
    expect(world.calls()).toHaveLength(3)
    await world.control(`chats/${world.chatId}/bot`, { present: true })
    await world.pass(6 * minute)
    await world.settle()
    expect(world.texts()).toEqual(texts)
    expect(world.resolved).toEqual([{ code: 'feishu_230002', subject: world.chatId }])
  })

  it('is not told of through the alert that cannot be delivered itself', async () => {
    const world = await startCards(database)
    await world.control(`chats/${world.chatId}/bot`, { present: false })
    await world.show('alert:x:y', 'something is wrong')
    await world.settle()
    expect(world.alerts).toEqual([])
  })
})

describe('a send whose answer was lost', () => {
  it('is sent again with the same uuid: one message', async () => {
    const world = await startCards(database)
    world.fault({ kind: 'reset_after_apply', route: sendRoute, times: 1 })
    await world.show('s1', 'hello')
    await world.poster.runOnce()
    const { attemptUuid } = await world.post('s1')
    expect(attemptUuid).not.toBeNull()
    await world.pass(minute)
    await world.settle()
    expect(world.shown()).toHaveLength(1)
    expect(await world.post('s1')).toMatchObject({
      messageId: world.shown()[0]?.message_id,
      attemptUuid: null,
    })
  })

  it('shows what changed meanwhile with one patch', async () => {
    const world = await startCards(database)
    world.fault({ kind: 'reset_after_apply', route: sendRoute, times: 1 })
    await world.show('s1', 'one')
    await world.poster.runOnce()
    await world.show('s1', 'two')
    await world.pass(minute)
    await world.settle()
    expect(world.shown()).toMatchObject([{ versions: 2 }])
    expect(world.texts()).toEqual(['two'])
  })

  it('is taken up by another process after a crash', async () => {
    const world = await startCards(database)
    world.fault({ kind: 'reset_after_apply', route: sendRoute, times: 1 })
    await world.show('s1', 'hello')
    await world.poster.runOnce()
    await world.poster.stop()
    await world.pass(minute)
    await world.settle(world.another())
    expect(world.shown()).toHaveLength(1)
  })

  it.each([
    ['at once', 0],
    ['again at the end of the uuid window', 54 * minute],
  ])('is found in the chat by its mark after the uuid window, when it got through %s', async (_, after) => {
    const world = await startCards(database)
    world.fault({ kind: after === 0 ? 'reset_after_apply' : 'reset_before', route: sendRoute, times: 1 })
    await world.show('s1', 'hello')
    await world.poster.runOnce()
    if (after > 0) {
      world.fault({ kind: 'reset_after_apply', route: sendRoute, times: 1 })
      await world.pass(after)
      await world.poster.runOnce()
    }
    expect(world.shown()).toHaveLength(1)
    await world.pass(61 * minute)
    await world.settle()
    expect(world.shown()).toHaveLength(1)
    expect(await world.post('s1')).toMatchObject({ messageId: world.shown()[0]?.message_id })
  })

  it('is sent anew after the uuid window when the chat does not hold it', async () => {
    const world = await startCards(database)
    world.fault({ kind: 'reset_before', route: sendRoute, times: 1 })
    await world.show('s1', 'hello')
    await world.poster.runOnce()
    expect(world.shown()).toHaveLength(0)
    await world.pass(61 * minute)
    await world.settle()
    expect(world.shown()).toHaveLength(1)
  })

  it('is not forgotten when the bot was removed meanwhile: no second card once it is back', async () => {
    const world = await startCards(database)
    world.fault({ kind: 'reset_after_apply', route: sendRoute, times: 1 })
    await world.show('s1', 'hello')
    await world.poster.runOnce()
    await world.control(`chats/${world.chatId}/bot`, { present: false })
    for (const ms of [minute, 10 * minute, 60 * minute, 10 * minute]) {
      await world.pass(ms)
      await world.settle()
    }
    await world.control(`chats/${world.chatId}/bot`, { present: true })
    await world.pass(10 * minute)
    await world.settle()
    expect(world.shown()).toHaveLength(1)
    expect(await world.post('s1')).toMatchObject({ messageId: world.shown()[0]?.message_id })
  })

  it.each([
    ['resend', 2, 'live'],
    ['park', 1, 'parked'],
  ] as const)('follows the policy %s when the chat may not be read', async (onLost, messages, state) => {
    const world = await startCards(database, { onLost })
    world.fault({ kind: 'reset_after_apply', route: sendRoute, times: 1 })
    world.fault({ kind: 'code', code: 230027, route: listRoute })
    await world.show('s1', 'hello')
    await world.poster.runOnce()
    await world.pass(61 * minute)
    await world.settle()
    expect(world.shown()).toHaveLength(messages)
    expect(await world.post('s1')).toMatchObject({ state })
    expect(world.alerts.map((alert) => alert.code)).toEqual(onLost === 'park' ? ['card_undecidable'] : [])
    await world.show('s1', 'changed')
    await world.settle()
    expect(world.shown()).toHaveLength(messages)
  })
})

describe('two posters', () => {
  it('never work at the same time, and the second goes on when the first ends', async () => {
    const world = await startCards(database)
    const second = world.another()
    await world.show('s1', 'hello')
    expect(await world.poster.runOnce()).toBe(true)
    expect(await second.runOnce()).toBe(false)
    await world.show('s2', 'there')
    expect(await second.runOnce()).toBe(false)
    await world.poster.stop()
    expect(await second.runOnce()).toBe(true)
    expect(world.texts()).toEqual(['hello', 'there'])
  })
})

describe('quiet hours', () => {
  it('hold cards back until they end, except in the operations chat', async () => {
    // The world begins at 08:00 in Shanghai.
    const quietHours = { from: 22, to: 9 }
    const world = await startCards(database, { quietHours, operations: 'other' })
    await world.show('s1', 'later')
    await world.show('s2', 'at once', world.otherChatId)
    await world.settle()
    expect(world.texts()).toEqual([])
    expect(world.texts(world.otherChatId)).toEqual(['at once'])
    await world.pass(60 * minute)
    await world.settle()
    expect(world.texts()).toEqual(['later'])
  })
})
