import { createHash, createHmac } from 'node:crypto'

export type Part = string | Uint8Array

export interface DigestRule {
  hash: 'md5' | 'sha1' | 'sha256'
  /** `HEX` is upper case; `base64-of-hex` encodes the hex text once more, as Kingdee does. */
  encoding: 'hex' | 'HEX' | 'base64' | 'base64-of-hex'
}

/** Plain hash over the parts in order; text counts as UTF-8, bytes as they are. */
export function hashOf(parts: readonly Part[], rule: DigestRule): string {
  const hash = createHash(rule.hash)
  for (const part of parts) hash.update(part)
  return encode(hash.digest(), rule.encoding)
}

/** HMAC keyed with the secret over the parts in order. */
export function hmacOf(parts: readonly Part[], secret: string | Uint8Array, rule: DigestRule): string {
  const hmac = createHmac(rule.hash, secret)
  for (const part of parts) hmac.update(part)
  return encode(hmac.digest(), rule.encoding)
}

function encode(bytes: Buffer, encoding: DigestRule['encoding']): string {
  if (encoding === 'base64') return bytes.toString('base64')
  const hex = bytes.toString('hex')
  if (encoding === 'HEX') return hex.toUpperCase()
  return encoding === 'hex' ? hex : Buffer.from(hex).toString('base64')
}
