import { describe, expect, it, onTestFinished } from 'vitest'
import { fixedClock } from '#src/clock.ts'
import {
  type LongConnectionOptions,
  type LongConnectionState,
  startLongConnection,
} from '#src/feishu/long-connection.ts'
import { silentLogger } from '#src/log.ts'
import { type Answer, startFakePlatform } from './fake-platform.ts'
import { startSandbox } from './sandbox-feishu.ts'

/** States as they come, and a way to wait for one. */
function watchStates() {
  const seen: LongConnectionState[] = []
  let wake: (() => void) | undefined
  return {
    seen,
    onState(state: LongConnectionState) {
      seen.push(state)
      wake?.()
    },
    async until(wanted: (state: LongConnectionState) => boolean) {
      for (;;) {
        const found = seen.find(wanted)
        if (found !== undefined) return found
        await new Promise<void>((done) => {
          wake = done
        })
      }
    },
  }
}

async function connect(options: Partial<LongConnectionOptions> & { wsPingSeconds?: number } = {}) {
  const world = await startSandbox()
  Object.assign(world.sandbox.kernel.settings, {
    transport: 'long-connection',
    eventTransport: 'long-connection',
    wsReconnectSeconds: 0.05,
    wsPingSeconds: options.wsPingSeconds ?? 120,
  })
  const states = watchStates()
  const received: unknown[] = []
  const connection = startLongConnection({
    baseUrl: world.baseUrl,
    appId: world.appId,
    appSecret: world.appSecret,
    clock: fixedClock(1_790_000_000_000),
    log: silentLogger,
    receive: async (envelope) => {
      received.push(envelope)
      return undefined
    },
    onState: states.onState,
    ...options,
  })
  onTestFinished(() => connection.close())
  await states.until((state) => state.connected)
  return { ...world, connection, states, received }
}

describe('events over the long connection', () => {
  it('arrive as the platform sent them, header and event apart', async () => {
    const { sandbox, received, connection } = await connect()
    const outcome = await sandbox.kernel.events.longConnection.deliver(
      JSON.stringify({ schema: '2.0', header: { event_id: 'e1', token: 'h' }, event: { token: 'c-1' } }),
    )
    expect(outcome.ok).toBe(true)
    expect(received).toEqual([
      { schema: '2.0', header: { event_id: 'e1', token: 'h' }, event: { token: 'c-1' } },
    ])
    expect(connection.state()).toMatchObject({ phase: 'connected', lastEventAt: 1_790_000_000_000 })
  })

  it('of schema 1.0 keep the outer uuid and the type the SDK would overwrite', async () => {
    const { sandbox, received } = await connect()
    const approval = {
      uuid: 'outer',
      type: 'event_callback',
      event: { uuid: 'inner', type: 'approval_instance' },
    }
    await sandbox.kernel.events.longConnection.deliver(JSON.stringify(approval))
    expect(received).toEqual([approval])
  })

  it('longer than one frame are put together', async () => {
    const { sandbox, received } = await connect()
    const text = '汇'.repeat(100_000)
    await sandbox.kernel.events.longConnection.deliver(JSON.stringify({ text }))
    expect(received).toEqual([{ text }])
  })

  it('carry the answer of a card press back', async () => {
    const { sandbox } = await connect({
      receive: async () => ({ toast: { type: 'success', content: '已认领' } }),
    })
    const outcome = await sandbox.kernel.events.longConnection.deliver(
      '{"header":{"event_type":"card.action.trigger"}}',
    )
    expect(outcome).toMatchObject({ ok: true })
    expect(JSON.stringify(outcome)).toContain('已认领')
  })

  it('are refused, so that they come again, when they could not be stored', async () => {
    const { sandbox } = await connect({ receive: async () => Promise.reject(new Error('database is down')) })
    const outcome = await sandbox.kernel.events.longConnection.deliver('{"header":{}}')
    expect(outcome.ok).toBe(false)
  })
})

describe('the connection', () => {
  it('comes back after the platform drops it', async () => {
    const { sandbox, connection, states, control } = await connect()
    await control('faults', { kind: 'disconnect', times: 1 })
    await states.until((state) => state.phase === 'reconnecting')
    await states.until((state) => state.connected && state.reconnects === 1)
    expect(connection.state()).toMatchObject({ connected: true, reconnects: 1 })
    expect((await sandbox.kernel.events.longConnection.deliver('{"a":1}')).ok).toBe(true)
  })

  it('that went silent is noticed by the watchdog and replaced', async () => {
    const { states, control } = await connect({ wsPingSeconds: 0.1, pingTimeoutSeconds: 0.1 })
    await control('faults', { kind: 'half_open', times: 1 })
    await states.until((state) => state.connected && state.reconnects >= 1)
  })

  it('is closed for good', async () => {
    const { sandbox, connection } = await connect()
    await connection.close()
    expect(connection.state()).toMatchObject({ phase: 'closed', connected: false })
    expect((await sandbox.kernel.events.longConnection.deliver('{}')).ok).toBe(false)
  })
})

describe('a connection the platform refuses', () => {
  const start = async (answer: Answer) => {
    const platform = await startFakePlatform()
    platform.scripts.api = () => answer
    const states = watchStates()
    const connection = startLongConnection({
      baseUrl: platform.baseUrl,
      appId: 'cli_0123456789abcdef',
      appSecret: 'CANARY',
      clock: fixedClock(0),
      log: silentLogger,
      receive: async () => undefined,
      onState: states.onState,
      restartMs: 1,
    })
    onTestFinished(async () => {
      await connection.close()
      await platform.close()
    })
    return { platform, states }
  }

  it.each([
    ['wrong credentials', 514],
    ['too many connections', 1000040350],
    ['a busy platform', 1],
  ])('(%s) is reported as failed, without the secret, and tried again', async (_name, code) => {
    const { platform, states } = await start({ body: { code, msg: 'refused' } })
    const failed = await states.until((state) => state.phase === 'failed')
    expect(failed.error).toContain(String(code))
    expect(failed.error).not.toContain('CANARY')
    await states.until((state) => platform.calls.length >= 2 && state.phase === 'failed')
  })

  it('with an app id the SDK would silently ignore says so at once', () => {
    const options = { baseUrl: 'http://127.0.0.1:1', appSecret: 's', clock: fixedClock(0), log: silentLogger }
    const begin = () => startLongConnection({ ...options, appId: 'my-app', receive: async () => undefined })
    expect(begin).toThrow(expect.objectContaining({ code: 'feishu_app_id_invalid' }))
  })
})
