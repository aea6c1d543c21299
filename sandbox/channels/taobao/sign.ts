/** TOP's signatures, from the platform's side. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** Upper-case hex over all parameters but `sign`, sorted by key. md5 stands between two secrets; the HMACs are keyed. */
export function topSign(
  parameters: Iterable<[string, string]>,
  secret: string,
  method: string,
): string | undefined {
  const text = [...parameters]
    .filter(([key]) => key !== 'sign')
    .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .map(([key, value]) => key + value)
    .join('')
  if (method === 'md5')
    return createHash('md5').update(`${secret}${text}${secret}`).digest('hex').toUpperCase()
  if (method === 'hmac') return createHmac('md5', secret).update(text).digest('hex').toUpperCase()
  if (method === 'hmac-sha256') return createHmac('sha256', secret).update(text).digest('hex').toUpperCase()
  return undefined
}

export function isSame(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}
