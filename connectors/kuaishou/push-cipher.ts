import { decryptAesCbc } from '../kit/cipher/aes-cbc.ts'

/**
 * The message inside a push body: AES-128-CBC with a zero iv, the key being the base64 privateKey of the message
 * console. Kuaishou docs: 消息服务说明.
 * @throws DataError `cipher_invalid`
 */
export function decryptPush(body: string, privateKey: string): string {
  const key = Buffer.from(privateKey, 'base64')
  return decryptAesCbc(Buffer.from(body, 'base64'), { key, iv: Buffer.alloc(16) }).toString('utf8')
}
