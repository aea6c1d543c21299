import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drainOne } from '#src/inbound/drain.ts'
import { silentLogger } from '#src/log.ts'
import { useDatabase } from '../support/database.ts'
import { event2, nowMs, seal } from './feishu-sealing.ts'
import { frontDoor, inboxRows, post } from './front-door.ts'
import { malformedCorpus } from './malformed-corpus.ts'

const database = useDatabase()
let door: ReturnType<typeof frontDoor>

beforeAll(() => {
  door = frontDoor(database, { unverifiedPerMinute: 1e9 })
})
afterAll(() => door.app.close())

describe('malformed requests', () => {
  const corpus = malformedCorpus()

  it('are refused with 4xx, or kept with their bytes and acknowledged; never 5xx, never lost', async () => {
    expect(corpus.length).toBeGreaterThan(500)
    for (const { name, request, kept } of corpus) {
      const before = await newest()
      const answer = await post(door.app, request)
      if (kept === undefined) {
        expect(Math.floor(answer.statusCode / 100), name).toBe(4)
        expect(await newest(), name).toBe(before)
      } else {
        expect(answer.statusCode, name).toBe(200)
        if (kept.length > 0) expect(await holds(kept), name).toBe(true)
      }
    }
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })

  it('that were kept do not stop the drain', async () => {
    const deps = {
      database,
      handlers: {},
      wakeups: { on: () => () => undefined },
      clock: { now: () => nowMs + 60_000 },
      log: silentLogger,
    }
    while (await drainOne(deps));
    const states = new Set((await inboxRows(database)).map((row) => row.state))
    expect([...states].sort()).toEqual(['done', 'parked'])
  })

  it('with an odd content type are accepted when they are signed', async () => {
    const types = [
      'text/plain',
      'application/xml',
      'garbage',
      'application/json; charset=utf-16',
      '',
      'a/b;;;=',
    ]
    for (const type of types) {
      const request = seal(event2())
      const headers = { ...request.headers, 'content-type': type }
      expect((await post(door.app, { ...request, headers })).statusCode, type).toBe(200)
    }
  })

  it('with broken framing end with 4xx or a closed connection, and the server goes on', async () => {
    await door.app.listen({ port: 0, host: '127.0.0.1' })
    const address = door.app.server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const head = 'POST /feishu/events HTTP/1.1\r\nHost: x\r\n'
    const broken = [
      `${head}Transfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n0\r\n\r\n`,
      `${head}Content-Length: 10\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      `${head}Content-Length: -1\r\n\r\n{}`,
      `${head}Content-Length: 99999999999\r\n\r\n{}`,
      `${head}X-Lark-Signature: a\0b\r\nContent-Length: 2\r\n\r\n{}`,
      'garbage\r\n\r\n',
    ]
    for (const request of broken)
      expect(await exchange(port, request), request).toMatch(/^$|^HTTP\/1.1 4\d\d/)
    expect((await post(door.app, seal(event2()))).statusCode).toBe(200)
  })
})

function exchange(port: number, request: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = ''
    const socket = connect(port, '127.0.0.1', () => socket.end(request))
    socket.on('data', (data) => {
      answer += data
    })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(answer))
  })
}

async function newest(): Promise<unknown> {
  return (await database.pool.query('select max(id) as id from inbox')).rows[0]?.id
}

async function holds(raw: Buffer): Promise<boolean> {
  return ((await database.pool.query('select 1 from inbox where raw = $1', [raw])).rowCount ?? 0) > 0
}
