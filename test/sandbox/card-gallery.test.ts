import { describe, expect, it } from 'vitest'
import { galleryCards, galleryGroups } from '../../sandbox/gallery/cards/index.ts'
import { gallerySample, registerGallery } from '../../sandbox/gallery/index.ts'
import { refusedCards } from '../../sandbox/gallery/invalid/index.ts'
import type { Gallery } from '../../sandbox/gallery/shapes.ts'
import { type Core, startCore } from './kernel-sandbox.ts'

const start = () => startCore({ also: registerGallery })

/** The real API's answer to a card; each to a chat's own pace (5 a second), so the clock moves on between. */
async function send(core: Core, content: string) {
  await core.kernel.clock.advance(250)
  return core.call('POST', '/im/v1/messages?receive_id_type=chat_id', {
    receive_id: core.chat.chat_id,
    msg_type: 'interactive',
    content,
  })
}

describe('the card gallery', () => {
  it('has at least sixty cards, every one accepted by the send API', async () => {
    const core = await start()
    const cards = galleryCards(gallerySample(core.kernel))
    expect(cards.length).toBeGreaterThanOrEqual(60)
    const refusals: string[] = []
    for (const { id, card } of cards) {
      const { code, msg } = await send(core, JSON.stringify(card))
      if (code !== 0) refusals.push(`${id}: ${code} ${msg}`)
    }
    expect(refusals).toEqual([])
  })

  it('has at least sixty invalid cards, every one refused by the send API in exactly the expected words', async () => {
    const core = await start()
    gallerySample(core.kernel)
    expect(refusedCards.length).toBeGreaterThanOrEqual(60)
    const answers: Record<string, unknown> = {}
    for (const { id, content } of refusedCards) {
      const { status, code, msg } = await send(core, content)
      answers[id] = { status, code, msg }
    }
    const expected = refusedCards.map(({ id, code, msg }) => [id, { status: 400, code, msg }])
    expect(answers).toEqual(Object.fromEntries(expected))
    expect((await core.control('effects')).body.messages).toEqual([])
  })

  it('uses every tag and every header theme at least once', async () => {
    const core = await start()
    const text = JSON.stringify(galleryCards(gallerySample(core.kernel)))
    const { tagRules } = await import('../../sandbox/feishu/im/card-validator/tags.ts')
    const tags = Object.keys(tagRules).filter((tag) => !text.includes(`"tag":"${tag}"`))
    expect(tags).toEqual([])
    const themes = 'blue wathet turquoise green yellow orange red carmine violet purple indigo grey default'
    for (const theme of themes.split(' ')) expect(text).toContain(`"template":"${theme}"`)
  })

  it('gives every card an id, a title, words about it and a group', async () => {
    const core = await start()
    const cards = galleryCards(gallerySample(core.kernel))
    expect(new Set(cards.map(({ id }) => id)).size).toBe(cards.length)
    expect(new Set(refusedCards.map(({ id }) => id)).size).toBe(refusedCards.length)
    const groups = galleryGroups.map(({ id }) => id)
    for (const { group, title, shows } of cards) {
      expect(groups).toContain(group)
      expect(title).not.toBe('')
      expect(shows).not.toBe('')
    }
  })

  it('is served with what the validator says, and checks any JSON', async () => {
    const core = await start()
    const shown = (await (await fetch(`${core.url}/_web/gallery`)).json()) as Gallery
    expect(shown.refused.map(({ id, code, msg }) => ({ id, code, msg }))).toEqual(
      refusedCards.map(({ id, code, msg }) => ({ id, code, msg })),
    )
    expect(shown.people[core.lin.open_id]).toBe('林小夏')
    const check = async (content: unknown) => {
      const answer = await fetch(`${core.url}/_web/gallery/check`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ content }),
      })
      return { status: answer.status, body: await answer.json() }
    }
    expect(await check('{}')).toEqual({ status: 200, body: { ok: true } })
    expect(await check('{')).toMatchObject({ status: 200, body: { ok: false, code: 230001 } })
    expect((await check(5)).status).toBe(400)
  })

  it('shows pictures that are real', async () => {
    const core = await start()
    const [key] = gallerySample(core.kernel).images
    const answer = await fetch(`${core.url}/_web/messenger/images/${key}?person=${core.lin.open_id}`)
    expect(answer.headers.get('content-type')).toBe('image/png')
    expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(500)
  })
})
