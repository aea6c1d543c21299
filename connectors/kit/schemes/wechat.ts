import { DataError } from '#src/errors.ts'
import { decryptAesCbc } from '../cipher/aes-cbc.ts'
import { signSortedValues } from '../sign/sorted-values.ts'

/** Signature of a push, or of the address check when `encrypt` is absent. WeChat docs: 消息推送 安全模式. */
export function signWechatPush(push: {
  token: string
  timestamp: string
  nonce: string
  encrypt?: string
}): string {
  const values = [
    push.token,
    push.timestamp,
    push.nonce,
    ...(push.encrypt === undefined ? [] : [push.encrypt]),
  ]
  return signSortedValues(values, { hash: 'sha1', encoding: 'hex' })
}

const noise = 16

/**
 * The message inside `Encrypt`: 16 random bytes, length, message, app id. WeChat docs: 消息加解密说明.
 * @throws DataError `cipher_invalid`; `push_other_app` when the message is for another app
 */
export function decryptWechatPush(encrypt: string, encodingAesKey: string, appId: string): string {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64')
  const plain = decryptAesCbc(Buffer.from(encrypt, 'base64'), { key, iv: key.subarray(0, 16), block: 32 })
  const length = plain.length >= noise + 4 ? plain.readUInt32BE(noise) : Number.POSITIVE_INFINITY
  const end = noise + 4 + length
  if (end > plain.length)
    throw new DataError('cipher_invalid', 'The decrypted message is cut short. 解密后的消息不完整。')
  const receiver = plain.subarray(end).toString('utf8')
  if (receiver !== appId)
    throw new DataError(
      'push_other_app',
      'The message was encrypted for another app. 消息属于另一个应用，请核对 AppID。',
    )
  return plain.subarray(noise + 4, end).toString('utf8')
}
