import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { decodeFrame, encodeFrame, headerOf } from '../../sandbox/feishu/events/frame.ts'
import { type Core, type Loose, startCore } from './kernel-sandbox.ts'

const second = 1_000
const hello = { schema: '2.0', type: 'im.message.receive_v1', event: { text: '你好' } } as const

async function endpoint(core: Core, more: Record<string, unknown> = {}): Promise<Loose> {
  const { appId, appSecret } = core.kernel.identity()
  const answer = await fetch(`${core.url}/callback/ws/endpoint`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ AppID: appId, AppSecret: appSecret, ...more }),
  })
  return answer.json()
}

interface Client {
  socket: WebSocket
  /** Events that came whole. */
  seen: Loose[]
  pongs: Loose[]
  ping(): void
}

/** A client that speaks frames by itself and acknowledges every event. */
async function client(core: Core, url?: string): Promise<Client> {
  const socket = new WebSocket(url ?? (await endpoint(core)).data.URL)
  const parts = new Map<string, Uint8Array[]>()
  const one: Client = {
    socket,
    seen: [],
    pongs: [],
    ping: () =>
      socket.send(
        encodeFrame({ SeqID: 0, LogID: 0, service: 1, method: 0, headers: [{ key: 'type', value: 'ping' }] }),
      ),
  }
  socket.on('message', (data) => {
    const frame = decodeFrame(data as Buffer)
    const payload = frame.payload ?? new Uint8Array()
    if (frame.method === 0) return void one.pongs.push(JSON.parse(Buffer.from(payload).toString()))
    const id = headerOf(frame, 'message_id') ?? ''
    const known = parts.get(id) ?? []
    known[Number(headerOf(frame, 'seq'))] = payload
    parts.set(id, known)
    if (known.filter(Boolean).length < Number(headerOf(frame, 'sum'))) return undefined
    one.seen.push(JSON.parse(Buffer.concat(known).toString('utf8')))
    return socket.send(encodeFrame({ ...frame, payload: Buffer.from('{"code":200}') }))
  })
  await once(socket, 'open')
  onTestFinished(() => socket.terminate())
  return one
}

/** The headers a refused handshake carries. */
async function refusal(url: string): Promise<Record<string, unknown>> {
  const socket = new WebSocket(url)
  socket.on('error', () => undefined)
  const [, response] = await once(socket, 'unexpected-response')
  response.resume()
  socket.terminate()
  return response.headers
}

describe('the long connection', () => {
  it('takes 50 clients, gives each event to one of them at random, and refuses the 51st by code and by handshake', async () => {
    const core = await startCore({ frozen: true })
    const early = (await endpoint(core)).data.URL as string
    const clients = await Promise.all(Array.from({ length: 50 }, () => client(core)))
    expect(await endpoint(core)).toMatchObject({ code: 1000040350 })
    expect(await refusal(early)).toMatchObject({
      'handshake-status': '514',
      'handshake-autherrcode': '1000040350',
    })
    for (let n = 0; n < 200; n++) core.kernel.events.emit(hello)
    const counts = () => clients.map(({ seen }) => seen.length)
    const sum = () => counts().reduce((total, count) => total + count, 0)
    await expect.poll(sum).toBe(200)
    expect(counts().filter((count) => count > 0).length).toBeGreaterThan(20)
    expect(Math.max(...counts())).toBeLessThan(40)
    clients[0]?.socket.terminate()
    await expect.poll(async () => (await endpoint(core)).code).toBe(0)
  })

  it('tells its clients apart, and closes the one that is named', async () => {
    const core = await startCore({ frozen: true })
    const [one, two] = [await client(core), await client(core)]
    one.ping()
    await expect.poll(() => one.pongs.length).toBe(1)
    const { connections } = (await core.control('connections')).body
    expect(connections).toHaveLength(2)
    expect(new Set(connections.map(({ id }: Loose) => id)).size).toBe(2)
    expect(connections.map(({ lastPingAt }: Loose) => lastPingAt !== null).sort()).toEqual([false, true])
    await core.control('connections', { close: connections[0].id })
    await expect.poll(() => one.socket.readyState + two.socket.readyState).toBe(1 + 3)
  })

  it('changes a client’s intervals with its next pong', async () => {
    const core = await startCore()
    const one = await client(core)
    one.ping()
    await expect.poll(() => one.pongs.length).toBe(1)
    await core.control('settings', { wsPingSeconds: 7, wsReconnectSeconds: 9 })
    one.ping()
    await expect.poll(() => one.pongs.length).toBe(2)
    expect(one.pongs).toMatchObject([{ PingInterval: 120 }, { PingInterval: 7, ReconnectInterval: 9 }])
  })

  it('splits what is big into numbered parts', async () => {
    const core = await startCore()
    const one = await client(core)
    core.kernel.events.emit({ ...hello, event: { text: '大'.repeat(50_000) } })
    await expect.poll(() => one.seen.length).toBe(1)
    expect(one.seen[0].event.text).toHaveLength(50_000)
    const { body } = await core.control('traffic?limit=1')
    expect(body[0].delivery.wire.frames.length).toBeGreaterThan(3)
  })

  it('tells an unknown app (403) from a wrong secret (514), and survives nonsense at its door', async () => {
    const core = await startCore()
    expect((await endpoint(core, { AppID: 'cli_0000000000000000' })).code).toBe(403)
    expect((await endpoint(core, { AppSecret: 'wrong' })).code).toBe(514)
    const port = Number(new URL(core.url).port)
    for (const path of ['//', '/ws/v2', '/ws/v2?ticket=%E0%A4%A', '/elsewhere']) {
      const socket = connect({ port, host: '127.0.0.1' })
      socket.on('error', () => undefined)
      socket.write(
        `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`,
      )
      const [answer] = await once(socket, 'data')
      expect(String(answer)).toMatch(/^HTTP\/1\.1 40\d/)
      socket.resetAndDestroy()
    }
    expect((await endpoint(core)).code).toBe(0)
  })
})

describe('a network that is down', () => {
  it('resets calls, cuts the long connection and refuses it, keeps events; all comes back when it is up', async () => {
    const core = await startCore({ frozen: true })
    const one = await client(core)
    const early = (await endpoint(core)).data.URL as string
    await core.control('faults', { kind: 'unreachable', family: 'feishu' })
    await once(one.socket, 'close')
    await expect(core.call('GET', '/im/v1/chats')).rejects.toThrow()
    await expect(endpoint(core)).rejects.toThrow()
    const refused = new WebSocket(early)
    await once(refused, 'error')
    core.kernel.events.emit(hello)
    const pending = async () => (await core.control('effects?only=events')).body.events.pending
    await expect.poll(async () => (await pending())[0]?.tries).toBe(1)
    expect((await core.control('faults')).body.faults[0].struck).toBeGreaterThanOrEqual(4)
    const cut = (await core.control('traffic')).body.find((entry: Loose) => entry.fault === 'unreachable')
    expect(cut).toMatchObject({ direction: 'in', route: expect.any(String) })
    await core.control('faults', { clear: true })
    expect((await core.call('GET', '/im/v1/chats')).code).toBe(0)
    const again = await client(core)
    await core.kernel.clock.advance(15 * second)
    await expect.poll(() => again.seen.length).toBe(1)
  })

  it('of one shop leaves Feishu alone', async () => {
    const core = await startCore({
      also: (kernel) =>
        kernel.app.post(
          '/shop',
          kernel.outside('some-shop', () => ({ ok: true })),
        ),
    })
    await core.control('faults', { kind: 'unreachable', family: 'some-shop' })
    await expect(fetch(`${core.url}/shop`, { method: 'POST' })).rejects.toThrow()
    expect((await core.call('GET', '/im/v1/chats')).code).toBe(0)
    expect((await endpoint(core)).code).toBe(0)
  })
})

it('a world of another app disconnects the clients of this one', async () => {
  const [here, elsewhere] = [await startCore(), await startCore()]
  const one = await client(here)
  const closed = once(one.socket, 'close')
  expect((await here.control('snapshot', JSON.parse(elsewhere.kernel.snapshot()))).status).toBe(200)
  await closed
  expect(here.kernel.identity().appId).toBe(elsewhere.kernel.identity().appId)
  await client(here)
})

describe('subscriptions', () => {
  it('decide what is delivered; a callback nobody subscribed to shows 200340', async () => {
    const core = await startCore({ frozen: true })
    const one = await client(core)
    await core.control('settings', { subscriptions: ['approval_instance'] })
    core.kernel.events.emit(hello)
    core.kernel.events.emit({
      schema: '1.0',
      type: 'approval_instance',
      lane: 'a',
      event: { status: 'PENDING' },
    })
    await expect.poll(() => one.seen.length).toBe(1)
    expect(one.seen[0].event.type).toBe('approval_instance')
    const outcome = await core.kernel.events.callback({ type: 'card.action.trigger', event: {} })
    expect(outcome).toMatchObject({ ok: false, clientCode: 200340 })
    expect((await core.control('effects?only=events')).body.events).toMatchObject({
      pending: [],
      unsubscribed: { 'im.message.receive_v1': 1 },
    })
  })
})

describe('the record of deliveries', () => {
  it('names every try with its failure, the next one, and what went over the wire', async () => {
    const core = await startCore({ frozen: true })
    core.kernel.events.emit(hello)
    const lines = async (): Promise<Loose[]> =>
      ((await (await fetch(`${core.url}/_web/workbench/traffic`)).json()) as Loose).lines
    await expect
      .poll(async () => (await lines())[0]?.delivery.nextAt)
      .toBe(core.kernel.clock.now() + 15 * second)
    const one = await client(core)
    await core.kernel.clock.advance(15 * second)
    expect(one.seen).toHaveLength(1)
    const newest = (await lines())[0]
    expect(newest).toMatchObject({ status: 200, delivery: { attempt: 2, nextAt: null } })
    const detail: Loose = await (await fetch(`${core.url}/_web/workbench/traffic/${newest.n}`)).json()
    expect(detail).toMatchObject({
      request: { header: { event_type: 'im.message.receive_v1', token: '***' } },
      wire: { frames: [{ headers: { type: 'event', sum: '1', seq: '0' } }] },
      tries: [{ attempt: 1, failure: expect.stringContaining('no-receiver') }, { attempt: 2 }],
    })
    expect((await fetch(`${core.url}/_web/workbench/traffic/999999`)).status).toBe(404)
  })
})
