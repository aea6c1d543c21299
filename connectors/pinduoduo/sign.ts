import type { Parameters } from '../kit/sign/parameter-text.ts'
import { signSecretWrapped } from '../kit/sign/secret-wrapped.ts'

/** Signature of a Pinduoduo call; objects and booleans are given as the text that is sent. PDD docs: API 调用签名. */
export function signPinduoduo(parameters: Parameters, clientSecret: string): string {
  return signSecretWrapped(parameters, clientSecret, { hash: 'md5', encoding: 'HEX' })
}
