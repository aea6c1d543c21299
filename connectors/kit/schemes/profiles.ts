/** Signatures and ciphers of the systems that are reached through a profile, each named as in its own documents. */
import { decryptAesCbc, encryptAesCbc } from '../cipher/aes-cbc.ts'
import { fromNibbleLetters, toNibbleLetters } from '../cipher/nibble-letters.ts'
import { signCanonical } from '../sign/canonical-hmac.ts'
import { signJoinedPairs } from '../sign/joined-pairs.ts'
import { type Parameters, parameterText } from '../sign/parameter-text.ts'
import { signSecretPrefixed, signSecretSuffixed } from '../sign/secret-prefixed.ts'
import { signSecretWrapped } from '../sign/secret-wrapped.ts'

/** VIP: HMAC-MD5 over the sorted system parameters and the exact body. */
export function signVip(systemParameters: Parameters, body: string, appSecret: string): string {
  return signCanonical([parameterText(systemParameters), body], appSecret, { hash: 'md5', encoding: 'HEX' })
}

/** Guanyi: the JSON without `sign`, as it is written, between the secrets. */
export function signGuanyi(jsonWithoutSign: string, secret: string): string {
  return signSecretWrapped(jsonWithoutSign, secret, { hash: 'md5', encoding: 'HEX' })
}

/** YonSuite: before url encoding. */
export function signYonsuite(appKey: string, timestamp: string, appSecret: string): string {
  return signCanonical(parameterText({ appKey, timestamp }), appSecret, {
    hash: 'sha256',
    encoding: 'base64',
  })
}

/** Meituan tech service (北极星): never send empty parameters, SDK and documents sign them differently. */
export function signMeituanTechservice(parameters: Parameters, signKey: string): string {
  return signSecretPrefixed(parameters, signKey, { hash: 'sha1', encoding: 'hex' })
}

/** Meituan takeaway: the full url, then the pairs. */
export function signMeituanWaimai(url: string, parameters: Parameters, appSecret: string): string {
  return signJoinedPairs(parameters, appSecret, { hash: 'md5', encoding: 'hex', prefix: `${url}?` })
}

/** Meituan travel: header `Authorization`; `date` is the header `Date`. */
export function signMeituanTravel(
  call: { method: string; uri: string; date: string },
  app: { key: string; secret: string },
): string {
  const text = `${call.method} ${call.uri}\n${call.date}`
  return `MWS ${app.key}:${signCanonical(text, app.secret, { hash: 'sha1', encoding: 'base64' })}`
}

/** Meituan travel: body in base64, the iv is the key turned by eight bytes. @throws DataError `cipher_invalid` */
export function decryptMeituanTravel(body: string, aesKey: string): string {
  return decryptAesCbc(Buffer.from(body, 'base64'), meituanRule(aesKey)).toString('utf8')
}

export function encryptMeituanTravel(plain: string, aesKey: string): string {
  return encryptAesCbc(Buffer.from(plain), meituanRule(aesKey)).toString('base64')
}

function meituanRule(aesKey: string) {
  const key = Buffer.from(aesKey)
  return { key, iv: Buffer.concat([key.subarray(8), key.subarray(0, 8)]) }
}

/** Ctrip: over the encoded body. */
export function signCtrip(
  call: { accountId: string; serviceName: string; requestTime: string; body: string; version: string },
  signKey: string,
): string {
  const parts = [call.accountId, call.serviceName, call.requestTime, call.body, call.version]
  return signSecretSuffixed(parts, signKey, { hash: 'md5', encoding: 'hex' })
}

/** Ctrip: bodies are letters. @throws DataError `cipher_invalid` */
export function decryptCtrip(body: string, key: { aesKey: string; aesIv: string }): string {
  return decryptAesCbc(fromNibbleLetters(body), ctripRule(key)).toString('utf8')
}

export function encryptCtrip(plain: string, key: { aesKey: string; aesIv: string }): string {
  return toNibbleLetters(encryptAesCbc(Buffer.from(plain), ctripRule(key)))
}

function ctripRule({ aesKey, aesIv }: { aesKey: string; aesIv: string }) {
  return { key: Buffer.from(aesKey), iv: Buffer.from(aesIv) }
}

/** Jushuitan's first API (`open.erp321.com`). */
export function signJushuitanLegacy(
  call: { method: string; partnerid: string; token: string; ts: string },
  partnerkey: string,
): string {
  const parts = [call.method, call.partnerid, 'token', call.token, 'ts', call.ts]
  return signSecretSuffixed(parts, partnerkey, { hash: 'md5', encoding: 'hex' })
}
