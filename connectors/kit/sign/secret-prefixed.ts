import { type DigestRule, hashOf, type Part } from './digest.ts'
import { type ParameterRule, type Parameters, parameterText } from './parameter-text.ts'

export interface SecretPrefixedRule extends DigestRule {
  parameters?: ParameterRule
  /** Follows the parameters, e.g. the raw body. */
  tail?: readonly Part[]
}

/**
 * Shape 2: secret + sorted parameters (+ tail), hashed. Jushuitan (md5), Meituan tech service (sha1), Douyin life push
 * (sha1 over the raw body) and SPI (sha256, pairs written `&key=value`).
 */
export function signSecretPrefixed(parameters: Parameters, secret: string, rule: SecretPrefixedRule): string {
  return hashOf([secret, parameterText(parameters, rule.parameters), ...(rule.tail ?? [])], rule)
}

/** The same family with the secret last: md5(parts + secret). Doudian push, Ctrip, legacy Jushuitan. */
export function signSecretSuffixed(parts: readonly Part[], secret: string, rule: DigestRule): string {
  return hashOf([...parts, secret], rule)
}
