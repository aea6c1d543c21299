import type { CardDevice } from './context.ts'
import { type CardObject, textOf } from './json.ts'

const schemes = new Set(['http:', 'https:', 'mailto:', 'tel:', 'lark:', 'feishu:'])
/** An address that says: this platform does not jump. Feishu docs: 打开链接交互. */
const nowhere = 'lark://msgcard/unsupported_action'

/** The address, if it is of a kind that may be opened. */
export function safeLink(value: unknown): string | undefined {
  const text = textOf(value)?.trim()
  if (text === undefined || text === '' || text === nowhere || !URL.canParse(text)) return undefined
  return schemes.has(new URL(text).protocol) ? text : undefined
}

/** Where a device goes: its own address first, then the general one; `fallback` names the general property. */
export function deviceLink(
  urls: CardObject,
  device: CardDevice,
  fallback = 'default_url',
): string | undefined {
  const own = textOf(urls[`${device}_url`])
  if (own === nowhere) return undefined
  return safeLink(own === undefined || own === '' ? urls[fallback] : own)
}

export function openLink(url: string): void {
  window.open(url, '_blank', 'noopener,noreferrer')
}
