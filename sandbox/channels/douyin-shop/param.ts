/** Readers of business parameters. The platform takes numbers and their text alike. */
import { invalidParameter } from './failure.ts'

export function readInteger(param: Record<string, unknown>, name: string): number | undefined {
  const value = param[name]
  if (value === undefined || value === null || value === '') return undefined
  const number = typeof value === 'number' ? value : typeof value === 'string' ? Number(value) : Number.NaN
  // UNVERIFIED sub code: the platform's parser answers mistyped values before the interface sees them.
  if (!Number.isInteger(number)) throw invalidParameter(11000, `参数${name}不合法`)
  return number
}

export function readId(param: Record<string, unknown>, name: string): string {
  const value = param[name]
  if (typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value))) return String(value)
  throw invalidParameter(11000, `参数${name}不合法`)
}

export function readList(param: Record<string, unknown>, name: string): unknown[] {
  const value = param[name]
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) throw invalidParameter(11000, `参数${name}不合法`)
  return value
}
