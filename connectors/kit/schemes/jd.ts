import type { Parameters } from '../sign/parameter-text.ts'
import { signSecretWrapped } from '../sign/secret-wrapped.ts'

/** Signature of a JD call: raw values before url encoding, `360buy_param_json` sorts first. JD docs: API 调用方法详解. */
export function signJd(parameters: Parameters, appSecret: string): string {
  return signSecretWrapped(parameters, appSecret, { hash: 'md5', encoding: 'HEX' })
}
