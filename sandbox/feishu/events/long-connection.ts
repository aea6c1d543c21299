import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { OwnKernel } from '../../kernel/create-kernel.ts'
import { type Connection, type ConnectionInfo, createConnection } from './connection.ts'
import type { Delivery, Transport } from './transport.ts'

const wsPath = '/ws/v2'
const mostConnections = 50
const tooMany = 1000040350
const tooManyText = 'the number of connections exceeded the limit'
/** How the SDKs of Go, Python and Java read it from a handshake: authentication failed, and why. */
const tooManyByHandshake = {
  'handshake-status': 514,
  'handshake-msg': tooManyText,
  'handshake-autherrcode': tooMany,
}
/** A client sends pings and acknowledgements only; more than this is no frame of it. */
const mostFrameBytes = 4 * 1024 * 1024
const serviceId = 33554678

export interface LongConnection extends Transport {
  /** Clients connected now. */
  count(): number
  list(): ConnectionInfo[]
  closeAll(): void
  /** Closes one, as the platform may at any time. Returns whether it existed. */
  close(id: string): boolean
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
  const server = new WebSocketServer({ noServer: true, maxPayload: mostFrameBytes })

  registerEndpoint(kernel, { tickets, count: () => connections.size })
  kernel.app.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Nobody else listens to this socket any more: its reset must not end the process.
    socket.on('error', () => socket.destroy())
    const query = URL.parse(request.url ?? '', 'http://sandbox')
    if (kernel.faults.strike('network', networkTarget)) return void socket.destroy()
    if (query?.pathname !== wsPath || !tickets.delete(query.searchParams.get('ticket') ?? ''))
      return refuse(socket, { 'handshake-status': 403, 'handshake-msg': 'forbidden' })
    if (connections.size >= mostConnections) return refuse(socket, tooManyByHandshake)
    server.handleUpgrade(request, socket, head, (ws) => {
      const connection = createConnection(ws, {
        serviceId,
        config: () => clientConfig(kernel),
        faults: kernel.faults,
        now: kernel.clock.now,
        id: query.searchParams.get('device_id') ?? '',
        address: `${request.socket.remoteAddress}:${request.socket.remotePort}`,
      })
      connections.add(connection)
      kernel.tell('connections')
      ws.on('close', () => {
        connections.delete(connection)
        kernel.tell('connections')
      })
    })
  })
  kernel.app.addHook('preClose', async () => {
    for (const connection of connections) connection.terminate()
    server.close()
  })

  return {
    count: () => connections.size,
    list: () => [...connections].map((connection) => connection.info()),
    closeAll() {
      for (const connection of connections) connection.terminate()
    },
    close(id) {
      const chosen = [...connections].find((connection) => connection.info().id === id)
      chosen?.terminate()
      return chosen !== undefined
    },
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

const networkTarget = { method: 'WS', route: 'socket', families: ['feishu', 'events', 'long-connection'] }

/** The client reads why from the headers of the answer. */
function refuse(socket: Duplex, reason: Record<string, string | number>): void {
  const headers = Object.entries(reason).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n${headers.join('')}\r\n`)
}

function registerEndpoint(kernel: OwnKernel, state: { tickets: Set<string>; count: () => number }): void {
  const handler = kernel.outside('long-connection', (request) => {
    const { AppID, AppSecret } = (request.body ?? {}) as Record<string, unknown>
    const { appId, appSecret } = kernel.identity()
    // UNVERIFIED: which of the two codes a wrong app id gets.
    if (AppID !== appId) return { code: 403, msg: 'forbidden' }
    if (AppSecret !== appSecret) return { code: 514, msg: 'app_id or app_secret is invalid' }
    if (state.count() >= mostConnections) return { code: tooMany, msg: tooManyText }
    const ticket = randomBytes(16).toString('hex')
    state.tickets.add(ticket)
    // The SDK reads the whole URL as a query string, so the first parameter is lost to it: never one it needs.
    const query = new URLSearchParams({
      fpid: '493',
      aid: '552564',
      device_id: String(BigInt(`0x${randomBytes(8).toString('hex')}`)),
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
