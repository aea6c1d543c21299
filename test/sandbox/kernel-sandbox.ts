/** A listening sandbox core (no channels, no orders), the real SDK pointed at it, and a receiver for its webhooks. */
import { createDecipheriv, createHash } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as lark from '@larksuiteoapi/node-sdk'
import { onTestFinished } from 'vitest'
import { registerControl } from '../../sandbox/control/index.ts'
import { registerAuth } from '../../sandbox/feishu/auth/index.ts'
import { addUser, type Person, registerContact } from '../../sandbox/feishu/contact/index.ts'
import { addChat, type Chat, registerIm } from '../../sandbox/feishu/im/index.ts'
import { createKernel, type KernelOptions, type OwnKernel } from '../../sandbox/kernel/create-kernel.ts'

// biome-ignore lint/suspicious/noExplicitAny: a test reads many answer shapes
export type Loose = any

interface Answer {
  status: number
  code: number
  msg: string
  data: Loose
  error: Loose
  headers: Headers
}

export interface Core {
  url: string
  kernel: OwnKernel
  lin: Person
  wang: Person
  chat: Chat
  client: lark.Client
  call(method: string, path: string, body?: unknown, token?: string | null): Promise<Answer>
  control(path: string, body?: unknown): Promise<{ status: number; body: Loose }>
  /** Sends a card with the SDK's path and returns its message_id. */
  sendCard(card: unknown, extra?: Record<string, unknown>): Promise<Answer>
}

export async function startCore(
  options: KernelOptions & { also?: (kernel: OwnKernel) => void } = {},
): Promise<Core> {
  const kernel = createKernel(options)
  for (const register of [registerAuth, registerContact, registerIm, registerControl]) register(kernel)
  options.also?.(kernel)
  await kernel.start()
  const url = await kernel.app.listen({ port: 0, host: '127.0.0.1' })
  kernel.listening(url)
  onTestFinished(() => kernel.close())
  const lin = addUser(kernel, { name: '林小夏', mobile: '13800000001', email: 'lin@example.com' })
  const wang = addUser(kernel, { name: '王岚', mobile: '13800000005' })
  const chat = addChat(kernel, { name: '订单群', members: [lin.open_id, wang.open_id], bot: true })
  const call: Core['call'] = (method, path, body, token = kernel.tokens.issue().token) =>
    send(url, { method, path: `/open-apis${path}`, body, token })
  return {
    url,
    kernel,
    lin,
    wang,
    chat,
    client: sdkClient(url, kernel),
    call,
    control: (path, body) => control(url, path, body),
    sendCard: (card, extra = {}) =>
      call('POST', '/im/v1/messages?receive_id_type=chat_id', {
        receive_id: chat.chat_id,
        msg_type: 'interactive',
        content: JSON.stringify(card),
        ...extra,
      }),
  }
}

const ignore = () => {}
/** The SDK announces itself on every start; tests stay readable. */
export const silent = { error: ignore, warn: ignore, info: ignore, debug: ignore, trace: ignore }

export function sdkClient(url: string, kernel: OwnKernel): lark.Client {
  const { appId, appSecret } = kernel.identity()
  return new lark.Client({ appId, appSecret, domain: url, logger: silent })
}

async function send(
  url: string,
  request: { method: string; path: string; body?: unknown; token: string | null },
): Promise<Answer> {
  const response = await fetch(url + request.path, {
    method: request.method,
    headers: {
      ...(request.token !== null && { authorization: `Bearer ${request.token}` }),
      ...(request.body !== undefined && { 'content-type': 'application/json; charset=utf-8' }),
    },
    body: request.body === undefined ? undefined : JSON.stringify(request.body),
  })
  const parsed = JSON.parse((await response.text()) || '{}') as Omit<Answer, 'status' | 'headers'>
  return { status: response.status, headers: response.headers, ...parsed }
}

async function control(url: string, path: string, body?: unknown): Promise<{ status: number; body: Loose }> {
  const response = await fetch(`${url}/_control/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  return { status: response.status, body: await response.json() }
}

interface Received {
  headers: IncomingHttpHeaders
  raw: string
  /** decrypted */
  json: Loose
}

export interface Receiver {
  url: string
  received: Received[]
  /** Resolves once `count` deliveries (challenges not counted) have arrived. */
  arrived(count: number): Promise<Received[]>
  /** What to answer from now on; null cuts the connection. */
  answer: { status: number; body: string } | null
}

/** A webhook that decrypts by itself (not with the sandbox's code) and echoes challenges. */
export async function startReceiver(encryptKey: string): Promise<Receiver> {
  const waiting: (() => void)[] = []
  const receiver: Receiver = {
    url: '',
    received: [],
    answer: { status: 200, body: '{}' },
    async arrived(count) {
      while (receiver.received.length < count) await new Promise<void>((resolve) => waiting.push(resolve))
      return receiver.received
    },
  }
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const raw = Buffer.concat(chunks).toString('utf8')
    const json = decrypt(JSON.parse(raw).encrypt, encryptKey)
    if (json.type === 'url_verification') return response.end(JSON.stringify({ challenge: json.challenge }))
    const { answer } = receiver
    receiver.received.push({ headers: request.headers, raw, json })
    if (answer) response.writeHead(answer.status).end(answer.body)
    else request.socket.destroy()
    for (const wake of waiting.splice(0)) wake()
    return undefined
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  return receiver
}

function decrypt(text: string, encryptKey: string): Loose {
  const bytes = Buffer.from(text, 'base64')
  const key = createHash('sha256').update(encryptKey).digest()
  const decipher = createDecipheriv('aes-256-cbc', key, bytes.subarray(0, 16))
  return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]).toString('utf8'))
}
