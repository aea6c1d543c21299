import { type EventDispatcher, type HttpInstance, LoggerLevel, WSClient } from '@larksuiteoapi/node-sdk'
import type { Clock } from '#src/clock.ts'
import { AppError, messageOf } from '#src/errors.ts'
import { createHttp, type OwnHttp } from '#src/http/create-http.ts'
import type { Logger } from '#src/log.ts'
import { createSdkLog } from './sdk-log.ts'

export interface LongConnectionState {
  /** `failed`: the platform refused us (see `error`); tried again every `restartMs`. */
  phase: 'connecting' | 'connected' | 'reconnecting' | 'failed' | 'closed'
  connected: boolean
  /** ms since the epoch, undefined before the first event */
  lastEventAt: number | undefined
  /** How often the connection was lost. */
  reconnects: number
  /** Why the last attempt failed for good. */
  error: string | undefined
}

export interface LongConnectionOptions {
  baseUrl: string
  appId: string
  appSecret: string
  clock: Clock
  log: Logger
  /**
   * Called with the envelope as the platform sent it. What it returns goes back as the answer (of a card press);
   * undefined is a bare acknowledgement; throwing makes the platform deliver again.
   */
  receive(envelope: unknown, meta: { receivedAt: number }): Promise<unknown>
  onState?(state: LongConnectionState): void
  /** s without an answer to a ping until the connection counts as dead; default 10 */
  pingTimeoutSeconds?: number
  /** ms until a refused connection is tried again; default 30,000 */
  restartMs?: number
}

export interface LongConnection {
  state(): LongConnectionState
  close(): Promise<void>
}

const requestTimeoutMs = 15_000

/**
 * Keeps a long connection to Feishu open. The SDK's dispatcher would flatten the envelope and overwrite fields in it
 * (an approval event's uuid, a card's token), so WSClient gets our own `invoke` in its place.
 * Throws AppError `feishu_app_id_invalid`: the SDK would stay silent and idle.
 */
export function startLongConnection(options: LongConnectionOptions): LongConnection {
  if (!/^cli_[0-9a-fA-F]{16}$/.test(options.appId))
    throw new AppError(
      'feishu_app_id_invalid',
      'FEISHU_APP_ID 应为 cli_ 加 16 位十六进制字符，请核对开发者后台的 App ID。',
    )
  const base = new URL(options.baseUrl)
  const http = createHttp({
    hosts: [base.host],
    log: options.log,
    timeoutMs: requestTimeoutMs,
    breaker: false,
  })
  const state: LongConnectionState = {
    phase: 'connecting',
    connected: false,
    lastEventAt: undefined,
    reconnects: 0,
    error: undefined,
  }
  let client: WSClient | undefined
  let restart: NodeJS.Timeout | undefined

  const moveTo = (phase: LongConnectionState['phase'], error?: string) => {
    if (state.phase === 'closed') return
    Object.assign(state, { phase, error, connected: phase === 'connected' })
    options.onState?.({ ...state })
  }

  const receive = async (envelope: unknown): Promise<unknown> => {
    const receivedAt = options.clock.now()
    state.lastEventAt = receivedAt
    try {
      return await options.receive(envelope, { receivedAt })
    } catch (error) {
      options.log.warn(
        { error: messageOf(error) },
        'event of the long connection not taken, it will come again',
      )
      throw error
    }
  }

  const fail = (error: Error) => {
    options.log.error({ error: error.message }, 'long connection refused')
    moveTo('failed', error.message)
    client?.close({ force: true })
    if (state.phase === 'closed') return
    restart = setTimeout(open, options.restartMs ?? 30_000)
  }

  const open = () => {
    moveTo('connecting')
    client = createClient(options, http, {
      ready: () => moveTo('connected'),
      reconnecting: () => {
        state.reconnects++
        moveTo('reconnecting')
      },
      fail,
    })
    // The dispatcher is only ever asked to `invoke`.
    const dispatcher = { invoke: receive } as unknown as EventDispatcher
    void client
      .start({ eventDispatcher: dispatcher })
      .catch((error: unknown) => fail(new Error(messageOf(error))))
  }

  open()
  return {
    state: () => ({ ...state }),
    async close() {
      moveTo('closed')
      clearTimeout(restart)
      client?.close({ force: true })
      await http.close()
    },
  }
}

interface Signals {
  ready(): void
  reconnecting(): void
  fail(error: Error): void
}

function createClient(options: LongConnectionOptions, http: OwnHttp, signals: Signals): WSClient {
  return new WSClient({
    appId: options.appId,
    appSecret: options.appSecret,
    domain: new URL(options.baseUrl).origin,
    httpInstance: createEndpointHttp(http),
    autoReconnect: true,
    handshakeTimeoutMs: requestTimeoutMs,
    wsConfig: { pingTimeout: options.pingTimeoutSeconds ?? 10 },
    logger: createSdkLog(options.log),
    loggerLevel: LoggerLevel.warn,
    onReady: signals.ready,
    onReconnected: signals.ready,
    onReconnecting: signals.reconnecting,
    onError: signals.fail,
  })
}

/**
 * What WSClient asks its address with. It judges the answer's code itself, but trips over a refusal without `data` and
 * would then try for ever what can never work.
 */
function createEndpointHttp(http: OwnHttp): HttpInstance {
  const request = async (asked: {
    url?: string
    data?: unknown
    headers?: Record<string, unknown>
    timeout?: number
  }) => {
    const answer = await http.request({
      method: 'POST',
      url: asked.url ?? '',
      headers: {
        ...Object.fromEntries(
          Object.entries(asked.headers ?? {}).map(([name, value]) => [name, String(value)]),
        ),
        'content-type': 'application/json; charset=utf-8',
      },
      body: JSON.stringify(asked.data ?? {}),
      timeoutMs: asked.timeout ?? requestTimeoutMs,
    })
    if (answer.status >= 500 || answer.status === 429) throw new Error(`HTTP ${answer.status}`)
    const body = JSON.parse(answer.body) as Record<string, unknown>
    return { ...body, data: body.data ?? {} }
  }
  return { request } as unknown as HttpInstance
}
