/** What buyers, shops and ERPs write stays text on our cards: no mention, no link, no layout of theirs. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lintCard } from '#src/cards/lint.ts'
import { renderDigest, renderPost } from '#src/cards/render.ts'
import type { AnyCard } from '#src/contracts/card.ts'
import { alertCard, digestLayout, orderCard, refundCard } from '../../cards/index.ts'
import { plain } from '../../cards/kit/elements.ts'
import { hostileTexts } from './hostile-texts.ts'

/** As Feishu reads it: entities are shown as their characters and mean nothing. */
const meaning = (markdown: string) => markdown.replace(/&#\d+;/g, '')

const markup = /[<>[\]()*_~`#|!\\]|:\/\/|www\.|^\s*[-+=]|^\s*\d+\./

describe('plain', () => {
  test.each(hostileTexts.map((one) => [one.name, one.text] as const))('%s is only text', (_name, text) => {
    const shown = plain(text)
    expect(meaning(shown)).not.toMatch(markup)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    expect(shown).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/)
    expect(shown.isWellFormed()).toBe(true)
    expect([...shown.replace(/&#\d+;/g, 'x')].length).toBeLessThanOrEqual(200)
  })

  test('entities written by people are shown as they were written', () => {
    expect(plain('&#60;at id=all&#62;&lt;b&gt; A&B')).toBe(
      '&#38;&#35;60;at id=all&#38;&#35;62;&#38;lt;b&#38;gt; A&B',
    )
  })

  test('a cut never splits a character', () => {
    expect(plain('😀'.repeat(300), 5)).toBe('😀😀😀😀…')
  })

  test('any text at all is well-formed and means nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const shown = plain(text)
        return shown.isWellFormed() && !markup.test(meaning(shown))
      }),
      { numRuns: 2000 },
    )
  })
})

const cards: AnyCard[] = [orderCard, refundCard, alertCard]
const id = '00000000-0000-4000-8000-000000000001'

/** A card's input with every text of people and platforms replaced. */
function poisoned(card: AnyCard, text: string): Record<string, unknown> {
  const [sample] = card.samples
  const fixed = new Set(['tone', 'trace', 'code'])
  const poison = (value: unknown, key: string): unknown => {
    if (key === 'link' || key === 'orderLink' || fixed.has(key)) return value
    if (typeof value === 'string') return key === 'state' ? value : text
    if (Array.isArray(value)) return value.map((one) => poison(one, key))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, poison(one, name)]))
  }
  return poison(sample, '') as Record<string, unknown>
}

/** All markdown of a card, without what our own layout writes. */
function markdownOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(markdownOf)
  if (typeof value !== 'object' || value === null) return []
  const node = value as Record<string, unknown>
  const own = node.tag === 'markdown' && typeof node.content === 'string' ? [node.content] : []
  return [...own, ...Object.values(node).flatMap(markdownOf)]
}

describe.each(cards.map((card) => [card.id, card] as const))('the card %s', (_id, card) => {
  test.each(hostileTexts.map((one) => [one.name, one.text] as const))(
    'holds %s without mentions or foreign links, within the limits',
    (_name, text) => {
      const input = poisoned(card, text)
      const post = { id, subject: 'order:douyin:1', input }
      const whole = renderPost(card, post)
      expect(whole.problems).toEqual([])
      const digest = renderDigest(digestLayout, card, { id, posts: [post] })
      for (const json of [whole.json, digest.json]) {
        expect(json).not.toMatch(/\\ud[89a-f]/i)
        for (const content of markdownOf(JSON.parse(json))) {
          expect(content).not.toMatch(
            /<\/?(?:at|a|link|person|img|raw|local_datetime|number_tag|text_tag)\b/i,
          )
          expect(content).not.toMatch(/evil\.example\)|\]\((?!https:\/\/fxg\.jinritemai\.com\/)/)
        }
      }
    },
  )
})

test('A link with a bracket cannot end the link of a digest line early', () => {
  const [sample] = orderCard.samples
  const input = { ...sample, link: { url: 'https://erp.example/o/1)[点我](https://evil.example' } }
  const { json } = renderDigest(digestLayout, orderCard, { id, posts: [{ id, subject: 's', input }] })
  const [content = ''] = markdownOf(JSON.parse(json)).filter((one) => one.includes('查看订单'))
  expect(content.match(/\]\(/g)).toHaveLength(1)
  expect(content).toContain('(https://erp.example/o/1%29')
})

test('A card with a script for a link never leaves; people get the short stand-in', () => {
  const [sample] = orderCard.samples
  for (const url of ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'no address']) {
    const link = { url: 'https://a.example', iosUrl: url }
    const { json, problems } = renderPost(orderCard, {
      id,
      subject: 'order:douyin:1',
      input: { ...sample, link },
    })
    expect(problems).toHaveLength(1)
    expect(json).not.toContain(url)
    expect(lintCard(JSON.parse(json))).toEqual([])
  }
  for (const iosUrl of ['erp://o/1', 'https://a.example/o/1'])
    expect(
      renderPost(orderCard, {
        id,
        subject: 's',
        input: { ...sample, link: { url: 'https://a.example', iosUrl } },
      }).problems,
    ).toEqual([])
})
