import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { AppError } from '#src/errors.ts'

export interface Sealer {
  /**
   * Encrypts a secret for the database.
   * @param purpose what it is and whose: it must be the same when opening, so a sealed text cannot be moved elsewhere
   */
  seal(plain: string, purpose: string): string
  /** @throws AppError `secret_unreadable` */
  open(sealed: string, purpose: string): string
}

const version = 'v1'

/** AES-256-GCM under a key of 32 bytes (base64). */
export function createSealer(secretKey: string): Sealer {
  const key = Buffer.from(secretKey, 'base64')
  return {
    seal: (plain, purpose) => {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(purpose))
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return `${version}.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`
    },
    open: (sealed, purpose) => {
      try {
        const [found, text] = sealed.split('.')
        if (found !== version || text === undefined) throw new Error('unknown form')
        const bytes = Buffer.from(text, 'base64url')
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 })
        decipher.setAAD(Buffer.from(purpose)).setAuthTag(bytes.subarray(12, 28))
        return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
      } catch (cause) {
        throw new AppError(
          'secret_unreadable',
          `A stored secret (${purpose}) cannot be decrypted: HUILIU_SECRET_KEY, or the key file in the data directory, is not the one it was encrypted under. Restore it, or authorise the shop again. 存储的密钥无法解密：请恢复原来的密钥文件，或重新授权店铺。`,
          { cause },
        )
      }
    },
  }
}
