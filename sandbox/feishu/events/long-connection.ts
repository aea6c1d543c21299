import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { OwnKernel } from '../../kernel/create-kernel.ts'
import { type Connection, createConnection } from './connection.ts'
import type { Delivery, Transport } from './transport.ts'

const wsPath = '/ws/v2'
const mostConnections = 50
const serviceId = 33554678

export interface LongConnection extends Transport {
  /** Clients connected now. */
  count(): number
  /** Lets socket faults strike the open connections at once. */
  strike(): void
}

/**
 * `POST /callback/ws/endpoint` and the WebSocket it points to. Each delivery goes to one random client, as the
 * platform's cluster mode does. Feishu docs: 使用长连接接收事件.
 */
export function openLongConnection(kernel: OwnKernel): LongConnection {
  const connections = new Set<Connection>()
  const tickets = new Set<string>()
  const server = new WebSocketServer({ noServer: true })

  registerEndpoint(kernel, { tickets, count: () => connections.size })
  kernel.app.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const url = new URL(request.url ?? '', 'http://sandbox')
    if (url.pathname !== wsPath || !tickets.delete(url.searchParams.get('ticket') ?? '')) {
      socket.end('HTTP/1.1 403 Forbidden\r\nhandshake-status: 403\r\nhandshake-msg: forbidden\r\n\r\n')
      return
    }
    server.handleUpgrade(request, socket, head, (ws) => {
      const connection = createConnection(ws, {
        serviceId,
        config: () => clientConfig(kernel),
        faults: kernel.faults,
      })
      connections.add(connection)
      ws.on('close', () => connections.delete(connection))
    })
  })
  kernel.app.addHook('preClose', async () => {
    for (const connection of connections) connection.terminate()
    server.close()
  })

  return {
    count: () => connections.size,
    strike() {
      for (const connection of connections) connection.strike()
    },
    async deliver(envelope): Promise<Delivery> {
      const all = [...connections]
      const chosen = all[Math.floor(Math.random() * all.length)]
      if (!chosen)
        return { ok: false, reason: 'no-receiver', detail: 'no long-connection client is connected' }
      return chosen.deliver(envelope)
    },
  }
}

function registerEndpoint(kernel: OwnKernel, state: { tickets: Set<string>; count: () => number }): void {
  const handler = kernel.outside('long-connection', (request) => {
    const { AppID, AppSecret } = (request.body ?? {}) as Record<string, unknown>
    const { appId, appSecret } = kernel.identity()
    if (AppID !== appId || AppSecret !== appSecret)
      return { code: 514, msg: 'app_id or app_secret is invalid' }
    if (state.count() >= mostConnections)
      return { code: 1000040350, msg: 'the number of connections exceeded the limit' }
    const ticket = randomBytes(16).toString('hex')
    state.tickets.add(ticket)
    // The SDK reads the whole URL as a query string, so the first parameter is lost to it: never one it needs.
    const query = new URLSearchParams({
      fpid: '493',
      aid: '552564',
      device_id: String(Date.now()),
      access_key: randomBytes(16).toString('hex'),
      service_id: String(serviceId),
      ticket,
    })
    return {
      code: 0,
      msg: '',
      data: { URL: `ws://${request.headers.host}${wsPath}?${query}`, ClientConfig: clientConfig(kernel) },
    }
  })
  kernel.app.route({ method: 'POST', url: '/callback/ws/endpoint', handler })
}

function clientConfig(kernel: OwnKernel): Record<string, number> {
  return {
    ReconnectCount: -1,
    ReconnectInterval: kernel.settings.wsReconnectSeconds,
    ReconnectNonce: 1,
    PingInterval: kernel.settings.wsPingSeconds,
  }
}
