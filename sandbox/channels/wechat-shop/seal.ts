/** WeChat's push signature and cipher, from the platform's side. */
import { createCipheriv, createHash, randomBytes } from 'node:crypto'

/** Lower-case sha1 over the sorted values without anything between them. */
export function pushSignature(values: readonly string[]): string {
  return createHash('sha1').update(values.toSorted().join('')).digest('hex')
}

/** 16 random bytes, length of the text, text, app id; filled up to 32 bytes. */
export function seal(text: string, encodingAesKey: string, appId: string): string {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64')
  const body = Buffer.from(text)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(body.length)
  const plain = Buffer.concat([randomBytes(16), length, body, Buffer.from(appId)])
  const fill = 32 - (plain.length % 32)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([cipher.update(plain), cipher.update(Buffer.alloc(fill, fill))]).toString('base64')
}
