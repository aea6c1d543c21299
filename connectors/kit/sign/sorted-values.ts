import { byUtf8Bytes } from '../canonical-json.ts'
import { type DigestRule, hashOf } from './digest.ts'

/** Hash of the bare values in byte order, secret among them: WeChat and YonSuite pushes (sha1), Kingdee login (sha256). */
export function signSortedValues(values: readonly string[], rule: DigestRule): string {
  return hashOf([[...values].sort(byUtf8Bytes).join('')], rule)
}
