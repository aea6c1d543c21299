import { createCipheriv, createHash, randomBytes, randomUUID } from 'node:crypto'

/** Seals and signs as the platform does; written apart from the product so that a shared mistake cannot hide. */
export const keys = { encryptKey: 'ek-test-0123456789', verificationToken: 'vt-test-abcdef' }
export const nowMs = Date.UTC(2026, 10, 1, 4, 0, 0)

export function encrypt(plain: string | Buffer, encryptKey = keys.encryptKey): string {
  const key = createHash('sha256').update(encryptKey).digest()
  const iv = randomBytes(16)
  const cipher = createCipheriv('aes-256-cbc', key, iv)
  return Buffer.concat([iv, cipher.update(plain), cipher.final()]).toString('base64')
}

export interface Signed {
  raw: Buffer
  headers: Record<string, string>
}

/** Signs exact bytes. `atMs`: the timestamp header. */
export function sign(body: string | Buffer, options: { atMs?: number; encryptKey?: string } = {}): Signed {
  const raw = Buffer.from(body)
  const timestamp = String(Math.floor((options.atMs ?? nowMs) / 1000))
  const nonce = randomBytes(8).toString('hex')
  const signature = createHash('sha256')
    .update(Buffer.concat([Buffer.from(timestamp + nonce + (options.encryptKey ?? keys.encryptKey)), raw]))
    .digest('hex')
  return {
    raw,
    headers: {
      'content-type': 'application/json',
      'x-lark-request-timestamp': timestamp,
      'x-lark-request-nonce': nonce,
      'x-lark-signature': signature,
    },
  }
}

/** Encrypted and signed. */
export const seal = (plain: string | Buffer | object, options: { atMs?: number } = {}): Signed =>
  sign(
    JSON.stringify({
      encrypt: encrypt(typeof plain === 'string' || Buffer.isBuffer(plain) ? plain : JSON.stringify(plain)),
    }),
    options,
  )

export function event2(
  type = 'im.chat.updated_v1',
  event: unknown = { chat_id: 'oc_1' },
  id: string = randomUUID(),
) {
  return {
    schema: '2.0',
    header: {
      event_id: id,
      token: keys.verificationToken,
      create_time: String(nowMs),
      event_type: type,
      tenant_key: 't',
      app_id: 'cli_0123456789abcdef',
    },
    event,
  }
}

export function event1(instanceCode: string, status = 'APPROVED', uuid: string = randomUUID()) {
  return {
    ts: '1793500000.7171419',
    uuid,
    token: keys.verificationToken,
    type: 'event_callback',
    event: { app_id: 'cli_0123456789abcdef', type: 'approval_instance', instance_code: instanceCode, status },
  }
}

export function cardPress(value: object = { p: 'post', a: 'claim', v: {} }, id: string = randomUUID()) {
  return {
    ...event2(
      'card.action.trigger',
      {
        operator: { open_id: 'ou_1', tenant_key: 't' },
        token: 'c-1',
        action: { value, tag: 'button' },
        context: { open_message_id: 'om_1', open_chat_id: 'oc_1' },
      },
      id,
    ),
  }
}
