import { DataError } from '#src/errors.ts'

/**
 * Text that several platforms sign as `param_json`: keys sorted recursively by UTF-8 bytes (`A` < `_` < `a`), compact,
 * nothing escaped beyond what JSON demands, arrays in order, integers exact (pass `bigint` beyond 2^53), 1.0 as 1.
 *
 * U+2028 and U+2029 are dropped: the platforms' own SDKs escape them, JavaScript does not, so the two sides would sign
 * different bytes. Members that are `undefined` are left out.
 *
 * @throws DataError `json_not_canonical` for what has no exact JSON text (NaN, functions, unsafe integers)
 */
export function canonicalJson(value: unknown): string {
  return write(value, 0)
}

const maxDepth = 100

function write(value: unknown, depth: number): string {
  if (depth > maxDepth) throw new DataError('json_not_canonical', `JSON is nested deeper than ${maxDepth}`)
  if (value === null) return 'null'
  if (typeof value === 'string') return writeText(value)
  if (typeof value === 'number') return writeNumber(value)
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value)
  if (Array.isArray(value)) return `[${value.map((item) => write(item ?? null, depth + 1)).join(',')}]`
  if (typeof value === 'object') return writeObject(value as Record<string, unknown>, depth)
  throw new DataError('json_not_canonical', `A ${typeof value} has no JSON text`)
}

function writeObject(value: Record<string, unknown>, depth: number): string {
  const members = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort(byUtf8Bytes)
    .map((key) => `${writeText(key)}:${write(value[key], depth + 1)}`)
  return `{${members.join(',')}}`
}

function writeText(text: string): string {
  return JSON.stringify(text.toWellFormed().replace(/[\u2028\u2029]/g, ''))
}

function writeNumber(value: number): string {
  if (!Number.isFinite(value)) throw new DataError('json_not_canonical', `${value} has no JSON text`)
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    throw new DataError('json_not_canonical', `${value} is beyond exact integers: pass it as bigint or text`)
  }
  return JSON.stringify(value)
}

/** Byte order of the UTF-8 text, which differs from JavaScript's own order beyond the basic plane. */
export function byUtf8Bytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a, 'utf8'), Buffer.from(b, 'utf8'))
}
