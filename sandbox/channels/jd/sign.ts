/** JD's signature, from the platform's side. */
import { createHash, timingSafeEqual } from 'node:crypto'

/** Upper-case md5 over all parameters but `sign`, sorted by key, between two secrets. */
export function jdSign(parameters: Iterable<[string, string]>, secret: string): string {
  const hash = createHash('md5').update(secret)
  const sorted = [...parameters]
    .filter(([key]) => key !== 'sign')
    .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  for (const [key, value] of sorted) hash.update(key).update(value)
  return hash.update(secret).digest('hex').toUpperCase()
}

export function isSame(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}
