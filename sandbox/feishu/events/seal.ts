import { createCipheriv, createHash, randomBytes } from 'node:crypto'

export interface SealedRequest {
  body: string
  headers: Record<string, string>
}

/**
 * `{"encrypt": …}` (AES-256-CBC, key = sha256 of the Encrypt Key, IV in front) with the signature headers over the
 * exact bytes. The timestamp is real time: receivers compare it with their own clock, which nobody moves.
 * Feishu docs: 解密事件 / 校验事件来源.
 */
export function seal(plain: string, encryptKey: string): SealedRequest {
  const key = createHash('sha256').update(encryptKey).digest()
  const iv = randomBytes(16)
  const cipher = createCipheriv('aes-256-cbc', key, iv)
  const encrypted = Buffer.concat([iv, cipher.update(plain, 'utf8'), cipher.final()])
  const body = JSON.stringify({ encrypt: encrypted.toString('base64') })
  const timestamp = String(Math.floor(Date.now() / 1000))
  const nonce = randomBytes(8).toString('hex')
  const signature = createHash('sha256')
    .update(timestamp + nonce + encryptKey + body)
    .digest('hex')
  return {
    body,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'x-lark-request-timestamp': timestamp,
      'x-lark-request-nonce': nonce,
      'x-lark-signature': signature,
    },
  }
}
