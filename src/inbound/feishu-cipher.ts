import { createDecipheriv, createHash, createSecretKey, type KeyObject } from 'node:crypto'

/**
 * AES-256-CBC key of an app: sha256 of its Encrypt Key. Feishu docs: 解密事件. Made once: from bytes, preparing the key
 * costs more than decrypting an event.
 */
export function cipherKey(encryptKey: string): KeyObject {
  return createSecretKey(createHash('sha256').update(encryptKey).digest())
}

/**
 * Opens the `encrypt` field of an event: base64 of IV and ciphertext. Undefined when it is not what this key sealed
 * (wrong key, truncated, bad padding).
 */
export function decryptEvent(sealed: string, key: KeyObject): Buffer | undefined {
  const bytes = Buffer.from(sealed, 'base64')
  if (bytes.length < 32 || bytes.length % 16 !== 0) return undefined
  try {
    const decipher = createDecipheriv('aes-256-cbc', key, bytes.subarray(0, 16))
    return Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()])
  } catch {
    return undefined
  }
}
