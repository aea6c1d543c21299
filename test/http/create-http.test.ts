import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createHttp, type HttpOptions, type OwnHttp } from '#src/http/create-http.ts'
import { silentLogger } from '#src/log.ts'

let server: Server
let base: string
let calls: { method: string; url: string; headers: NodeJS.Dict<string | string[]>; body: string }[]
let answer: RequestListener
const clients: OwnHttp[] = []

const hostOf = (url: string) => new URL(url).host

function client(options: Partial<HttpOptions> = {}): OwnHttp {
  const http = createHttp({ hosts: [hostOf(base)], log: silentLogger, retryMs: 1, ...options })
  clients.push(http)
  return http
}

beforeEach(async () => {
  calls = []
  answer = (_request, reply) => reply.end('ok')
  server = createServer(async (request, reply) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    calls.push({
      method: request.method ?? '',
      url: request.url ?? '',
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
    })
    answer(request, reply)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterEach(async () => {
  for (const http of clients.splice(0)) await http.close()
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
})

describe('what goes out and comes back', () => {
  it('sends method, headers and body byte for byte and returns status, headers and text', async () => {
    answer = (_request, reply) =>
      reply.writeHead(418, { 'x-one': '1', 'set-cookie': ['a=1', 'b=2'] }).end('茶壶')
    const body = '{"b":1, "a":"签名\\u0000"}'
    const response = await client().request({
      method: 'POST',
      url: `${base}/path%20x?b=2&a=1`,
      headers: { 'content-type': 'application/json' },
      body,
    })
    expect(calls[0]).toMatchObject({ method: 'POST', url: '/path%20x?b=2&a=1', body })
    expect(response).toMatchObject({ status: 418, body: '茶壶' })
    expect(response.headers).toMatchObject({ 'x-one': '1', 'set-cookie': 'a=1, b=2' })
  })

  it('returns a redirect instead of following it', async () => {
    answer = (_request, reply) => reply.writeHead(302, { location: 'http://169.254.169.254/' }).end()
    const response = await client().request({ method: 'GET', url: base, idempotent: true })
    expect(response.status).toBe(302)
    expect(calls).toHaveLength(1)
  })

  it('unpacks an answer that comes compressed', async () => {
    answer = (_request, reply) => reply.writeHead(400, { 'content-encoding': 'gzip' }).end(gzipSync('packed'))
    expect((await client().request({ method: 'GET', url: base })).body).toBe('packed')
  })

  it('stops reading an answer above the size limit, compressed or not', async () => {
    const http = client({ maxBytes: 1_000 })
    answer = (_request, reply) =>
      reply.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('x'.repeat(100_000)))
    await expect(http.request({ method: 'GET', url: base })).rejects.toMatchObject({ code: 'http_too_large' })
    answer = (_request, reply) => reply.end('x'.repeat(1_001))
    await expect(http.request({ method: 'GET', url: base })).rejects.toMatchObject({ code: 'http_too_large' })
  })
})

describe('calls without an answer', () => {
  it('are not-sent when nobody listens', async () => {
    const http = client({ hosts: ['127.0.0.1:1'] })
    await expect(http.request({ method: 'POST', url: 'http://127.0.0.1:1/' })).rejects.toMatchObject({
      code: 'http_unreachable',
      outcome: 'not-sent',
      retry: 'backoff',
    })
  })

  it('are not-sent when the name does not resolve', async () => {
    const resolve: HttpOptions['resolve'] = (_host, done) => {
      done(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }), [])
    }
    const http = client({ hosts: ['shop.example'], resolve })
    await expect(http.request({ method: 'GET', url: 'https://shop.example/' })).rejects.toMatchObject({
      code: 'http_unreachable',
      outcome: 'not-sent',
    })
  })

  it('are unknown when the answer is late', async () => {
    answer = () => undefined
    await expect(client().request({ method: 'POST', url: base, timeoutMs: 50 })).rejects.toMatchObject({
      code: 'http_timeout',
      outcome: 'unknown',
    })
    expect(calls).toHaveLength(1)
  })

  it('are unknown when the connection breaks after sending, and a write is sent once only', async () => {
    answer = (request) => request.socket.destroy()
    await expect(client().request({ method: 'POST', url: base })).rejects.toMatchObject({
      code: 'http_broken',
      outcome: 'unknown',
    })
    expect(calls).toHaveLength(1)
  })

  it('are unknown when the body breaks off', async () => {
    answer = (_request, reply) => {
      reply.writeHead(200, { 'content-length': '100' }).write('half')
      setImmediate(() => reply.destroy())
    }
    await expect(client().request({ method: 'POST', url: base })).rejects.toMatchObject({
      outcome: 'unknown',
    })
  })

  it('are not-sent when a header is invalid', async () => {
    const call = client().request({ method: 'GET', url: base, headers: { 'x-a': 'b\r\nx-c: d' } })
    await expect(call).rejects.toMatchObject({ code: 'http_request_invalid', outcome: 'not-sent' })
    expect(calls).toHaveLength(0)
  })

  it('never show query secrets, headers or bodies in the error', async () => {
    const http = client({ hosts: ['127.0.0.1:1'] })
    const call = http.request({
      method: 'POST',
      url: 'http://127.0.0.1:1/router?method=order.list&access_token=CANARY1&sign=CANARY2&page=3',
      headers: { authorization: 'CANARY3' },
      body: 'CANARY4',
    })
    const error = await call.catch((e: Error) => e)
    const text = JSON.stringify(error) + String(error) + JSON.stringify(Object.values(error as object))
    expect(text).toContain('method=order.list')
    expect(text).toContain('page=3')
    expect(text).not.toContain('CANARY')
  })
})

describe('retries', () => {
  it('repeat an idempotent call, POST too, until it works', async () => {
    answer = (_request, reply) => {
      reply.statusCode = calls.length < 3 ? 503 : 200
      reply.end(`n${calls.length}`)
    }
    const response = await client().request({ method: 'POST', url: base, body: 'q', idempotent: true })
    expect(response).toMatchObject({ status: 200, body: 'n3' })
    expect(calls.map((call) => call.body)).toEqual(['q', 'q', 'q'])
  })

  it('return the last answer when it never works', async () => {
    answer = (_request, reply) => {
      reply.statusCode = 502
      reply.end('<html>bad gateway</html>')
    }
    const response = await client().request({ method: 'GET', url: base, idempotent: true })
    expect(response).toMatchObject({ status: 502, body: '<html>bad gateway</html>' })
    expect(calls).toHaveLength(3)
  })

  it('repeat an idempotent call whose connection broke', async () => {
    answer = (request, reply) => {
      if (calls.length === 1) request.socket.destroy()
      else reply.end('there')
    }
    const response = await client().request({ method: 'GET', url: base, idempotent: true })
    expect(response.body).toBe('there')
  })

  it('never repeat any other call', async () => {
    answer = (_request, reply) => {
      reply.statusCode = 503
      reply.end()
    }
    expect((await client().request({ method: 'GET', url: base })).status).toBe(503)
    expect(calls).toHaveLength(1)
  })
})

describe('the breaker', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  it('opens after failures in a row, lets nothing out, and closes after one success', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const http = client({ breaker: { failures: 3, pauseMs: 10_000 } })
    answer = (_request, reply) => {
      reply.statusCode = 500
      reply.end()
    }
    for (let i = 0; i < 3; i++) expect((await http.request({ method: 'GET', url: base })).status).toBe(500)
    expect(http.states()).toEqual({ [base]: 'open' })
    await expect(http.request({ method: 'GET', url: base })).rejects.toMatchObject({
      code: 'http_circuit_open',
      outcome: 'not-sent',
    })
    expect(calls).toHaveLength(3)

    vi.setSystemTime(Date.now() + 10_001)
    answer = (_request, reply) => reply.end('well again')
    expect((await http.request({ method: 'GET', url: base })).body).toBe('well again')
    expect(http.states()).toEqual({ [base]: 'closed' })
  })

  it('does not count answers like 400 as failures', async () => {
    const http = client({ breaker: { failures: 2, pauseMs: 10_000 } })
    answer = (_request, reply) => {
      reply.statusCode = 400
      reply.end()
    }
    for (let i = 0; i < 5; i++) await http.request({ method: 'GET', url: base })
    expect(http.states()).toEqual({ [base]: 'closed' })
  })
})
