import type { Parameters } from '../sign/parameter-text.ts'
import { signSecretWrapped } from '../sign/secret-wrapped.ts'

/** Signature of a Pinduoduo call; objects and booleans are given as the text that is sent. PDD docs: API 调用签名. */
export function signPinduoduo(parameters: Parameters, clientSecret: string): string {
  return signSecretWrapped(parameters, clientSecret, { hash: 'md5', encoding: 'HEX' })
}
