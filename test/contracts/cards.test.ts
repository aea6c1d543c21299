import { describe, expect, it } from 'vitest'
import { cards, digestLayout } from '../../cards/index.ts'
import { lintCard } from '../../src/cards/lint.ts'
import { fitDigest, renderDigest, renderPost } from '../../src/cards/render.ts'

const id = '6f3b7a52-8a55-4a4c-9a80-7c1b1f1f6d10'

describe.each(cards.map((card) => [card.id, card] as const))('card %s', (_, card) => {
  it('has an input for every sample that its schema accepts', () => {
    for (const sample of card.samples) expect(card.input.safeParse(sample).error).toBeUndefined()
  })

  it('renders every sample within the platform limits', () => {
    for (const input of card.samples) {
      const rendered = renderPost(card, { id, subject: 'order:douyin:1', input })
      expect(rendered.problems).toEqual([])
    }
  })

  it('keeps the limits when it replaces a card that is too old', () => {
    for (const input of card.samples) {
      const dress = (c: Parameters<typeof digestLayout.superseded>[0]) =>
        digestLayout.superseded(c, { messageId: 'om_1', postedAt: 1_790_000_000_000 })
      expect(renderPost(card, { id, subject: 's', input }, dress).problems).toEqual([])
    }
  })

  it('fits a full digest of its longest line', () => {
    if (card.line === undefined) return
    const posts = Array.from({ length: 60 }, (_, i) => ({
      id: `6f3b7a52-8a55-4a4c-9a80-${String(i).padStart(12, '0')}`,
      subject: `order:douyin:${i}`,
      input: card.samples[i % card.samples.length] ?? card.samples[0],
    }))
    const fitting = fitDigest(digestLayout, card, posts)
    expect(fitting.length).toBeGreaterThanOrEqual(10)
    const digest = renderDigest(digestLayout, card, { id, posts: fitting })
    expect(digest.problems).toEqual([])
  })
})

describe('the card linter', () => {
  const base = { schema: '2.0', config: { update_multi: true }, body: { elements: [] } } as const

  it.each([
    ['a removed tag', { tag: 'note' }],
    ['an unknown tag', { tag: 'sparkles' }],
    [
      'a form that is not at the root',
      {
        tag: 'column_set',
        columns: [{ tag: 'column', elements: [{ tag: 'form', name: 'f', elements: [] }] }],
      },
    ],
    ['a callback value that is a string', { tag: 'button', behaviors: [{ type: 'callback', value: 'x' }] }],
    ['an element id starting with a digit', { tag: 'hr', element_id: '1a' }],
  ])('refuses %s', (_, element) => {
    expect(lintCard({ ...base, body: { elements: [element] } })).not.toEqual([])
  })

  it('refuses a card that could never be changed', () => {
    expect(lintCard({ schema: '2.0', body: { elements: [] } })).not.toEqual([])
  })

  it('counts nested text objects towards the 200 elements', () => {
    const button = { tag: 'button', text: { tag: 'plain_text', content: 'x' } }
    const within = { ...base, body: { elements: Array.from({ length: 100 }, () => button) } }
    const over = { ...base, body: { elements: Array.from({ length: 101 }, () => button) } }
    expect(lintCard(within)).toEqual([])
    expect(lintCard(over).join()).toContain('200')
  })

  it('refuses more than 30 KB', () => {
    const big = { ...base, body: { elements: [{ tag: 'markdown', content: 'x'.repeat(31_000) }] } }
    expect(lintCard(big).join()).toContain('bytes')
  })
})
