import { createCipheriv, createDecipheriv } from 'node:crypto'
import { DataError } from '#src/errors.ts'

export interface AesCbcRule {
  /** 16 bytes: AES-128, 32 bytes: AES-256. */
  key: Uint8Array
  /** 16 bytes. */
  iv: Uint8Array
  /** Bytes that PKCS#7 fills up to; 16, or 32 as WeChat does. */
  block?: 16 | 32
}

/**
 * Plain bytes of an AES-CBC text.
 * @throws DataError `cipher_invalid` for a wrong key, a cut text or a padding that is none — always the same words, so
 *   that nobody learns from them which it was
 */
export function decryptAesCbc(cipherText: Uint8Array, rule: AesCbcRule): Buffer {
  try {
    const decipher = createDecipheriv(nameOf(rule.key), rule.key, rule.iv).setAutoPadding(false)
    const padded = Buffer.concat([decipher.update(cipherText), decipher.final()])
    return withoutPadding(padded, rule.block ?? 16)
  } catch {
    throw new DataError(
      'cipher_invalid',
      'The encrypted text cannot be read with this key. 密文无法用当前密钥解开，请核对密钥。',
    )
  }
}

/** The same, the other way. */
export function encryptAesCbc(plain: Uint8Array, rule: AesCbcRule): Buffer {
  const block = rule.block ?? 16
  const fill = block - (plain.length % block)
  const cipher = createCipheriv(nameOf(rule.key), rule.key, rule.iv).setAutoPadding(false)
  return Buffer.concat([cipher.update(plain), cipher.update(Buffer.alloc(fill, fill)), cipher.final()])
}

function nameOf(key: Uint8Array): string {
  return key.length === 16 ? 'aes-128-cbc' : 'aes-256-cbc'
}

function withoutPadding(padded: Buffer, block: number): Buffer {
  const fill = padded.at(-1) ?? 0
  const isPadding = fill >= 1 && fill <= block && fill <= padded.length
  if (!isPadding || padded.subarray(padded.length - fill).some((byte) => byte !== fill))
    throw new RangeError('padding')
  return padded.subarray(0, padded.length - fill)
}
