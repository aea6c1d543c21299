import { connect } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startWorld } from './world-sandbox.ts'

const send = '/open-apis/im/v1/messages?receive_id_type=chat_id'

async function world(options = {}) {
  const started = await startWorld({ frozen: true, ...options })
  const token = started.kernel.tokens.issue().token
  const chat = started.state.chats[0].chat_id as string
  const post = (path: string, body: string | Buffer, type = 'application/json') =>
    fetch(started.url + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': type },
      body: typeof body === 'string' ? body : new Uint8Array(body),
    })
  const before = JSON.stringify(await started.effects())
  /** Nothing took effect, and the sandbox still works. */
  const isIntact = async () => {
    expect(JSON.stringify(await started.effects())).toBe(before)
    const good = JSON.stringify({ receive_id: chat, msg_type: 'text', content: '{"text":"好"}' })
    expect((await post(send, good)).status).toBe(200)
  }
  return { ...started, token, chat, post, isIntact }
}

/** Bytes as they are on a socket; resolves with what came back once the other side ends or resets. */
function exchange(port: number, bytes: string, options: { halfClose?: boolean } = {}): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
    let received = ''
    socket.on('data', (chunk) => {
      received += chunk.toString('utf8')
    })
    socket.on('end', () => socket.end())
    socket.on('error', () => socket.destroy())
    socket.on('close', () => resolve(received))
    socket.on('connect', () => {
      if (options.halfClose) socket.end(bytes)
      else socket.write(bytes)
    })
    onTestFinished(() => void socket.destroy())
  })
}

describe('a body', () => {
  it.each(['{"receive_id":', '{"a":1}}', '\u0000', 'hello', '{"a":NaN}', "{'a':1}"])(
    'that is not JSON is answered with 9499: %j',
    async (body) => {
      const { post, isIntact } = await world()
      const answer = await post(send, body)
      expect({ status: answer.status, body: await answer.json() }).toMatchObject({
        status: 400,
        body: { code: 9499, msg: 'Bad Request', error: { log_id: expect.any(String) } },
      })
      await isIntact()
    },
  )

  it.each(['null', '[]', '"text"', '7', '[{"receive_id":1}]'])(
    'that is JSON but no object is refused: %s',
    async (body) => {
      const { post, isIntact } = await world()
      const answer = await post(send, body)
      expect({ status: answer.status, code: ((await answer.json()) as { code: number }).code }).toEqual({
        status: 400,
        code: 99992402,
      })
      await isIntact()
    },
  )

  it.each(['text/plain', 'application/octet-stream', 'application/xml', 'nonsense'])(
    'of the wrong content type is refused: %s',
    async (type) => {
      const { post, isIntact, chat } = await world()
      const body = JSON.stringify({ receive_id: chat, msg_type: 'text', content: '{"text":"x"}' })
      const answer = await post(send, body, type)
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(await answer.json()).toMatchObject({ code: 9499 })
      await isIntact()
    },
  )

  it('of 5 MB is refused without a list of a million complaints', async () => {
    const { post, isIntact, chat } = await world()
    const text = JSON.stringify({ text: 'x'.repeat(5_000_000) })
    const long = await post(send, JSON.stringify({ receive_id: chat, msg_type: 'text', content: text }))
    expect(long.status).toBe(400)
    expect(await long.json()).toMatchObject({ code: 230025 })
    for (const [body, type] of [
      [Buffer.alloc(5_000_000, 'a'), 'text/plain'],
      [Buffer.from(JSON.stringify(Array.from({ length: 500_000 }, (_, n) => n))), 'application/json'],
      [
        Buffer.from(
          JSON.stringify(Object.fromEntries(Array.from({ length: 200_000 }, (_, n) => [`k${n}`, n]))),
        ),
        'application/json',
      ],
    ] as const) {
      const answer = await post(send, body, type)
      const said = await answer.text()
      expect({ status: answer.status, short: said.length < 20_000 }).toEqual({ status: 400, short: true })
    }
    await isIntact()
  })

  it('that claims to be above 64 MB is refused before it is read', async () => {
    const { kernel, token, isIntact } = await world()
    const port = Number(new URL(kernel.baseUrl()).port)
    const head = `POST ${send} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\ncontent-length: 900000000\r\n\r\n`
    const answer = await exchange(port, head, { halfClose: true })
    expect(answer).toMatch(/^HTTP\/1\.1 413 /)
    await isIntact()
  })
})

describe('a connection', () => {
  it('that sends its request byte by byte is closed', async () => {
    const { kernel, isIntact } = await world({ requestTimeoutMs: 200 })
    const port = Number(new URL(kernel.baseUrl()).port)
    const [headers, body] = await Promise.all([
      exchange(port, `POST ${send} HTTP/1.1\r\nhost: 127.0.0.1\r\nx-slow: `),
      exchange(port, `POST ${send} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 100\r\n\r\n{`),
    ])
    expect(headers).toMatch(/^HTTP\/1\.1 408 /)
    expect(body).toMatch(/^(HTTP\/1\.1 408 |$)/)
    await isIntact()
  })

  it('that the client half closes still gets its answer', async () => {
    const { kernel, token } = await world()
    const port = Number(new URL(kernel.baseUrl()).port)
    const request = `GET /open-apis/im/v1/chats HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${token}\r\n\r\n`
    expect(await exchange(port, request, { halfClose: true })).toMatch(/^HTTP\/1\.1 200 [\s\S]*"code":0/)
  })

  it('that speaks no HTTP is closed, and a path that is no path is refused', async () => {
    const { kernel, isIntact } = await world()
    const port = Number(new URL(kernel.baseUrl()).port)
    expect(await exchange(port, '\x16\x03\x01 hello\r\n\r\n')).toMatch(/^(HTTP\/1\.1 400 |$)/)
    const odd = 'GET /open-apis/im/v1/messages/%E0%A4%A HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n'
    expect(await exchange(port, odd, { halfClose: true })).toMatch(/^HTTP\/1\.1 4\d\d /)
    await isIntact()
  })
})

describe('the control API', () => {
  it('says what is wrong with a body and changes nothing', async () => {
    const { post, isIntact } = await world()
    const said = async (path: string, body: string, type?: string) => {
      const answer = await post(`/_control/${path}`, body, type)
      return { status: answer.status, msg: ((await answer.json()) as { msg: string }).msg }
    }
    expect(await said('clock', '{"advanceMs":')).toMatchObject({
      status: 400,
      msg: expect.stringContaining('not JSON'),
    })
    expect(await said('clock', '{"advanceMs":1}', 'text/plain')).toMatchObject({ status: 415 })
    for (const [path, body] of [
      ['clock', '{"advanceMs":-1}'],
      ['clock', '{"advanceMs":"1"}'],
      ['clock', '{"frozen":"yes"}'],
      ['clock', '{}'],
      ['clock', '{"advanceMs":1e300}'],
      ['settings', '{"__proto__":{"latencyMs":1}}'],
      ['settings', '{"subscriptions":"all"}'],
      ['settings', '{"latencyMs":-1}'],
      ['faults', '{"kind":"__proto__"}'],
      ['faults', '{"kind":"slow","probability":2}'],
      ['faults', '{"kind":"slow","times":1.5}'],
      ['faults', '{"kind":"5xx","status":99}'],
      ['faults', '{"faults":[null]}'],
      ['reset', '{"seed":"x"}'],
      ['traffic', '{}'],
      ['snapshot', '[]'],
      ['click', '{}'],
    ] as const) {
      expect({ path, body, ...(await said(path, body)) }).toMatchObject({
        status: 400,
        msg: expect.stringMatching(/.+/),
      })
    }
    expect(await said('connections', '{"close":"nobody"}')).toMatchObject({ status: 404 })
    expect(await said('messages/om_nothing/read', '{}')).toMatchObject({ status: 404 })
    await isIntact()
  })
})
