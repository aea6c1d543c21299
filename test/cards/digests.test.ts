import { describe, expect, it } from 'vitest'
import { useDatabase } from '../support/database.ts'
import { type CardsWorld, noteCard, patchRoute, sendRoute, startCards } from './cards-world.ts'

const database = useDatabase()
const minute = 60_000
const day = 24 * 60 * minute

async function burst(world: CardsWorld, count: number, text = (i: number) => `line ${i}`): Promise<string[]> {
  const subjects = Array.from({ length: count }, (_, i) => `s${String(i).padStart(3, '0')}`)
  await world.state(async (cards) => {
    for (const [i, subject] of subjects.entries())
      await cards.show(noteCard, subject, { chatId: world.chatId }, { text: text(i) })
  })
  return subjects
}

const everyLine = (world: CardsWorld) =>
  world
    .shown()
    .flatMap(({ content }) => JSON.stringify(content).match(/line \d+/g) ?? [])
    .sort()

describe('a burst into one chat', () => {
  it('becomes digest cards of at most twenty lines, each subject in exactly one of them', async () => {
    const world = await startCards(database)
    await burst(world, 50)
    await world.settle()
    const lines = everyLine(world)
    expect(lines).toHaveLength(50)
    expect(new Set(lines).size).toBe(50)
    expect(world.shown()).toHaveLength(3)
    for (const { content } of world.shown())
      expect((JSON.stringify(content).match(/line \d+/g) ?? []).length).toBeLessThanOrEqual(20)
  })

  it('stays single cards up to the threshold', async () => {
    const world = await startCards(database)
    await burst(world, 8)
    await world.settle()
    expect(world.shown()).toHaveLength(8)
    expect(await world.bundles()).toEqual([])
  })

  it('makes smaller digests when long lines would break the size limit', async () => {
    const world = await startCards(database)
    await burst(world, 20, (i) => `line ${i} ${'长'.repeat(800)}`)
    await world.settle()
    expect(everyLine(world)).toHaveLength(20)
    expect(world.shown().length).toBeGreaterThan(1)
    expect(world.alerts).toEqual([])
  })

  it('gives a line that breaks the limits by itself a card of its own, and bundles the others', async () => {
    const world = await startCards(database)
    await burst(world, 12, (i) => (i === 3 ? 'z'.repeat(40_000) : `line ${i}`))
    await world.settle()
    expect(everyLine(world)).toHaveLength(11)
    expect(world.shown()).toHaveLength(2)
    expect(world.texts().join()).toContain('编号：s003')
  })

  it('says so in the line that cannot be rendered', async () => {
    const world = await startCards(database)
    await burst(world, 12, (i) => (i === 3 ? 'throws' : `line ${i}`))
    await world.settle()
    expect(world.shown()).toHaveLength(1)
    expect(JSON.stringify(world.shown()[0]?.content)).toContain('编号：s003')
  })

  it('is sent once although the answer was lost', async () => {
    const world = await startCards(database)
    world.fault({ kind: 'reset_after_apply', route: sendRoute, times: 1 })
    await burst(world, 12)
    await world.settle()
    expect(world.shown()).toHaveLength(1)
    await world.pass(minute)
    await world.settle()
    expect(world.shown()).toHaveLength(1)
    expect(await world.bundles()).toMatchObject([
      { messageId: world.shown()[0]?.message_id, attemptUuid: null },
    ])
  })

  it('is found in the chat after the uuid window', async () => {
    const world = await startCards(database)
    world.fault({ kind: 'reset_after_apply', route: sendRoute, times: 1 })
    await burst(world, 12)
    await world.settle()
    await world.pass(61 * minute)
    await world.settle(world.another())
    await world.poster.stop()
    await world.settle(world.another())
    expect(world.shown()).toHaveLength(1)
  })

  it('comes before the cards that were wished for later, also when it has to be tried again', async () => {
    const world = await startCards(database)
    world.fault({ kind: '230020', route: sendRoute, times: 5 })
    await burst(world, 12)
    await world.poster.runOnce()
    await world.show('late', 'late')
    await world.pass(10_000)
    await world.settle()
    expect(world.shown()).toHaveLength(2)
    expect(world.texts().at(-1)).toBe('late')
  })
})

describe('a line of a digest that changes', () => {
  it('changes the digest with one patch for all changed lines', async () => {
    const world = await startCards(database)
    const subjects = await burst(world, 12)
    await world.settle()
    await world.show(subjects[0] ?? '', 'line 100')
    await world.show(subjects[5] ?? '', 'line 105')
    await world.settle()
    expect(world.shown()).toMatchObject([{ versions: 2 }])
    expect(everyLine(world)).toEqual(expect.arrayContaining(['line 100', 'line 105']))
    expect(everyLine(world)).not.toContain('line 0')
  })

  it('becomes a card of its own, linked to the digest, when the digest is older than 14 days', async () => {
    const world = await startCards(database)
    const [first = ''] = await burst(world, 12)
    await world.settle()
    await world.pass(14 * day)
    await world.show(first, 'line 100')
    await world.settle()
    const [digest, single] = world.shown()
    expect(world.shown()).toHaveLength(2)
    expect(single).toMatchObject({ root_id: digest?.message_id })
    expect(await world.post(first)).toMatchObject({
      digestId: null,
      oldMessages: [{ messageId: digest?.message_id }],
    })
  })

  it('becomes a card of its own when the digest would grow over the limits', async () => {
    const world = await startCards(database)
    const [first = ''] = await burst(world, 12, (i) => `line ${i} ${'长'.repeat(600)}`)
    await world.settle()
    const before = world.shown().length
    await world.show(first, `line 100 ${'长'.repeat(6_000)}`)
    await world.settle()
    expect(world.shown()).toHaveLength(before + 1)
    expect(world.texts().at(-1)).toContain('line 100')
  })

  it('does not starve behind digests that are still to be sent', async () => {
    const world = await startCards(database)
    const [first = ''] = await burst(world, 12)
    await world.settle()
    await world.control(`chats/${world.otherChatId}/bot`, { present: false })
    await world.state(async (cards) => {
      for (let i = 0; i < 180; i++)
        await cards.show(noteCard, `other${i}`, { chatId: world.otherChatId }, { text: 'x' })
    })
    await world.settle()
    await world.show(first, 'line 100')
    await world.settle()
    expect(everyLine(world)).toContain('line 100')
  })

  it('leaves a digest alone that people recalled', async () => {
    const world = await startCards(database)
    const [first = ''] = await burst(world, 12)
    await world.settle()
    world.fault({ kind: 'code', code: 230011, route: patchRoute })
    await world.show(first, 'line 100')
    await world.settle()
    world.calls()
    await world.show(first, 'line 101')
    await world.settle()
    expect(world.calls()).toEqual([])
    expect(await world.post(first)).toMatchObject({ state: 'gone' })
  })
})

describe('a digest that Feishu refuses', () => {
  it('gives its lines back: they are sent one by one, and nothing is lost', async () => {
    const world = await startCards(database)
    world.fault({ kind: 'code', code: 230099, route: sendRoute, times: 1 })
    await burst(world, 12)
    await world.settle()
    expect(everyLine(world)).toHaveLength(12)
    expect(world.shown()).toHaveLength(12)
    expect(world.alerts).toEqual([])
  })

  it('at a change: the changed lines are sent one by one', async () => {
    const world = await startCards(database)
    const [first = ''] = await burst(world, 12)
    await world.settle()
    world.fault({ kind: 'code', code: 230099, route: patchRoute, times: 1 })
    await world.show(first, 'line 100')
    await world.settle()
    expect(world.shown()).toHaveLength(2)
    expect(world.texts().at(-1)).toBe('line 100')
  })
})
