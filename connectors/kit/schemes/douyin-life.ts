import { equalsPair, type Parameters } from '../sign/parameter-text.ts'
import { signSecretPrefixed } from '../sign/secret-prefixed.ts'

/** `X-Douyin-Signature` of a push: sha1 over secret and raw body. Douyin life docs: 生活服务消息推送. */
export function signLifePush(raw: Uint8Array, clientSecret: string): string {
  return signSecretPrefixed({}, clientSecret, { hash: 'sha1', encoding: 'hex', tail: [raw] })
}

/** `x-life-sign` of a SPI call; `raw` is absent for GET. Douyin life docs: SPI 签名机制说明. */
export function signLifeSpi(query: Parameters, raw: Uint8Array | undefined, clientSecret: string): string {
  return signSecretPrefixed(query, clientSecret, {
    hash: 'sha256',
    encoding: 'hex',
    parameters: { pair: (key, value) => `&${equalsPair(key, value)}` },
    tail: raw === undefined ? [] : ['&http_body=', raw],
  })
}
