/**
 * JSON with 64-bit integers, as the shops' platforms send and expect it: JavaScript numbers would round them.
 */
interface RawNumber {
  rawJSON: string
}
interface RawJsonApi {
  rawJSON(text: string): RawNumber
  isRawJSON(value: unknown): value is RawNumber
}
type SourceReviver = (key: string, value: unknown, context: { source?: string }) => unknown

const rawApi = JSON as unknown as RawJsonApi
const parseWithSource = JSON.parse as (text: string, reviver: SourceReviver) => unknown

/** Written by `writeJson` as a bare integer, every digit kept. An empty id becomes 0, as generated SDK models expect. */
export function int64(digits: string): object {
  if (!/^-?\d*$/.test(digits)) throw new Error(`not an integer: ${digits}`)
  return rawApi.rawJSON(digits === '' ? '0' : digits)
}

export function writeJson(value: unknown): string {
  return JSON.stringify(value)
}

/** Integers beyond 2^53 come out as strings of their digits; everything else as JSON.parse gives it. */
export function parseBigJson(text: string): unknown {
  return parseWithSource(text, (_key, value, { source }) =>
    typeof value === 'number' &&
    source !== undefined &&
    /^-?\d+$/.test(source) &&
    !Number.isSafeInteger(value)
      ? source
      : value,
  )
}

/** Keys sorted by their bytes at every depth, compact, integers exact, `1.0` written as `1`. Throws on broken JSON. */
export function canonicalJson(text: string): string {
  const tree = parseWithSource(text, (_key, value, { source }) =>
    typeof value === 'number' ? rawApi.rawJSON(exactNumber(value, source)) : value,
  )
  return canonical(tree)
}

function exactNumber(value: number, source: string | undefined): string {
  return source !== undefined && /^-?\d+$/.test(source) ? source : String(value)
}

function canonical(value: unknown): string {
  if (rawApi.isRawJSON(value)) return value.rawJSON
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return quote(value)
  const entries = Object.entries(value).sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  return `{${entries.map(([key, item]) => `${quote(key)}:${canonical(item)}`).join(',')}}`
}

/** The platform's own serializer escapes the two line separators; JSON.stringify leaves them. */
function quote(value: unknown): string {
  return JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
}
