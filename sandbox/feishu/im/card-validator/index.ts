import {
  arrayAt,
  type CardObject,
  checkIcon,
  checkText,
  isObject,
  type Known,
  objectAt,
  onlyProperties,
} from './pieces.ts'
import { CardProblem, malformed, tooMuch } from './problem.ts'
import {
  bodyProperties,
  configProperties,
  headerProperties,
  headerTemplates,
  linkProperties,
  rootProperties,
} from './tags.ts'
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
  if (card.config !== undefined) checkConfig(objectAt(card.config, [], 'config'))
  if (card.card_link !== undefined)
    onlyProperties(objectAt(card.card_link, [], 'card_link'), linkProperties, ['card_link'])
  if (card.header !== undefined) checkHeader(objectAt(card.header, [], 'header'), known)
  if (card.body !== undefined) checkBody(objectAt(card.body, [], 'body'), known)
  if (countElements(card) > mostElements) throw tooMuch('element exceeds the limit')
  return card
}

/** Is the card shared, so that it may be patched? 2.0 cards always are, 1.0 cards only when they say so. */
export function isSharedCard(card: CardObject): boolean {
  const config = isObject(card.config) ? card.config : {}
  return card.schema === '2.0' ? config.update_multi !== false : config.update_multi === true
}

function checkConfig(config: CardObject): void {
  onlyProperties(config, configProperties, ['config'])
  if (config.update_multi !== undefined && config.update_multi !== true) {
    throw malformed(['config'], 'update_multi must be true in schema 2.0')
  }
  if (
    config.width_mode !== undefined &&
    !['default', 'compact', 'fill'].includes(String(config.width_mode))
  ) {
    throw malformed(['config'], `unknown width_mode: ${String(config.width_mode)}`)
  }
}

function checkHeader(header: CardObject, known: Known): void {
  const path = ['header']
  onlyProperties(header, headerProperties, path)
  if (header.title === undefined) throw malformed(path, 'header.title is required')
  for (const name of ['title', 'subtitle']) {
    if (header[name] !== undefined) checkText(header[name], ['plain_text', 'lark_md'], { path, name, known })
  }
  if (header.template !== undefined && !(headerTemplates as readonly unknown[]).includes(header.template)) {
    throw malformed(path, `unknown template: ${String(header.template)}`)
  }
  if (header.icon !== undefined) checkIcon(header.icon, path, known)
  for (const item of header.text_tag_list === undefined
    ? []
    : arrayAt(header.text_tag_list, path, 'text_tag_list')) {
    const tag = objectAt(item, path, 'text_tag')
    onlyProperties(tag, ['tag', 'element_id', 'text', 'color'], [...path, 'text_tag_list'])
    checkText(tag.text, ['plain_text'], { path: [...path, 'text_tag_list'], name: 'text', known })
  }
}

function checkBody(body: CardObject, known: Known): void {
  onlyProperties(body, bodyProperties, ['body'])
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
