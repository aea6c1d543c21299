/** Reading card JSON: whatever somebody sent, a reader gets a value of the asked kind or nothing. */

export type CardObject = { readonly [key: string]: unknown }

export function isObject(value: unknown): value is CardObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function objectOf(value: unknown): CardObject {
  return isObject(value) ? value : {}
}

export function objectsOf(value: unknown): CardObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

export function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

export function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}
