import { type DigestRule, hashOf, hmacOf } from './digest.ts'
import { type ParameterRule, type Parameters, parameterText } from './parameter-text.ts'

export interface SecretWrappedRule extends DigestRule {
  parameters?: ParameterRule
  /** True: the secret is the HMAC key as well as the wrapping (Doudian). */
  keyed?: boolean
}

/**
 * Shape 1: secret + sorted parameters + secret, hashed. TOP, JD, Pinduoduo, Wangdiantong flagship (md5), Doudian
 * (HMAC-SHA256). Guanyi signs a text instead of parameters: pass the text.
 */
export function signSecretWrapped(
  content: Parameters | string,
  secret: string,
  rule: SecretWrappedRule,
): string {
  const text = typeof content === 'string' ? content : parameterText(content, rule.parameters)
  const parts = [secret, text, secret]
  return rule.keyed ? hmacOf(parts, secret, rule) : hashOf(parts, rule)
}
