import { DataError, messageOf } from '#src/errors.ts'

export interface ReadJsonOptions {
  /** Deepest nesting accepted; default 64. */
  maxDepth?: number
}

const quote = 0x22
const backslash = 0x5c

/**
 * Reads JSON whose ids are 64-bit numbers: integers beyond 2^53 become their exact decimal text, everything else is as
 * `JSON.parse` gives it (fractions and exponents stay numbers, text stays untouched, `__proto__` is an own member and
 * never a prototype). A leading byte order mark is ignored.
 *
 * @throws DataError `json_unreadable` for text that is no JSON or is nested too deeply
 */
export function readJson(text: string, options: ReadJsonOptions = {}): unknown {
  const body = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
  const exact = quoteBigIntegers(body, options.maxDepth ?? 64)
  try {
    return JSON.parse(exact)
  } catch (error) {
    throw new DataError('json_unreadable', `The answer is not JSON: ${messageOf(error)}`, {
      start: body.slice(0, 60),
    })
  }
}

/** One pass over the text: checks depth, puts quotes around integers that a number cannot hold. */
function quoteBigIntegers(text: string, maxDepth: number): string {
  let depth = 0
  let copied = 0
  let result = ''
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === quote) at = endOfString(text, at)
    else if (code === 0x7b || code === 0x5b) depth = deeper(depth, maxDepth)
    else if (code === 0x7d || code === 0x5d) depth -= 1
    else if (code === 0x2d || isDigit(code)) {
      const end = endOfNumber(text, at)
      if (isBigInteger(text, at, end)) {
        result += `${text.slice(copied, at)}"${text.slice(at, end)}"`
        copied = end
      }
      at = end - 1
    }
  }
  return copied === 0 ? text : result + text.slice(copied)
}

function deeper(depth: number, maxDepth: number): number {
  if (depth >= maxDepth) throw new DataError('json_unreadable', `JSON is nested deeper than ${maxDepth}`)
  return depth + 1
}

/** Index of the closing quote, or the end of the text when it never closes (JSON.parse then refuses it). */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === backslash) at += 1
    else if (code === quote) return at
  }
  return text.length
}

function endOfNumber(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && isNumberPart(text.charCodeAt(at))) at += 1
  return at
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

/** Digits and `+ - . e E`. */
function isNumberPart(code: number): boolean {
  return isDigit(code) || code === 0x2b || code === 0x2d || code === 0x2e || code === 0x65 || code === 0x45
}

function isBigInteger(text: string, start: number, end: number): boolean {
  if (end - start < 16) return false
  const token = text.slice(start, end)
  if (!/^-?[1-9]\d*$/.test(token) || Number.isSafeInteger(Number(token))) return false
  // Quoting a number in the place of a key would turn broken text into valid JSON.
  return !/^\s*:/.test(text.slice(end, end + 16))
}
