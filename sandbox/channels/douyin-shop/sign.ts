/** Doudian's three signatures, from the platform's side. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

export type SignMethod = 'hmac-sha256' | 'md5'

/**
 * Hex-lower signature over secret + sorted key+value pairs + secret. Requests sign app_key, method, param_json,
 * timestamp and v; pushed service calls (SPI) sign app_key, param_json and timestamp. The token is never signed.
 */
export function sign(signed: Record<string, string>, secret: string, method: SignMethod): string {
  const pairs = Object.keys(signed)
    .sort()
    .map((key) => key + signed[key])
    .join('')
  const text = secret + pairs + secret
  return method === 'md5'
    ? createHash('md5').update(text, 'utf8').digest('hex')
    : createHmac('sha256', secret).update(text, 'utf8').digest('hex')
}

/** The `event-sign` header of a push: hex-lower md5 of app key, raw body and secret. */
export function eventSign(appKey: string, body: Buffer | string, secret: string): string {
  return createHash('md5').update(appKey).update(body).update(secret).digest('hex')
}

export function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}
