import { signJoinedPairs } from '../kit/sign/joined-pairs.ts'
import type { Parameters } from '../kit/sign/parameter-text.ts'

const beforeSecret = '&signSecret='

/** Signature of a Kuaishou call with the signSecret (which is not the appSecret). Kuaishou docs: 签名算法. */
export function signKuaishou(
  parameters: Parameters,
  signSecret: string,
  method: 'MD5' | 'HMAC_SHA256' = 'HMAC_SHA256',
): string {
  return method === 'MD5'
    ? signJoinedPairs(parameters, signSecret, { hash: 'md5', encoding: 'hex', beforeSecret })
    : signJoinedPairs(parameters, signSecret, {
        hash: 'sha256',
        encoding: 'base64',
        beforeSecret,
        keyed: true,
      })
}
