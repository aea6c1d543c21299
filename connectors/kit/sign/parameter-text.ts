import { byUtf8Bytes } from '../canonical-json.ts'

export type Parameters = Readonly<Record<string, string>>

export interface ParameterRule {
  /** How one pair is written; default key immediately followed by value. */
  pair?: (key: string, value: string) => string
  /** Between pairs; default nothing. */
  separator?: string
  /** Keys that are never signed; default `sign`. */
  omit?: readonly string[]
  /** Leave out pairs with an empty value; default false, because most platforms sign what is sent. */
  skipEmpty?: boolean
}

/** The parameters as one text, keys in UTF-8 byte order, values raw (before any url encoding). */
export function parameterText(parameters: Parameters, rule: ParameterRule = {}): string {
  const { pair = plainPair, separator = '', omit = ['sign'], skipEmpty = false } = rule
  return Object.entries(parameters)
    .filter(([key, value]) => !omit.includes(key) && !(skipEmpty && value === ''))
    .sort(([a], [b]) => byUtf8Bytes(a, b))
    .map(([key, value]) => pair(key, value))
    .join(separator)
}

function plainPair(key: string, value: string): string {
  return key + value
}

/** `key=value` */
export function equalsPair(key: string, value: string): string {
  return `${key}=${value}`
}

/**
 * `NN-key:NNNN-value` with lengths in characters, as Wangdiantong enterprise writes pairs.
 * UNVERIFIED for characters beyond ASCII: one public port counts UTF-8 bytes instead.
 */
export function countedPair(key: string, value: string): string {
  return `${count(key, 2)}-${key}:${count(value, 4)}-${value}`
}

function count(text: string, digits: number): string {
  return String([...text].length).padStart(digits, '0')
}
