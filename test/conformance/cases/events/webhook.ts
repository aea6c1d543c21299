import { createDecipheriv, createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'vitest'

interface Received {
  isSigned: boolean
  event: { schema?: string; header?: { event_id: string; event_type: string; token: string } } & Record<
    string,
    unknown
  >
}

export interface Webhook {
  url: string
  received: Received[]
  /** HTTP status it answers from now on. */
  status: number
  /** Waits until so many have arrived. */
  count(wanted: number): Promise<void>
  close(): Promise<void>
}

/** A request URL that checks signatures over the raw bytes and decrypts, with no code of the sandbox. */
export async function listen(encryptKey: string): Promise<Webhook> {
  const hook: Webhook = {
    url: '',
    received: [],
    status: 200,
    count: (wanted) => expect.poll(() => hook.received.length).toBeGreaterThanOrEqual(wanted),
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    const event = decrypt(body, encryptKey)
    if (event.type === 'url_verification') {
      response.end(JSON.stringify({ challenge: event.challenge }))
      return
    }
    const of = (name: string) => String(request.headers[`x-lark-${name}`])
    const sum = createHash('sha256')
      .update(of('request-timestamp') + of('request-nonce') + encryptKey)
      .update(body)
      .digest('hex')
    hook.received.push({ isSigned: sum === of('signature'), event })
    response.writeHead(hook.status).end('{}')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  hook.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  return hook
}

function decrypt(body: Buffer, encryptKey: string): Received['event'] {
  const { encrypt } = JSON.parse(body.toString('utf8')) as { encrypt: string }
  const bytes = Buffer.from(encrypt, 'base64')
  const key = createHash('sha256').update(encryptKey).digest()
  const decipher = createDecipheriv('aes-256-cbc', key, bytes.subarray(0, 16))
  return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]).toString('utf8'))
}
