import { signCanonical } from '../sign/canonical-hmac.ts'
import { signSortedValues } from '../sign/sorted-values.ts'

/** `sign` of LoginBySign: sha256 over the sorted values. Kingdee docs: 签名登录. */
export function signLogin(login: {
  acctId: string
  userName: string
  appId: string
  appSecret: string
  /** s */
  timestamp: string
}): string {
  return signSortedValues(Object.values(login), { hash: 'sha256', encoding: 'hex' })
}

/** `X-Api-Signature` (over its canonical text) and `X-Kd-Signature` (over app id and app data) of a signed request. */
export function signHeader(message: string, secret: string | Uint8Array): string {
  return signCanonical(message, secret, { hash: 'sha256', encoding: 'base64-of-hex' })
}

/** A constant of the official SDKs; it hides the secret from the eye only. */
const mask = Buffer.from('0054f397c6234378b09ca7d3e5debce7')

/** The real secret behind the part of an app id after `_`: base64, every byte masked. Kingdee SDK: decodeAppSecret. */
export function unmaskSecret(segment: string): string {
  const bytes = Buffer.from(segment, 'base64')
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = (bytes[at] ?? 0) ^ (mask[at % mask.length] ?? 0)
  return bytes.toString('base64')
}
