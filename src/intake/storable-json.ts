/** What JSON.stringify writes for NUL and for broken surrogate pairs; it may also be literal text. */
const suspicious = /\\u(?:0000|d[89a-f][0-9a-f]{2})/

/** JSON text that PostgreSQL's jsonb takes: it knows neither NUL nor broken surrogate pairs, which hostile input has. */
export function storableJson(value: unknown): string {
  const text = JSON.stringify(value) ?? 'null'
  return suspicious.test(text) ? JSON.stringify(value, (_key, part: unknown) => cleaned(part)) : text
}

function cleaned(part: unknown): unknown {
  if (typeof part === 'string') return storableText(part)
  if (typeof part !== 'object' || part === null || Array.isArray(part)) return part
  const keys = Object.keys(part)
  return keys.some((key) => key !== storableText(key))
    ? Object.fromEntries(Object.entries(part).map(([key, value]) => [storableText(key), value]))
    : part
}

/** Text without NUL and broken surrogate pairs. */
export function storableText(text: string): string {
  return text.replaceAll('\0', '').toWellFormed()
}
