import type { CardJson } from '#src/contracts/card.ts'

const tag = { tag: 'text_tag', text: { tag: 'plain_text', content: '演示' }, color: 'orange' }

/** In mode trial people see sandbox orders in their real groups: every card says so first. Three tags are all a header shows. */
export function markTrial(card: CardJson): CardJson {
  const { header } = card
  if (header === undefined) return card
  const tags = Array.isArray(header.text_tag_list) ? header.text_tag_list : []
  return { ...card, header: { ...header, text_tag_list: [tag, ...tags].slice(0, 3) } }
}
