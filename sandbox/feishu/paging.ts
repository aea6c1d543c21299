import type { ApiCall } from '../kernel/types.ts'
import { ApiFailure } from '../kernel/types.ts'

export interface Page<T> {
  items: T[]
  has_more: boolean
  page_token?: string
}

/** One page of a list; the token names the next offset in a form callers cannot compute with. */
export function page<T>(
  all: readonly T[],
  query: ApiCall['query'],
  limits: { size: number; most: number; code?: number },
): Page<T> {
  const size = query.page_size === undefined ? limits.size : Number(query.page_size)
  if (!Number.isInteger(size) || size < 1 || size > limits.most) {
    throw new ApiFailure(limits.code ?? 99992402, `page_size must be 1 to ${limits.most}`)
  }
  const start = query.page_token ? offsetOf(String(query.page_token), limits.code) : 0
  const items = all.slice(start, start + size)
  const next = start + size
  return next < all.length
    ? { items, has_more: true, page_token: Buffer.from(`offset:${next}`).toString('base64url') }
    : { items, has_more: false }
}

function offsetOf(token: string, code = 99992402): number {
  const offset = /^offset:(\d+)$/.exec(Buffer.from(token, 'base64url').toString('utf8'))?.[1]
  if (offset === undefined) throw new ApiFailure(code, 'page_token is invalid')
  return Number(offset)
}
