import { describe, expect, it } from 'vitest'
import { cards, digestLayout, markTrial } from '../../cards/index.ts'
import { renderDigest, renderPost } from '../../src/cards/render.ts'
import { markAll } from '../../src/machine/trial-cards.ts'

const id = '6f3b7a52-8a55-4a4c-9a80-7c1b1f1f6d10'
const shown = markAll(
  { cards: new Map(cards.map((card) => [card.id, card])), layout: digestLayout },
  markTrial,
)

describe('in mode trial', () => {
  it.each([...shown.cards])('every state of card %s says 演示 and stays within the limits', (_, card) => {
    for (const input of card.samples) {
      const { json, problems } = renderPost(card, { id, subject: 's', input })
      expect(problems).toEqual([])
      const tags = JSON.parse(json).header.text_tag_list
      expect(tags[0].text.content).toBe('演示')
      expect(tags.length).toBeLessThanOrEqual(3)
    }
  })

  it('digests say so too', () => {
    const card = shown.cards.get('order')
    if (card === undefined) throw new Error('no order card')
    const posts = [{ id, subject: 's', input: card.samples[0] }]
    expect(renderDigest(shown.layout, card, { id, posts }).json).toContain('演示')
  })
})
