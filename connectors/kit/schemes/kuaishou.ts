import { decryptAesCbc } from '../cipher/aes-cbc.ts'
import { signJoinedPairs } from '../sign/joined-pairs.ts'
import type { Parameters } from '../sign/parameter-text.ts'

const beforeSecret = '&signSecret='

/** Signature of a Kuaishou call with the signSecret (which is not the appSecret). Kuaishou docs: 签名算法. */
export function signKuaishou(
  parameters: Parameters,
  signSecret: string,
  method: 'MD5' | 'HMAC_SHA256' = 'HMAC_SHA256',
): string {
  return method === 'MD5'
    ? signJoinedPairs(parameters, signSecret, { hash: 'md5', encoding: 'hex', beforeSecret })
    : signJoinedPairs(parameters, signSecret, {
        hash: 'sha256',
        encoding: 'base64',
        beforeSecret,
        keyed: true,
      })
}

/**
 * The message inside a push body: AES-128-CBC with a zero iv, the key being the base64 privateKey of the message
 * console. Kuaishou docs: 消息服务说明.
 * @throws DataError `cipher_invalid`
 */
export function decryptPush(body: string, privateKey: string): string {
  const key = Buffer.from(privateKey, 'base64')
  return decryptAesCbc(Buffer.from(body, 'base64'), { key, iv: Buffer.alloc(16) }).toString('utf8')
}
