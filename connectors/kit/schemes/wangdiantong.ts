import { signJoinedPairs } from '../sign/joined-pairs.ts'
import { countedPair, type Parameters } from '../sign/parameter-text.ts'
import { signSecretWrapped } from '../sign/secret-wrapped.ts'

const md5 = { hash: 'md5', encoding: 'hex' } as const

/** 企业版: pairs with their lengths, then the appsecret. Wangdiantong docs: 签名算法. */
export function signEnterprise(parameters: Parameters, appSecret: string): string {
  return signJoinedPairs(parameters, appSecret, { ...md5, parameters: { pair: countedPair, separator: ';' } })
}

/** 旗舰版: query parameters and `body`, wrapped in the secret (the part of `secret:salt` before the colon). */
export function signFlagship(parameters: Parameters, secret: string): string {
  return signSecretWrapped(parameters, secret, md5)
}
