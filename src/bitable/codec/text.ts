import { type Codec, isRecord, looseJson, refused } from './codec.ts'

/** Feishu docs: 记录数据结构 (characters in one cell). */
const maxChars = 100_000

/** NUL and lone surrogates cannot be stored; a longer text would be refused as a whole (1254130). */
export function clean(value: string): string {
  const whole = value.replaceAll('\0', '').replaceAll('\r\n', '\n').toWellFormed()
  return whole.length > maxChars ? whole.slice(0, maxChars).toWellFormed() : whole
}

/** A create answers a plain string, a search a list of segments (text, mention, url). */
function plain(wire: unknown): string | undefined {
  if (typeof wire === 'string') return wire === '' ? undefined : clean(wire)
  if (typeof wire === 'number') return String(wire)
  if (isRecord(wire)) return plain(wire.text)
  if (!Array.isArray(wire)) return undefined
  const joined = wire.map((part) => plain(part) ?? '').join('')
  return joined === '' ? undefined : clean(joined)
}

export const textCodec: Codec = {
  expected: () => 'text',
  normal(value) {
    if (typeof value !== 'string') return refused
    return clean(value) || undefined
  },
  toWire: (value) => value,
  fromWire: plain,
  /** Segments as JSON; a bare text that happens to read as a JSON number stays text. */
  fromEvent: (text) =>
    text.startsWith('[') || text.startsWith('{') || text.startsWith('"')
      ? plain(looseJson(text))
      : plain(text),
  same: (a, b) => String(a ?? '').trim() === String(b ?? '').trim(),
}

const phonePattern = /^\+?\d{1,63}$/

export const phoneCodec: Codec = {
  ...textCodec,
  expected: () => 'digits with an optional leading +, at most 64 (no spaces, dashes or masks)',
  normal(value) {
    if (value === '') return undefined
    return typeof value === 'string' && phonePattern.test(value) ? value : refused
  },
}
