import type { Parameters } from '../kit/sign/parameter-text.ts'
import { signSecretPrefixed } from '../kit/sign/secret-prefixed.ts'

/** Signature of a call: secret, then the sorted parameters, empty ones too. Jushuitan docs: 签名算法. */
export function signJushuitan(parameters: Parameters, appSecret: string): string {
  return signSecretPrefixed(parameters, appSecret, { hash: 'md5', encoding: 'hex' })
}
