import type { CardObject } from './entities.ts'
import { cardkitFailure } from './failures.ts'

type Element = CardObject

interface Place {
  list: Element[]
  index: number
  element: Element
}

const lists = ['elements', 'columns', 'actions'] as const

/** Every component and text element of a card, in reading order: anything with a tag. */
export function elementsIn(card: CardObject): Element[] {
  const found: Element[] = []
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    if (typeof (value as Element).tag === 'string') found.push(value as Element)
    for (const item of Object.values(value)) visit(item)
  }
  visit(card.header)
  visit(card.body)
  return found
}

/** Any element by its id, also texts inside components. */
export function findElement(card: CardObject, id: string): Element | undefined {
  return elementsIn(card).find((element) => element.element_id === id)
}

/** A component in the list that holds it. */
function placeOf(card: CardObject, id: string): Place | undefined {
  const search = (list: Element[]): Place | undefined => {
    for (const [index, element] of list.entries()) {
      if (element.element_id === id) return { list, index, element }
      for (const name of lists) {
        const inner = element[name]
        const found = Array.isArray(inner) ? search(inner as Element[]) : undefined
        if (found) return found
      }
    }
    return undefined
  }
  return search(bodyElements(card))
}

function bodyElements(card: CardObject): Element[] {
  const body = (card.body ?? {}) as { elements?: Element[] }
  card.body = body
  body.elements ??= []
  return body.elements
}

/** POST elements. `target` is needed to insert beside something; an appended one goes to the end of it, or of the card. */
export function addElements(
  card: CardObject,
  wanted: { type: unknown; target?: unknown; elements: unknown },
): void {
  const { type, elements } = wanted
  if (!Array.isArray(elements) || elements.length === 0)
    throw cardkitFailure(300315, 'elements must be a list')
  const target = typeof wanted.target === 'string' && wanted.target !== '' ? wanted.target : undefined
  if (type === 'append' && target === undefined) {
    bodyElements(card).push(...(elements as Element[]))
    return
  }
  if (target === undefined) throw cardkitFailure(10002, 'target_element_id is required')
  const place = placeOf(card, target)
  if (!place) throw cardkitFailure(300315, `target element ${target} does not exist`)
  if (type === 'insert_before') place.list.splice(place.index, 0, ...(elements as Element[]))
  else if (type === 'insert_after') place.list.splice(place.index + 1, 0, ...(elements as Element[]))
  else if (type === 'append') appendInto(place.element, elements as Element[])
  else throw cardkitFailure(10002, 'type must be insert_before, insert_after or append')
}

function appendInto(container: Element, elements: Element[]): void {
  const inner = container.elements
  if (!Array.isArray(inner)) throw cardkitFailure(300315, 'the target is no container')
  inner.push(...elements)
}

export function deleteElement(card: CardObject, id: string): void {
  const place = placeOf(card, id)
  if (!place) throw cardkitFailure(300314, `element ${id} does not exist`)
  place.list.splice(place.index, 1)
}

/** PUT element: another component in its place; it keeps the id unless the new one brings its own. */
export function replaceElement(card: CardObject, id: string, element: CardObject): void {
  const place = placeOf(card, id)
  if (!place) throw cardkitFailure(300121, `element ${id} does not exist`)
  place.list[place.index] = { ...element, element_id: element.element_id ?? id }
}

/** PATCH element: some of its properties, never its tag. */
export function patchElement(card: CardObject, id: string, partial: CardObject): void {
  const element = findElement(card, id)
  if (!element) throw cardkitFailure(300313, `element ${id} does not exist`)
  if (partial.tag !== undefined && partial.tag !== element.tag) throw cardkitFailure(300312)
  Object.assign(element, partial)
}

/** PUT content: the whole text of a plain_text or markdown element. */
export function writeText(card: CardObject, id: string, content: string): void {
  const element = findElement(card, id)
  if (!element) throw cardkitFailure(300313, `element ${id} does not exist`)
  if (element.tag !== 'plain_text' && element.tag !== 'markdown') throw cardkitFailure(300310)
  element.content = content
}

/** config and card_link, merged into what the card has. */
export function changeSettings(card: CardObject, settings: CardObject): void {
  const unknown = Object.keys(settings).find((name) => name !== 'config' && name !== 'card_link')
  if (unknown !== undefined) throw cardkitFailure(300122, `${unknown} is no setting`)
  if (settings.config !== undefined)
    card.config = { ...(card.config as CardObject | undefined), ...(settings.config as CardObject) }
  if (settings.card_link !== undefined) card.card_link = settings.card_link
}
