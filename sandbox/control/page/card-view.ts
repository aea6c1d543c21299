import { cardText } from './card-text.ts'
import { type Html, html } from './html.ts'

type CardObject = Record<string, unknown>

/** A card as a person roughly sees it: header with tags, text, columns, buttons that can be pressed. */
export function cardView(messageId: string, card: CardObject): Html {
  const header = objectOf(card.header)
  const tags = listOf(header.text_tag_list).map(
    (tag) => html`<span class="tag ${word(tag.color)}">${contentOf(tag.text)}</span>`,
  )
  const subtitle = contentOf(header.subtitle)
  return html`<article class="card">
<header class="${word(header.template)}"><strong>${contentOf(header.title) || '卡片'}</strong>${tags}${
    subtitle !== '' && html`<small>${subtitle}</small>`
  }</header>
<div class="body">${elementsOf(objectOf(card.body)).map((element) => elementView(messageId, element))}</div></article>`
}

function elementView(messageId: string, element: CardObject): Html {
  switch (element.tag) {
    case 'markdown':
      return html`<p class="${element.text_size === 'notation' ? 'note' : ''}">${cardText(String(element.content ?? ''))}</p>`
    case 'div':
      return html`<p>${cardText(contentOf(element.text))}</p>`
    case 'hr':
      return html`<hr>`
    case 'button':
      return buttonView(messageId, element)
    case 'column_set':
      return html`<div class="columns ${word(element.flex_mode)}">${listOf(element.columns).map(
        (column) =>
          html`<div class="${column.width === 'auto' ? 'auto' : ''}">${inside(messageId, column)}</div>`,
      )}</div>`
    default:
      return html`${inside(messageId, element)}`
  }
}

const inside = (messageId: string, element: CardObject) =>
  elementsOf(element).map((one) => elementView(messageId, one))

function buttonView(messageId: string, element: CardObject): Html {
  const label = contentOf(element.text)
  const behaviors = listOf(element.behaviors)
  const callback = behaviors.find((one) => one.type === 'callback')
  const url = String(behaviors.find((one) => one.type === 'open_url')?.default_url ?? '')
  if (callback !== undefined) {
    const body = JSON.stringify({ message_id: messageId, value: callback.value })
    const question = contentOf(objectOf(element.confirm).text)
    return html`<button class="small primary" data-post="click" data-as="open_id" data-body="${body}" data-label="${label}" data-ask="${question}"${
      element.disabled === true && html` disabled`
    }>${label}</button>`
  }
  if (!/^https?:/.test(url)) return html`<span class="small button">${label}</span>`
  return html`<a class="small button" href="${url}" target="_blank" rel="noreferrer">${label}</a>`
}

const elementsOf = (holder: CardObject) => listOf(holder.elements)

function listOf(value: unknown): CardObject[] {
  return Array.isArray(value) ? value.map(objectOf) : []
}

function objectOf(value: unknown): CardObject {
  return typeof value === 'object' && value !== null ? (value as CardObject) : {}
}

const contentOf = (text: unknown) => String(objectOf(text).content ?? '')
/** A colour or mode as a class name; anything else would not be one. */
const word = (value: unknown) => (/^[a-z]+$/.test(String(value)) ? String(value) : 'default')
