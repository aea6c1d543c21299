import { refuse } from './refusal.ts'

export interface Page<T> {
  items: T[]
  has_more: boolean
  page_token?: string
  total: number
}

/**
 * One page of `all`. The token remembers the last item, not only its position, so that rows removed while somebody
 * pages do not push others off the next page.
 */
export function page<T>(
  all: T[],
  request: { token?: string; size: number },
  idOf: (item: T) => string,
): Page<T> {
  const start = request.token ? startAfter(all, request.token, idOf) : 0
  const items = all.slice(start, start + request.size)
  const last = items.at(-1)
  const next = start + items.length
  const more = next < all.length && last !== undefined
  return {
    items,
    has_more: more,
    ...(more ? { page_token: encode(next, idOf(last)) } : {}),
    total: all.length,
  }
}

function encode(position: number, lastId: string): string {
  return Buffer.from(`${position}:${lastId}`).toString('base64url')
}

function startAfter<T>(all: T[], token: string, idOf: (item: T) => string): number {
  const match = /^(\d+):(\w+)$/.exec(Buffer.from(token, 'base64url').toString())
  if (!match) refuse(1254002, 'page_token is not one this API gave out')
  const position = Number(match?.[1])
  const lastId = match?.[2]
  const before = all[position - 1]
  if (before !== undefined && idOf(before) === lastId) return position
  const found = all.findIndex((item) => idOf(item) === lastId)
  return found < 0 ? Math.max(0, position - 1) : found + 1
}
