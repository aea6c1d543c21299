import { bodyShape, configShape, headerShape, linkShape, rootProperties } from './card-shape.ts'
import { checkShape } from './kinds.ts'
import { type CardObject, isObject, type Known, objectAt, onlyProperties } from './pieces.ts'
import { CardProblem, malformed, tooMuch } from './problem.ts'
import { checkElements } from './walk.ts'

export type { Known } from './pieces.ts'
export { CardProblem, cardFailure, problemText } from './problem.ts'

const mostElements = 200

/**
 * Checks a card as the platform does on send, patch and callback. Throws CardProblem. JSON 1.0 (no `schema`) only has
 * to be an object, because 1.0 ignores what it does not know. Feishu docs: 卡片 JSON 2.0 结构.
 */
export function validateCard(card: unknown, known: Known): CardObject {
  if (!isObject(card)) throw malformed([], 'the card must be an object')
  if (card.schema === undefined) return card
  if (card.schema !== '2.0') throw malformed([], `schema must be "2.0", got ${JSON.stringify(card.schema)}`)
  onlyProperties(card, rootProperties, [])
  for (const [name, shape] of parts) {
    if (card[name] === undefined) continue
    const part = objectAt(card[name], [], name)
    checkShape(part, shape, { tag: name, path: [name], known })
    if (name === 'header' && part.title === undefined) throw malformed(['header'], 'header.title is required')
  }
  if (isObject(card.body)) checkBody(card.body, known)
  if (countElements(card) > mostElements) throw tooMuch('element exceeds the limit')
  return card
}

/** Is the card shared, so that it may be patched? 2.0 cards always are, 1.0 cards only when they say so. */
export function isSharedCard(card: CardObject): boolean {
  const config = isObject(card.config) ? card.config : {}
  return card.schema === '2.0' ? config.update_multi !== false : config.update_multi === true
}

const parts = [
  ['config', configShape],
  ['card_link', linkShape],
  ['header', headerShape],
  ['body', bodyShape],
] as const

function checkBody(body: CardObject, known: Known): void {
  if (body.elements === undefined) return
  const walk = { known, elementIds: new Set<string>(), names: new Set<string>(), tables: 0 }
  checkElements(body.elements, { path: ['body', 'elements'], depth: 0, inForm: false }, walk)
}

/** Every object with a tag, text objects included. UNVERIFIED: the exact counting rule; this is the strict reading. */
function countElements(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + countElements(item), 0)
  if (!isObject(value)) return 0
  const inside = Object.entries(value)
    .filter(([key]) => !['chart_spec', 'rows', 'value'].includes(key))
    .reduce((sum, [, item]) => sum + countElements(item), 0)
  return inside + (typeof value.tag === 'string' ? 1 : 0)
}

/** Refuses an update from 2.0 back to 1.0. */
export function refuseDowngrade(before: CardObject, after: CardObject): void {
  if (before.schema === '2.0' && after.schema !== '2.0') {
    throw new CardProblem(200830, 'card schema version cannot be lowered', { value: '2.0 -> 1.0' })
  }
}
