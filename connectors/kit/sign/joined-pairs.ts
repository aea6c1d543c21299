import { type DigestRule, hashOf, hmacOf } from './digest.ts'
import { equalsPair, type ParameterRule, type Parameters, parameterText } from './parameter-text.ts'

export interface JoinedPairsRule extends DigestRule {
  parameters?: ParameterRule
  /** Before the pairs, e.g. `<method>?` or the full url and `?`. */
  prefix?: string
  /** Between the pairs and the secret, e.g. `&signSecret=`. */
  beforeSecret?: string
  keyed?: boolean
}

/**
 * Shape 3: `k=v` pairs joined by `&`, then the secret. Kuaishou, Xiaohongshu, Meituan takeaway; with other pairs and
 * separators Wangdiantong enterprise.
 */
export function signJoinedPairs(parameters: Parameters, secret: string, rule: JoinedPairsRule): string {
  const pairs = parameterText(parameters, { pair: equalsPair, separator: '&', ...rule.parameters })
  const parts = [rule.prefix ?? '', pairs, rule.beforeSecret ?? '', secret]
  return rule.keyed ? hmacOf(parts, secret, rule) : hashOf(parts, rule)
}
