import { createHash } from 'node:crypto'
import * as lark from '@larksuiteoapi/node-sdk'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { OutgoingEvent } from '../../sandbox/kernel/types.ts'
import { type Core, type Loose, silent, startCore, startReceiver } from './kernel-sandbox.ts'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute

const edited = (n: number): OutgoingEvent => ({
  schema: '2.0',
  type: 'drive.file.bitable_record_changed_v1',
  event: { revision: n },
})
const decided = (status: string, lane = 'case-1'): OutgoingEvent => ({
  schema: '1.0',
  type: 'approval_instance',
  lane,
  event: { instance_code: lane, status },
})

async function startWithWebhook() {
  const core = await startCore({ frozen: true })
  const receiver = await startReceiver(core.kernel.identity().encryptKey)
  await core.control('settings', { eventUrl: receiver.url, callbackUrl: receiver.url })
  const effects = async () => (await core.control('effects?only=events')).body.events
  /** the sandbox has taken note of an answer a moment after we gave it */
  const settled = async (pending: number) => {
    while ((await effects()).pending.length !== pending) await new Promise((resolve) => setImmediate(resolve))
    return effects()
  }
  return { core, receiver, emit: core.kernel.events.emit, effects, settled }
}

describe('webhook delivery', () => {
  it('signs the exact bytes and encrypts schema 2.0 and 1.0 envelopes', async () => {
    const { core, receiver, emit } = await startWithWebhook()
    emit(edited(1))
    emit(decided('APPROVED'))
    const both = await receiver.arrived(2)
    const { appId, encryptKey, tenantKey, verificationToken } = core.kernel.identity()
    for (const { headers, raw } of both) {
      const { 'x-lark-request-timestamp': time, 'x-lark-request-nonce': nonce } = headers
      const signed = createHash('sha256').update(`${time}${nonce}${encryptKey}${raw}`).digest('hex')
      expect(headers['x-lark-signature']).toBe(signed)
      expect(raw).toBe(JSON.stringify(JSON.parse(raw)))
    }
    const two = both.find(({ json }) => json.schema === '2.0')?.json
    expect(two).toMatchObject({
      header: { event_type: edited(1).type, token: verificationToken, app_id: appId, tenant_key: tenantKey },
      event: { revision: 1 },
    })
    expect(two.header.create_time).toMatch(/^\d{13}$/)
    const one = both.find(({ json }) => json.type === 'event_callback')?.json
    expect(one).toMatchObject({
      token: verificationToken,
      event: { type: 'approval_instance', app_id: appId, tenant_key: tenantKey, status: 'APPROVED' },
    })
    expect(one.uuid).toBeTruthy()
    expect(one.ts).toMatch(/^\d+\.\d{7}$/)
  })

  it('is understood by the SDK, and refused by it when a byte differs', async () => {
    const { core, receiver, emit } = await startWithWebhook()
    emit(edited(7))
    const [delivery] = await receiver.arrived(1)
    const seen: Loose[] = []
    const dispatcher = new lark.EventDispatcher({
      encryptKey: core.kernel.identity().encryptKey,
      logger: silent,
    })
    dispatcher.register({ [edited(7).type]: async (data: Loose) => void seen.push(data) })
    const envelope = (body: object) => Object.assign(Object.create({ headers: delivery?.headers }), body)
    await dispatcher.invoke(envelope(JSON.parse(delivery?.raw ?? '{}')))
    expect(seen).toMatchObject([{ revision: 7 }])
    await dispatcher
      .invoke(envelope({ encrypt: `${JSON.parse(delivery?.raw ?? '{}').encrypt}A` }))
      .catch(() => {})
    expect(seen).toHaveLength(1)
  })

  it('comes again after 15 s, 5 min, 1 h and 6 h with the same id, then is given up', async () => {
    const { core, receiver, emit, settled } = await startWithWebhook()
    receiver.answer = { status: 500, body: '' }
    emit(edited(1))
    await receiver.arrived(1)
    const tries = [14 * second, second, 5 * minute, hour, 6 * hour, 24 * hour]
    const counts: number[] = []
    for (const wait of tries) {
      await settled(counts.at(-1) === 5 ? 0 : 1)
      await core.kernel.clock.advance(wait)
      counts.push(receiver.received.length)
    }
    expect(counts).toEqual([1, 2, 3, 4, 5, 5])
    expect(new Set(receiver.received.map(({ json }) => json.header.event_id)).size).toBe(1)
    expect((await settled(0)).lost).toEqual([edited(1).type])
  })

  it('stops as soon as a try is answered with 200', async () => {
    const { core, receiver, emit, settled } = await startWithWebhook()
    receiver.answer = null
    emit(edited(1))
    await receiver.arrived(1)
    await settled(1)
    receiver.answer = { status: 200, body: '' }
    await core.kernel.clock.advance(15 * second)
    expect(await settled(0)).toMatchObject({ delivered: 1, lost: [] })
    await core.kernel.clock.advance(24 * hour)
    expect(receiver.received).toHaveLength(2)
  })

  it('holds back later events of one approval until the earlier one was acknowledged, but not those of others', async () => {
    const { core, receiver, emit, settled } = await startWithWebhook()
    receiver.answer = { status: 500, body: '' }
    emit(decided('PENDING'))
    emit(decided('APPROVED'))
    await receiver.arrived(1)
    await settled(2)
    receiver.answer = { status: 200, body: '' }
    emit(decided('PENDING', 'case-2'))
    await receiver.arrived(2)
    await settled(2)
    await core.kernel.clock.advance(15 * second)
    await receiver.arrived(4)
    const story = receiver.received.map(({ json }) => `${json.event.instance_code} ${json.event.status}`)
    expect(story).toEqual(['case-1 PENDING', 'case-2 PENDING', 'case-1 PENDING', 'case-1 APPROVED'])
  })

  it('duplicates, swaps and drops events on request', async () => {
    const { core, receiver, emit, settled } = await startWithWebhook()
    await core.control('faults', { faults: [{ kind: 'duplicate_event', times: 1 }] })
    emit(edited(1))
    await receiver.arrived(2)
    expect(new Set(receiver.received.map(({ json }) => json.header.event_id)).size).toBe(1)
    await settled(0)
    await core.control('faults', { kind: 'reorder_event', times: 1 })
    emit(edited(2))
    emit(edited(3))
    const order = (await receiver.arrived(4)).slice(2).map(({ json }) => json.event.revision)
    expect(order).toEqual([3, 2])
    await settled(0)
    await core.control('faults', { kind: 'drop_event', route: edited(4).type, times: 1 })
    emit(edited(4))
    emit(edited(5))
    expect((await receiver.arrived(5)).at(-1)?.json.event.revision).toBe(5)
  })

  it('tells the app about people who write to it and groups that change', async () => {
    const { core, receiver } = await startWithWebhook()
    const chat = `chats/${core.chat.chat_id}`
    await core.control(`${chat}/messages`, { open_id: core.lin.open_id, text: '大家好' })
    await core.control(`${chat}/messages`, {
      open_id: core.lin.open_id,
      text: '今天多少单',
      mention_bot: true,
    })
    await core.control(`${chat}/bot`, { present: false })
    const events = (await receiver.arrived(2)).map(({ json }) => json)
    const message = events.find((event) => event.header.event_type === 'im.message.receive_v1')
    expect(message.event).toMatchObject({
      sender: { sender_id: { open_id: core.lin.open_id }, sender_type: 'user' },
      message: {
        chat_type: 'group',
        content: '{"text":"@_user_1 今天多少单"}',
        mentions: [{ key: '@_user_1' }],
      },
    })
    expect(events.find((event) => event.header.event_type === 'im.chat.member.bot.deleted_v1')).toBeTruthy()
  })
})

describe('the long connection', () => {
  it('brings events of both schemas and big ones in parts to the real SDK', async () => {
    const core = await startCore()
    const { seen, arrived } = await connect(core)
    core.kernel.events.emit({
      schema: '2.0',
      type: 'im.message.receive_v1',
      event: { text: '大'.repeat(60_000) },
    })
    core.kernel.events.emit(decided('PENDING'))
    core.kernel.events.emit(decided('APPROVED'))
    await arrived(3)
    expect(seen.filter((event) => event.status).map((event) => event.status)).toEqual(['PENDING', 'APPROVED'])
    expect(seen.find((event) => event.text)?.text).toHaveLength(60_000)
  })

  it('carries card callbacks and their answers', async () => {
    const core = await startCore()
    await connect(core, {
      'card.action.trigger': async () => ({ toast: { type: 'success', content: '已认领' } }),
    })
    const button = {
      tag: 'button',
      text: { tag: 'plain_text', content: '认领' },
      behaviors: [{ type: 'callback', value: { action: 'claim' } }],
    }
    const { data } = await core.sendCard({ schema: '2.0', body: { elements: [button] } })
    const pressed = await core.control('click', {
      message_id: data.message_id,
      open_id: core.lin.open_id,
      name: '认领',
    })
    expect(pressed.body).toMatchObject({ outcome: { ok: true }, answer: { toast: { content: '已认领' } } })
  })

  it('shows a client code when the handler throws or does not exist', async () => {
    const core = await startCore()
    await connect(core, {
      'card.action.trigger': async () => {
        throw new Error('broken')
      },
    })
    const callback = { type: 'card.action.trigger', event: {} }
    expect(await core.kernel.events.callback(callback)).toMatchObject({ ok: false, clientCode: 200671 })
    expect(await core.kernel.events.callback({ type: 'card.unknown', event: {} })).toMatchObject({
      ok: false,
      clientCode: 200672,
    })
  })

  it('keeps events while no client is connected and delivers them when the retry comes', async () => {
    const core = await startCore({ frozen: true })
    core.kernel.events.emit(decided('APPROVED'))
    const { arrived } = await connect(core)
    await core.kernel.clock.advance(15 * second)
    expect((await arrived(1))[0]?.status).toBe('APPROVED')
  })

  it('can go half open: the socket stays, pings and events vanish, the event comes again', async () => {
    const core = await startCore({ frozen: true })
    const mute = await connect(core)
    await core.control('faults', { kind: 'half_open', times: 1 })
    core.kernel.events.emit(decided('APPROVED'))
    const tries = async () => (await core.control('effects')).body.events.pending[0].tries
    await expect.poll(tries, { timeout: 20_000 }).toBe(1)
    expect(mute.seen).toEqual([])
    expect((await core.control('state')).body.longConnections).toBe(1)
    const { arrived } = await connect(core)
    await core.control('faults', { kind: 'disconnect', times: 1 })
    while (core.kernel.events.longConnection.count() > 1)
      await new Promise((resolve) => setTimeout(resolve, 10))
    await core.kernel.clock.advance(15 * second)
    expect(await arrived(1)).toHaveLength(1)
  })

  it('sends each event to one client only', async () => {
    const core = await startCore()
    const [one, two] = [await connect(core), await connect(core)]
    for (let n = 0; n < 12; n++)
      core.kernel.events.emit({ ...edited(n), type: 'im.message.receive_v1' } as OutgoingEvent)
    await expect.poll(() => one.seen.length + two.seen.length).toBe(12)
  })

  it('refuses wrong credentials with 514 and an address without a ticket', async () => {
    const { url, kernel } = await startCore()
    const ask = async (AppSecret: string) => {
      const answer = await fetch(`${url}/callback/ws/endpoint`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ AppID: kernel.identity().appId, AppSecret }),
      })
      return (await answer.json()) as Loose
    }
    expect((await ask('wrong')).code).toBe(514)
    const { data } = await ask(kernel.identity().appSecret)
    expect(data.URL).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/ws\/v2\?fpid=/)
    expect(data.ClientConfig.PingInterval).toBe(120)
    const refused = await new Promise((resolve) => {
      const socket = new WebSocket(data.URL.replace(/ticket=\w+/, 'ticket=forged'))
      socket.onerror = () => resolve('refused')
      socket.onopen = () => resolve('open')
    })
    expect(refused).toBe('refused')
  })

  it('survives bytes that are not a frame', async () => {
    const core = await startCore()
    const { url, kernel } = core
    const { appId, appSecret } = kernel.identity()
    const body = JSON.stringify({ AppID: appId, AppSecret: appSecret })
    const headers = { 'content-type': 'application/json' }
    const endpoint = await fetch(`${url}/callback/ws/endpoint`, { method: 'POST', headers, body })
    const socket = new WebSocket(((await endpoint.json()) as Loose).data.URL)
    await new Promise((resolve) => (socket.onopen = resolve))
    socket.send('hello')
    socket.send(new Uint8Array([255, 255, 255, 255]))
    socket.close()
    await new Promise((resolve) => (socket.onclose = resolve))
    const { arrived } = await connect(core)
    kernel.events.emit(decided('APPROVED'))
    expect(await arrived(1)).toHaveLength(1)
  })
})

/** The SDK's WSClient with handlers that remember what came. */
async function connect(core: Core, more: Record<string, (data: Loose) => Promise<Loose>> = {}) {
  const { appId, appSecret } = core.kernel.identity()
  const seen: Loose[] = []
  const waiting: (() => void)[] = []
  const remember = async (data: Loose) => {
    seen.push(data)
    for (const wake of waiting.splice(0)) wake()
  }
  const eventDispatcher = new lark.EventDispatcher({ logger: silent })
  eventDispatcher.register({
    'im.message.receive_v1': remember,
    approval_instance: remember,
    ...more,
  } as Loose)
  const ready = Promise.withResolvers<void>()
  const client = new lark.WSClient({
    appId,
    appSecret,
    domain: core.url,
    logger: silent,
    onReady: ready.resolve,
  })
  onTestFinished(() => client.close({ force: true }))
  void client.start({ eventDispatcher })
  await ready.promise
  return {
    seen,
    async arrived(count: number) {
      while (seen.length < count) await new Promise<void>((resolve) => waiting.push(resolve))
      return seen
    },
  }
}
