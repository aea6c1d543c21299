import { type CardObject, isObject, objectOf, objectsOf, textOf } from './json.ts'

/** Shows JSON 1.0 with the components of 2.0: `elements` at the root, rows of buttons, notes. 2.0 stays as it is. */
export function modernCard(card: CardObject, language: string): CardObject {
  if (card.schema === '2.0') return card
  const local = objectOf(card.i18n_elements)[language] ?? Object.values(objectOf(card.i18n_elements))[0]
  const list = Array.isArray(card.elements) ? card.elements : local
  const header = isObject(card.header) ? card.header : (objectOf(card.i18n_header)[language] ?? undefined)
  return {
    schema: '1.0',
    config: objectOf(card.config),
    ...(isObject(card.card_link) && { card_link: card.card_link }),
    ...(isObject(header) && { header }),
    body: { padding: '12px', vertical_spacing: '12px', elements: objectsOf(list).map(modernElement) },
  }
}

function modernElement(element: CardObject): CardObject {
  switch (textOf(element.tag)) {
    case 'action':
      return row(objectsOf(element.actions).map(modernElement))
    case 'note':
      return row(objectsOf(element.elements).map(noteItem))
    case 'div':
      return isObject(element.extra) ? withExtra(element, element.extra) : element
    case 'column_set':
      return { ...element, columns: objectsOf(element.columns).map(modernElement) }
    case 'column':
    case 'form':
    case 'interactive_container':
    case 'collapsible_panel':
      return { ...element, elements: objectsOf(element.elements).map(modernElement) }
    default:
      return element
  }
}

/** Things beside each other. */
function row(elements: readonly CardObject[]): CardObject {
  const columns = elements.map((one) => ({
    tag: 'column',
    width: 'auto',
    vertical_align: 'center',
    elements: [one],
  }))
  return { tag: 'column_set', flex_mode: 'flow', horizontal_spacing: '8px', columns }
}

function noteItem(item: CardObject): CardObject {
  if (item.tag === 'img') return { ...item, custom_width: '16', size: '16px 16px' }
  return { tag: 'div', text: { ...item, text_size: 'notation', text_color: 'grey' } }
}

function withExtra(element: CardObject, extra: CardObject): CardObject {
  const { extra: _moved, ...rest } = element
  return {
    tag: 'column_set',
    flex_mode: 'none',
    columns: [
      { tag: 'column', width: 'weighted', weight: 1, elements: [rest] },
      { tag: 'column', width: 'auto', elements: [modernElement(extra)] },
    ],
  }
}
