/** The card elements our cards are made of (Feishu docs: 卡片 JSON 2.0 组件). */
import type { CardElement, CardJson } from '#src/contracts/card.ts'
import type { DeepLink } from '#src/contracts/connector.ts'

export type Template =
  | 'blue'
  | 'wathet'
  | 'turquoise'
  | 'green'
  | 'yellow'
  | 'orange'
  | 'red'
  | 'violet'
  | 'grey'
export type TagColor = 'blue' | 'turquoise' | 'green' | 'yellow' | 'orange' | 'red' | 'violet' | 'neutral'

/** Turns the direction of text or is not seen: whoever writes it wants to show something else than is there. */
const unseen =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
  /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g
const entity = (character: string) => `&#${character.charCodeAt(0)};`

/** One line of at most `max` characters, for places that show plain text only. */
export function line(text: string, max = 100): string {
  // A shown character is at most some code units; what is far beyond the cut need not be looked at.
  const near = text.slice(0, max * 8)
  const seen = near.toWellFormed().replace(/\s+/g, ' ').replace(unseen, '')
  const characters = [...seen]
  return characters.length > max ? `${characters.slice(0, max - 1).join('')}…` : seen
}

/**
 * What people and channels wrote must not become formatting, mentions or links of ours; at most `max` characters.
 * UNVERIFIED which bare addresses the client turns into links, so the colon (or dot) that makes one is an entity too.
 */
export function plain(text: string, max = 200): string {
  return line(text, max)
    .replace(/[\\`*_~[\]()#<>|!]|&(?=[#\w]+;)|:(?=\/\/)|^\s*[-+=]/g, (found) =>
      found.trim().replace(/./, entity),
    )
    .replace(/(\bwww|^\s*\d+)\./gi, '$1&#46;')
}

/** An address for `[text](…)`, which a bracket or space of its own would end early. */
export const address = (url: string): string =>
  url.replace(/[\s()<>[\]"\\]/g, (c) => `%${c.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`)

export const markdown = (content: string, extra: Record<string, unknown> = {}): CardElement => ({
  tag: 'markdown',
  content,
  ...extra,
})
/** Small grey text: what version 1.0 called a note. */
export const note = (content: string): CardElement => markdown(content, { text_size: 'notation' })
export const hr = (): CardElement => ({ tag: 'hr' })

const column = (elements: CardElement[], weight = 1): CardElement => ({
  tag: 'column',
  width: 'weighted',
  weight,
  elements,
})

/** Label over value, side by side, two in a row; one below the other on a narrow screen. */
export function facts(pairs: readonly (readonly [label: string, value: string])[]): CardElement[] {
  const rows: CardElement[] = []
  for (let i = 0; i < pairs.length; i += 2) {
    const cells = pairs
      .slice(i, i + 2)
      .map(([label, value]) => column([markdown(`<font color='grey'>${label}</font>\n${value}`)]))
    rows.push({ tag: 'column_set', flex_mode: 'bisect', horizontal_spacing: '8px', columns: cells })
  }
  return rows
}

interface ButtonOptions {
  type?: 'default' | 'primary' | 'danger' | 'primary_filled'
  behaviors: readonly Record<string, unknown>[]
  confirm?: { title: string; text: string }
  disabled?: boolean
}

export function button(text: string, options: ButtonOptions): CardElement {
  return {
    tag: 'button',
    text: { tag: 'plain_text', content: text },
    type: options.type ?? 'default',
    behaviors: options.behaviors,
    ...(options.disabled === true ? { disabled: true } : {}),
    ...(options.confirm === undefined
      ? {}
      : {
          confirm: {
            title: { tag: 'plain_text', content: options.confirm.title },
            text: { tag: 'plain_text', content: options.confirm.text },
          },
        }),
  }
}

/** A link that opens the right thing on every device. */
export const opens = (link: DeepLink): Record<string, unknown>[] => [
  {
    type: 'open_url',
    default_url: link.url,
    ...(link.pcUrl === undefined ? {} : { pc_url: link.pcUrl }),
    ...(link.iosUrl === undefined ? {} : { ios_url: link.iosUrl }),
    ...(link.androidUrl === undefined ? {} : { android_url: link.androidUrl }),
  },
]

/** Buttons side by side. */
export const buttonRow = (buttons: readonly CardElement[]): CardElement => ({
  tag: 'column_set',
  flex_mode: 'flow',
  horizontal_spacing: '8px',
  columns: buttons.map((b) => ({ tag: 'column', width: 'auto', elements: [b] })),
})

export interface Frame {
  title: string
  subtitle?: string
  template: Template
  tags?: readonly { text: string; color: TagColor }[]
  /** Shown in the chat list and in push notifications: never amounts of pay, never personal data. */
  summary: string
  elements: CardElement[]
}

/** The frame every card of ours shares: shared by all (update_multi), not forwardable, at most three header tags. */
export function frame(f: Frame): CardJson {
  return {
    schema: '2.0',
    config: {
      update_multi: true,
      enable_forward: false,
      width_mode: 'fill',
      summary: { content: line(f.summary) },
    },
    header: {
      title: { tag: 'plain_text', content: line(f.title) },
      ...(f.subtitle === undefined ? {} : { subtitle: { tag: 'plain_text', content: line(f.subtitle) } }),
      template: f.template,
      ...(f.tags === undefined || f.tags.length === 0
        ? {}
        : {
            text_tag_list: f.tags.slice(0, 3).map((t) => ({
              tag: 'text_tag',
              text: { tag: 'plain_text', content: line(t.text, 20) },
              color: t.color,
            })),
          }),
    },
    body: { elements: f.elements },
  }
}
