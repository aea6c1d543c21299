import { createHash, timingSafeEqual } from 'node:crypto'

/** Hex-lower md5 of the secret followed by the sorted key+value pairs of everything sent but `sign`, empty values included. */
export function erpSign(params: Record<string, string>, secret: string): string {
  const pairs = Object.keys(params)
    .filter((key) => key !== 'sign')
    .sort()
    .map((key) => key + params[key])
    .join('')
  return createHash('md5')
    .update(secret + pairs, 'utf8')
    .digest('hex')
}

export function isSignedBy(params: Record<string, string>, secret: string): boolean {
  const expected = Buffer.from(erpSign(params, secret))
  const given = Buffer.from(params.sign ?? '')
  return given.length === expected.length && timingSafeEqual(given, expected)
}
