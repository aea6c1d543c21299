import { type DigestRule, hmacOf, type Part } from './digest.ts'

/**
 * Shape 4: HMAC over a canonical string the connector builds (often `parameterText`, plus the exact body). TOP with
 * hmac-sha256, VIP, Kingdee headers, YonSuite, Meituan travel.
 */
export function signCanonical(
  canonical: string | readonly Part[],
  secret: string | Uint8Array,
  rule: DigestRule,
): string {
  return hmacOf(typeof canonical === 'string' ? [canonical] : canonical, secret, rule)
}
