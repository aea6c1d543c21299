import type { Parameters } from '../kit/sign/parameter-text.ts'
import { signSecretSuffixed } from '../kit/sign/secret-prefixed.ts'
import { signSecretWrapped } from '../kit/sign/secret-wrapped.ts'

/** Signature of a call or an SPI request: wrapped in the secret, which keys the HMAC too. Doudian docs: 签名规则. */
export function signDoudian(
  parameters: Parameters,
  appSecret: string,
  method: 'md5' | 'hmac-sha256' = 'hmac-sha256',
): string {
  return method === 'md5'
    ? signSecretWrapped(parameters, appSecret, { hash: 'md5', encoding: 'hex' })
    : signSecretWrapped(parameters, appSecret, { hash: 'sha256', encoding: 'hex', keyed: true })
}

/** `event-sign` of a push: md5 over app key, raw body and secret. Doudian docs: 消息推送. */
export function signDoudianPush(appKey: string, raw: Uint8Array, appSecret: string): string {
  return signSecretSuffixed([appKey, raw], appSecret, { hash: 'md5', encoding: 'hex' })
}
