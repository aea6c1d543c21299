/** What a card's JSON promises to show, read by the test itself. */

export type Json = Record<string, unknown>

export interface Structure {
  /** how often each tag is drawn */
  tags: Record<string, number>
  template: string | null
  /** texts that must be on the screen */
  texts: string[]
  /** header cells and body rows of each table */
  tables: { columns: number; rows: number }[]
  charts: number
}

const object = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
const list = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : [])

export function expectedStructure(card: Json): Structure {
  const found: Structure = { tags: {}, template: null, texts: [], tables: [], charts: 0 }
  const header = object(card.header)
  if (card.header !== undefined) {
    found.template = String(header.template ?? 'default')
    for (const part of [header.title, header.subtitle]) addText(found, part)
    for (const tag of list(header.text_tag_list).slice(0, 3)) {
      count(found, 'text_tag')
      addText(found, tag.text)
    }
  }
  for (const element of list(object(card.body).elements)) addElement(found, element)
  return found
}

function addElement(found: Structure, element: Json): void {
  count(found, String(element.tag))
  for (const part of [element.text, element.label]) addText(found, part)
  for (const field of list(element.fields)) addText(found, field.text)
  if (element.tag === 'chart') found.charts++
  if (element.tag === 'table') {
    const rows = Math.min(list(element.rows).length, Number(element.page_size ?? 5))
    found.tables.push({ columns: list(element.columns).length, rows })
  }
  addText(found, object(element.header).title)
  const isShut = element.tag === 'collapsible_panel' && element.expanded !== true
  if (isShut) return
  for (const inner of [...list(element.elements), ...list(element.columns)]) {
    if (typeof inner.tag === 'string') addElement(found, inner)
  }
  for (const button of list(object(element.button_area).buttons)) addElement(found, button)
}

function addText(found: Structure, text: unknown): void {
  const { tag, content } = object(text)
  if (tag === 'plain_text' && typeof content === 'string' && content !== '') found.texts.push(content)
}

function count(found: Structure, tag: string): void {
  found.tags[tag] = (found.tags[tag] ?? 0) + 1
}
