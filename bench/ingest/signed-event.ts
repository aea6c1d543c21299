import { createCipheriv, createHash, randomBytes, randomUUID } from 'node:crypto'

export const keys = { encryptKey: 'ek-bench-0123456789', verificationToken: 'vt-bench-abcdef' }

const cipherKey = createHash('sha256').update(keys.encryptKey).digest()

/** An event nobody in the product acts on, so that only receiving it is measured; 1.1 kB once it is sealed. */
function eventText(): string {
  return JSON.stringify({
    schema: '2.0',
    header: {
      event_id: randomUUID(),
      token: keys.verificationToken,
      create_time: String(Date.now()),
      event_type: 'im.chat.updated_v1',
      tenant_key: '2ca1d211f64f6438',
      app_id: 'cli_0123456789abcdef',
    },
    event: {
      chat_id: 'oc_0123456789abcdef0123456789abcdef',
      operator_id: { open_id: 'ou_0123456789abcdef0123456789abcdef' },
      after_change: {
        name: '订单群',
        description: '某某旅行旗舰店的订单在这里播报，谁先认领谁跟进。'.repeat(5),
      },
      before_change: { name: '订单' },
    },
  })
}

/** One request as it goes over the wire: sealed and signed as the platform does, keep-alive. */
export function signedRequest(path: string): Buffer {
  const iv = randomBytes(16)
  const cipher = createCipheriv('aes-256-cbc', cipherKey, iv)
  const encrypt = Buffer.concat([iv, cipher.update(eventText()), cipher.final()]).toString('base64')
  const body = Buffer.from(JSON.stringify({ encrypt }))
  const timestamp = String(Math.floor(Date.now() / 1000))
  const nonce = randomBytes(8).toString('hex')
  const signature = createHash('sha256')
    .update(timestamp + nonce + keys.encryptKey)
    .update(body)
    .digest('hex')
  const head = [
    `POST ${path} HTTP/1.1`,
    'host: 127.0.0.1',
    'content-type: application/json; charset=utf-8',
    `content-length: ${body.length}`,
    `x-lark-request-timestamp: ${timestamp}`,
    `x-lark-request-nonce: ${nonce}`,
    `x-lark-signature: ${signature}`,
  ]
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body])
}
