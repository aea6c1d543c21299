import { createDecipheriv, createHash } from 'node:crypto'
import { createServer } from 'node:http'
import { onTestFinished } from 'vitest'
import { registerAuth } from '../../sandbox/feishu/auth/index.ts'
import { baseDocuments } from '../../sandbox/feishu/bitable/documents.ts'
import { registerBitable, type World } from '../../sandbox/feishu/bitable/index.ts'
import { addUser, type Person, registerContact } from '../../sandbox/feishu/contact/index.ts'
import { registerDrive } from '../../sandbox/feishu/drive/index.ts'
import { createKernel, type KernelOptions, type OwnKernel } from '../../sandbox/kernel/create-kernel.ts'

export interface Answer {
  status: number
  code: number
  msg: string
  // biome-ignore lint/suspicious/noExplicitAny: a test reads many answer shapes
  data: any
  // biome-ignore lint/suspicious/noExplicitAny: a test reads many answer shapes
  error: any
}

export interface BitableSandbox {
  url: string
  kernel: OwnKernel
  world: World
  lin: Person
  /** Calls `/open-apis<path>` once; a FormData is sent as multipart. */
  send(method: string, path: string, body?: unknown): Promise<Answer>
  /** Calls `/open-apis/bitable/v1/apps<path>`; when the budget is spent, moves the sandbox's clock on and tries again. */
  call(method: string, path: string, body?: unknown): Promise<Answer>
  // biome-ignore lint/suspicious/noExplicitAny: a test reads many answer shapes
  control(method: string, path: string, body?: unknown): Promise<{ status: number; body: any }>
}

/** A listening sandbox with the token calls, contacts and bases, closed when the test ends. */
export async function startBitable(options: KernelOptions = {}): Promise<BitableSandbox> {
  const kernel = createKernel(options)
  registerAuth(kernel)
  registerContact(kernel)
  const world = registerBitable(kernel)
  registerDrive(kernel, baseDocuments(world))
  await kernel.start()
  const url = await kernel.app.listen({ port: 0, host: '127.0.0.1' })
  kernel.listening(url)
  onTestFinished(() => kernel.close())
  const lin = addUser(kernel, { name: '林小满' })
  const token = await tokenOf(url, kernel)
  const send: BitableSandbox['send'] = async (method, path, body) => {
    const isForm = body instanceof FormData
    const type = isForm ? {} : { 'content-type': 'application/json; charset=utf-8' }
    const response = await fetch(`${url}/open-apis${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...type },
      body: isForm || body === undefined ? body : JSON.stringify(body),
    })
    return { status: response.status, ...((await response.json()) as Omit<Answer, 'status'>) }
  }
  return {
    url,
    kernel,
    world,
    lin,
    send,
    async call(method, path, body) {
      const answer = await send(method, `/bitable/v1/apps${path}`, body)
      if (answer.status !== 429) return answer
      await kernel.clock.advance(60_000)
      return send(method, `/bitable/v1/apps${path}`, body)
    },
    async control(method, path, body) {
      const response = await fetch(`${url}/_control/${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        body: body === undefined ? undefined : JSON.stringify(body),
      })
      return { status: response.status, body: await response.json() }
    },
  }
}

async function tokenOf(url: string, kernel: OwnKernel): Promise<string> {
  const { appId, appSecret } = kernel.identity()
  const response = await fetch(`${url}/open-apis/auth/v3/tenant_access_token/internal`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ app_id: appId, app_secret: appSecret }),
  })
  const { tenant_access_token } = (await response.json()) as { tenant_access_token: string }
  return tenant_access_token
}

export interface MadeTable {
  base: string
  table: string
  /** `/<app_token>/tables/<table_id>` */
  path: string
  fieldIds: Record<string, string>
}

/** Uploads a text file to a base as its app does; returns the file_token. */
export async function uploadFile(sandbox: BitableSandbox, base: string, name: string): Promise<string> {
  const form = new FormData()
  const content = `content of ${name}`
  form.set('file_name', name)
  form.set('parent_type', 'bitable_file')
  form.set('parent_node', base)
  form.set('size', String(Buffer.byteLength(content)))
  form.set('file', new Blob([content]), name)
  const answer = await sandbox.send('POST', '/drive/v1/medias/upload_all', form)
  if (answer.code !== 0) throw new Error(JSON.stringify(answer))
  return answer.data.file_token
}

/** A base with one table of the given fields (the first is the primary one). */
export async function makeTable(sandbox: BitableSandbox, fields: object[]): Promise<MadeTable> {
  const app = await sandbox.call('POST', '', { name: '测试' })
  const base: string = app.data.app.app_token
  const made = await sandbox.call('POST', `/${base}/tables`, { table: { name: '订单', fields } })
  if (made.code !== 0) throw new Error(JSON.stringify(made))
  const names = fields.map((field) => (field as { field_name: string }).field_name)
  return {
    base,
    table: made.data.table_id,
    path: `/${base}/tables/${made.data.table_id}`,
    fieldIds: Object.fromEntries(names.map((name, i) => [name, made.data.field_id_list[i]])),
  }
}

export interface Envelope {
  schema: string
  header: { event_type: string }
  // biome-ignore lint/suspicious/noExplicitAny: a test reads many event shapes
  event: any
}

/** A webhook that decrypts and keeps what it gets; `next(n)` resolves with the n-th event. */
export async function receiveEvents(
  kernel: OwnKernel,
): Promise<{ next(count: number): Promise<Envelope[]> }> {
  const received: Envelope[] = []
  let wake = () => {}
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      received.push(decrypt(Buffer.concat(chunks).toString(), kernel.identity().encryptKey))
      response.end('{}')
      wake()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  kernel.settings.eventUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/events`
  return {
    async next(count) {
      while (received.length < count) await new Promise<void>((resolve) => (wake = resolve))
      return received.slice(0, count)
    },
  }
}

function decrypt(body: string, key: string): Envelope {
  const bytes = Buffer.from((JSON.parse(body) as { encrypt: string }).encrypt, 'base64')
  const decipher = createDecipheriv(
    'aes-256-cbc',
    createHash('sha256').update(key).digest(),
    bytes.subarray(0, 16),
  )
  const plain = Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()])
  return JSON.parse(plain.toString())
}

/** Subscribes the app to a base's changes, as a product does. */
export async function subscribe(sandbox: BitableSandbox, appToken: string): Promise<void> {
  const answer = await sandbox.send('POST', `/drive/v1/files/${appToken}/subscribe?file_type=bitable`)
  if (answer.code !== 0) throw new Error(JSON.stringify(answer))
}
