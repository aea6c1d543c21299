import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { cardPosts, digests } from '#src/db/schema/index.ts'
import { answerPress, type RawPress } from '#src/runtime/press.ts'
import { useDatabase } from '../support/database.ts'
import { lin, offerCard, type RuntimeWorld, startRuntime, wang } from './runtime-world.ts'

const database = useDatabase()
const chatId = 'oc_shop'

type Change = Partial<typeof cardPosts.$inferInsert>

/** A world with one card about `n1` that is shown as message om_1. */
async function withCard(change: Change = {}): Promise<RuntimeWorld & { press: Press; id: string }> {
  const world = await startRuntime(database)
  await world.within((ctx) => ctx.cards.show(offerCard, 'n1', { chatId }, {}))
  const { id } = await world.post('n1')
  const shown = { messageId: 'om_1', postedAt: world.clock.now(), shownVersion: 1, ...change }
  await database.db.update(cardPosts).set(shown).where(eq(cardPosts.id, id))
  const press: Press = (by = lin.openId, raw = {}) =>
    answerPress(world.deps, {
      openId: by,
      messageId: 'om_1',
      chatId,
      value: { p: id, a: 'take', v: {} },
      form: {},
      at: world.clock.now(),
      ...raw,
    })
  return { ...world, press, id }
}
type Press = (by?: string, raw?: Partial<RawPress>) => ReturnType<typeof answerPress>

describe('a press', () => {
  it('does what the button says, once, and tells later ones who was first', async () => {
    const world = await withCard()
    expect(await world.press()).toEqual({ toast: { type: 'success', content: '完成' } })
    expect(await world.press(wang.openId)).toEqual({ toast: { type: 'warning', content: '林小夏 已先认领' } })
    expect(await world.row('n1')).toMatchObject({ takenBy: '林小夏' })
    expect(await world.post('n1')).toMatchObject({ input: { takenBy: '林小夏' } })
  })

  it('has one winner when two people press at the same moment', async () => {
    const world = await withCard()
    const answers = await Promise.all([world.press(), world.press(wang.openId)])
    expect(answers.map(({ toast }) => toast.type).sort()).toEqual(['success', 'warning'])
  })

  it('has one winner when the subject is shown in two chats', async () => {
    const world = await withCard()
    await world.within((ctx) => ctx.cards.show(offerCard, 'n1', { chatId: 'oc_two' }, {}))
    const second = await world.post('n1', 'oc_two')
    await database.db.update(cardPosts).set({ messageId: 'om_2' }).where(eq(cardPosts.id, second.id))
    const answers = await Promise.all([
      world.press(),
      world.press(wang.openId, {
        chatId: 'oc_two',
        messageId: 'om_2',
        value: { p: second.id, a: 'take', v: {} },
      }),
    ])
    expect(answers.map(({ toast }) => toast.type).sort()).toEqual(['success', 'warning'])
  })

  it('that arrives twice has the effect of once', async () => {
    const world = await withCard()
    await world.press()
    const before = await world.row('n1')
    await world.press()
    expect(await world.row('n1')).toEqual(before)
  })

  it('has the card shown once more even when nothing changed', async () => {
    const world = await withCard()
    await world.press(wang.openId, { value: { p: world.id, a: 'approve', v: {} } })
    expect(await world.post('n1')).toMatchObject({ version: 2, shownVersion: 1 })
  })

  it('gets the handler what it needs: who, when, since when, the button’s value and the form', async () => {
    const world = await withCard()
    world.clock.advance(42_000)
    const form = { reason: '客户要求' }
    await world.press(lin.openId, { value: { p: world.id, a: 'take', v: { page: 3 } }, form })
    expect(world.presses).toMatchObject([
      { subject: 'n1', chatId, by: lin, at: world.clock.now(), value: { page: 3 }, form },
    ])
    expect(world.presses[0]?.postedAt).toBe(world.clock.now() - 42_000)
  })
})

describe('a press that may not be', () => {
  const refusedWith = async (world: RuntimeWorld, answer: ReturnType<typeof answerPress>, word: string) => {
    const { toast } = await answer
    expect(toast).toMatchObject({ type: 'error' })
    expect(toast.content).toContain(word)
    expect(await world.row('n1')).toBeUndefined()
    expect(world.presses).toEqual([])
  }

  it('by somebody who is not in 人员 is refused and says what to do', async () => {
    const world = await withCard()
    await refusedWith(world, world.press('ou_stranger'), '人员')
  })

  it('by somebody without the role is refused and names the roles', async () => {
    const world = await withCard()
    const value = { p: world.id, a: 'approve', v: {} }
    await refusedWith(world, world.press(lin.openId, { value }), '主管、管理员')
    expect((await world.press(wang.openId, { value })).toast.type).toBe('success')
  })

  it('from another chat than the card was sent to is refused', async () => {
    const world = await withCard()
    await refusedWith(world, world.press(lin.openId, { chatId: 'oc_elsewhere' }), '不属于本群')
  })

  it.each([
    ['nothing', undefined],
    ['a text', 'take'],
    ['null', null],
    ['a list', [1]],
    ['no post id', { a: 'take', v: {} }],
    ['a post id that is none', { p: 'x', a: 'take', v: {} }],
    ['no value of its own', { p: randomUUID(), a: 'take' }],
    ['a forged post id', { p: randomUUID(), a: 'take', v: {} }],
  ])('that carries %s is refused', async (_, value) => {
    const world = await withCard()
    await refusedWith(world, world.press(lin.openId, { value }), '失效')
  })

  it.each(['steal', '__proto__', 'constructor', ''])('asking for the action "%s" is refused', async (a) => {
    const world = await withCard()
    await refusedWith(world, world.press(lin.openId, { value: { p: world.id, a, v: {} } }), '失效')
  })

  it('with a value the action does not know is refused', async () => {
    const world = await withCard()
    const value = { p: world.id, a: 'take', v: { page: 'three' } }
    await refusedWith(world, world.press(lin.openId, { value }), '无法识别')
  })

  it('about another subject than its post is refused', async () => {
    const world = await withCard()
    await refusedWith(
      world,
      world.press(lin.openId, { value: { p: world.id, a: 'take', s: 'n2', v: {} } }),
      '失效',
    )
  })
})

describe('a press that could not be done', () => {
  it('throws when the subject stays locked, and nothing changed', async () => {
    const world = await withCard()
    const held = Promise.withResolvers<void>()
    const locked = Promise.withResolvers<void>()
    const holder = database.db.transaction(async (tx) => {
      await tx.execute(`select pg_advisory_xact_lock(hashtextextended('press:offer:n1', 0))`)
      locked.resolve()
      await held.promise
    })
    await locked.promise
    await expect(world.press()).rejects.toThrow()
    held.resolve()
    await holder
    expect(await world.row('n1')).toBeUndefined()
    expect((await world.press()).toast.type).toBe('success')
  })

  it('throws when its handler fails, and everything it did is rolled back', async () => {
    const world = await withCard()
    await expect(world.press(lin.openId, { value: { p: world.id, a: 'burst', v: {} } })).rejects.toThrow()
    expect(await world.row('burst')).toBeUndefined()
    expect(await world.post('n1')).toMatchObject({ version: 1 })
  })
})

describe('the message that was pressed', () => {
  const attempt = { attemptUuid: randomUUID(), attemptAt: 1, attemptBody: '{}' }

  it('is adopted by a post whose send never got an answer', async () => {
    const world = await withCard({ messageId: null, postedAt: null, shownVersion: 0, ...attempt })
    world.clock.advance(42_000)
    expect((await world.press()).toast.type).toBe('success')
    expect(await world.post('n1')).toMatchObject({ messageId: 'om_1', attemptUuid: null, attemptBody: null })
    expect(world.presses[0]?.postedAt).toBe(world.clock.now() - 42_000)
  })

  it('brings a post back that was set aside because nobody could tell whether it was sent', async () => {
    const error = { code: 'card_undecidable' }
    const unsure = { messageId: null, postedAt: null, shownVersion: 0, state: 'parked', error } as const
    const world = await withCard({ ...unsure, ...attempt })
    await world.press()
    expect(await world.post('n1')).toMatchObject({ messageId: 'om_1', state: 'live' })
  })

  it('an older one of the card works, and says that there is a newer one', async () => {
    const old = [{ messageId: 'om_0', postedAt: 1_000 }]
    const world = await withCard({ oldMessages: old })
    const { toast } = await world.press(lin.openId, { messageId: 'om_0' })
    expect(toast).toMatchObject({ type: 'success' })
    expect(toast.content).toContain('最新的卡片')
    expect(world.presses[0]?.postedAt).toBe(1_000)
    expect(await world.post('n1')).toMatchObject({ messageId: 'om_1' })
  })

  it('a stray second copy of the card works as well, and does not take the place of the one we show', async () => {
    const world = await withCard()
    const { toast } = await world.press(lin.openId, { messageId: 'om_stray' })
    expect(toast.content).toContain('最新的卡片')
    expect(await world.post('n1')).toMatchObject({ messageId: 'om_1' })
  })
})

describe('a press on a line of a digest', () => {
  async function withDigest(messageId: string | null) {
    const id = randomUUID()
    const world = await withCard({
      messageId: null,
      digestId: id,
      ...(messageId === null ? { postedAt: null } : {}),
    })
    const now = world.clock.now()
    await database.db.insert(digests).values({
      id,
      chatId,
      card: 'offer',
      posts: [world.id],
      messageId,
      ...(messageId === null ? { attemptUuid: randomUUID(), attemptAt: now, attemptBody: '{}' } : {}),
      dueAt: now,
      createdAt: now,
      trace: 't',
    })
    const digest = async () => (await database.db.select().from(digests).where(eq(digests.id, id)))[0]
    return { ...world, digest }
  }
  const line = (p: string) => ({ p, a: 'take', s: 'n1', v: {} })

  it('does what the line says', async () => {
    const world = await withDigest('om_d')
    const { toast } = await world.press(lin.openId, { messageId: 'om_d', value: line(world.id) })
    expect(toast).toEqual({ type: 'success', content: '完成' })
    expect(await world.row('n1')).toMatchObject({ takenBy: '林小夏' })
  })

  it('adopts the digest whose send never got an answer, for all its lines', async () => {
    const world = await withDigest(null)
    await world.press(lin.openId, { messageId: 'om_d', value: line(world.id) })
    expect(await world.digest()).toMatchObject({ messageId: 'om_d', attemptUuid: null })
    expect(await world.post('n1')).toMatchObject({ postedAt: world.clock.now(), messageId: null })
  })
})
