/** Kuaishou's signatures and the cipher of its messages, from the platform's side. */
import { createCipheriv, createHash, createHmac, timingSafeEqual } from 'node:crypto'

const signed = ['access_token', 'appkey', 'method', 'param', 'signMethod', 'timestamp', 'version']

/** Undefined for a method nobody knows. */
export function ksSign(parameters: URLSearchParams, signSecret: string): string | undefined {
  const pairs = signed.filter((key) => parameters.has(key)).map((key) => `${key}=${parameters.get(key)}`)
  const text = `${pairs.join('&')}&signSecret=${signSecret}`
  const method = parameters.get('signMethod') ?? 'MD5'
  if (method === 'MD5') return createHash('md5').update(text).digest('hex')
  if (method === 'HMAC_SHA256') return createHmac('sha256', signSecret).update(text).digest('base64')
  return undefined
}

export function isSame(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}

/** AES-128-CBC with a zero iv, as base64 text. */
export function sealMessage(text: string, privateKey: string): string {
  const cipher = createCipheriv('aes-128-cbc', Buffer.from(privateKey, 'base64'), Buffer.alloc(16))
  return Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]).toString('base64')
}
