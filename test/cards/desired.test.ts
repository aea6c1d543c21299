import { describe, expect, it } from 'vitest'
import { reconfirm } from '#src/cards/desired.ts'
import { DataError } from '#src/errors.ts'
import { useDatabase } from '../support/database.ts'
import { noteCard, startCards } from './cards-world.ts'

const database = useDatabase()

describe('stating a card', () => {
  it('writes one post per chat, and nothing at all when its input is the same', async () => {
    const world = await startCards(database)
    await world.show('s1', 'hello')
    await world.show('s1', 'hello', world.otherChatId)
    const before = await world.posts()
    expect(before).toHaveLength(2)
    await world.pass(5_000)
    await world.show('s1', 'hello')
    await world.state((cards) => cards.update(noteCard, 's1', { text: 'hello' }))
    expect(await world.posts()).toEqual(before)
  })

  it('raises the version of every chat of the subject when the input changes', async () => {
    const world = await startCards(database)
    await world.show('s1', 'one')
    await world.show('s1', 'one', world.otherChatId)
    await world.show('s2', 'one')
    await world.state((cards) => cards.update(noteCard, 's1', { text: 'two' }))
    const versions = (await world.posts()).map(({ subject, version }) => `${subject} ${version}`)
    expect(versions.sort()).toEqual(['s1 2', 's1 2', 's2 1'])
  })

  it('shows nothing of a subject that was never announced', async () => {
    const world = await startCards(database)
    await world.state((cards) => cards.update(noteCard, 's1', { text: 'two' }))
    expect(await world.posts()).toEqual([])
  })

  it('keeps its place among the unsent cards when it changes before it was sent', async () => {
    const world = await startCards(database)
    await world.show('s1', 'first')
    await world.pass(1_000)
    await world.show('s2', 'second')
    await world.pass(1_000)
    await world.show('s1', 'first, changed')
    await world.settle()
    expect(world.texts()).toEqual(['first, changed', 'second'])
  })

  it('refuses an input the card does not know, naming the path, and rolls back what else was stated', async () => {
    const world = await startCards(database)
    const stating = world.state(async (cards) => {
      await cards.show(noteCard, 's1', { chatId: world.chatId }, { text: 'fine' })
      await cards.show(noteCard, 's2', { chatId: world.chatId }, { text: 7 } as never)
    })
    await expect(stating).rejects.toThrow(DataError)
    await expect(stating).rejects.toMatchObject({ code: 'card_input_invalid', context: { path: 'text' } })
    expect(await world.posts()).toEqual([])
  })
})

describe('confirming a card after a press', () => {
  it('has the card shown once more, unless a newer version is on its way anyway', async () => {
    const world = await startCards(database)
    await world.show('s1', 'hello')
    const { id } = await world.post('s1')
    await database.db.transaction((tx) => reconfirm(tx, id, world.now()))
    expect(await world.post('s1')).toMatchObject({ version: 1 })
    await world.settle()
    await database.db.transaction((tx) => reconfirm(tx, id, world.now()))
    await database.db.transaction((tx) => reconfirm(tx, id, world.now()))
    expect(await world.post('s1')).toMatchObject({ version: 2, shownVersion: 1 })
    await world.settle()
    expect(world.shown()).toMatchObject([{ versions: 2 }])
  })
})
