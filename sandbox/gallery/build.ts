/** Short ways to write the gallery's cards. */

export type Json = Record<string, unknown>

/** What the cards of the gallery may name: people and pictures of the world they are shown in. */
export interface Sample {
  /** open_ids, at least four */
  people: readonly string[]
  /** image keys, at least four */
  images: readonly string[]
}

/** A card of the gallery before it has a group. */
export interface Exhibit {
  id: string
  title: string
  shows: string
  card: Json
}

export interface ExhibitGroup {
  id: string
  title: string
  exhibits(sample: Sample): Exhibit[]
}

export const plain = (content: string, more: Json = {}): Json => ({ tag: 'plain_text', content, ...more })
export const larkMd = (content: string, more: Json = {}): Json => ({ tag: 'lark_md', content, ...more })
export const md = (content: string, more: Json = {}): Json => ({ tag: 'markdown', content, ...more })
export const hr: Json = { tag: 'hr' }
export const icon = (token: string, color?: string): Json => ({
  tag: 'standard_icon',
  token,
  ...(color !== undefined && { color }),
})
export const calls = (value: Json): Json => ({ type: 'callback', value })
export const opens = (default_url: string, more: Json = {}): Json => ({
  type: 'open_url',
  default_url,
  ...more,
})

export const header = (title: string, template = 'blue', more: Json = {}): Json => ({
  title: plain(title),
  template,
  ...more,
})

/** A card of schema 2.0. */
export function card(elements: readonly Json[], more: Json = {}): Json {
  const { body, ...rest } = more
  return { schema: '2.0', ...rest, body: { ...(body as Json | undefined), elements } }
}

export const button = (text: string, type = 'default', more: Json = {}): Json => ({
  tag: 'button',
  text: plain(text),
  type,
  behaviors: [calls({ action: text })],
  ...more,
})

export const column = (elements: readonly Json[], more: Json = {}): Json => ({
  tag: 'column',
  width: 'weighted',
  weight: 1,
  elements,
  ...more,
})

export const columns = (list: readonly Json[], flex_mode = 'none', more: Json = {}): Json => ({
  tag: 'column_set',
  flex_mode,
  horizontal_spacing: '8px',
  columns: list,
  ...more,
})

/** Buttons beside each other, as product cards have them. */
export const buttonRow = (...buttons: readonly Json[]): Json =>
  columns(
    buttons.map((one) => ({ tag: 'column', width: 'auto', elements: [one] })),
    'flow',
  )

export const fact = (name: string, value: string): Json =>
  column([md(`<font color='grey'>${name}</font>\n**${value}**`)])

export const options = (...texts: readonly string[]): Json[] =>
  texts.map((text, index) => ({ text: plain(text), value: String(index + 1) }))
