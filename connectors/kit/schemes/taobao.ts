import { signCanonical } from '../sign/canonical-hmac.ts'
import { type Parameters, parameterText } from '../sign/parameter-text.ts'
import { signSecretWrapped } from '../sign/secret-wrapped.ts'

/**
 * Signature of a TOP call (Taobao, Tmall, Fliggy): every text parameter but `sign`, sorted by bytes. md5 wraps them in
 * the secret, the HMACs do not. TOP docs: API 调用协议.
 */
export function signTop(
  parameters: Parameters,
  secret: string,
  method: 'md5' | 'hmac' | 'hmac-sha256' = 'hmac-sha256',
): string {
  if (method === 'md5') return signSecretWrapped(parameters, secret, { hash: 'md5', encoding: 'HEX' })
  const hash = method === 'hmac' ? 'md5' : 'sha256'
  return signCanonical(parameterText(parameters), secret, { hash, encoding: 'HEX' })
}
