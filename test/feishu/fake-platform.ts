import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify'
import { fixedClock } from '#src/clock.ts'
import { createFeishu, type FeishuOptions } from '#src/feishu/create-feishu.ts'
import { createLimits } from '#src/limits/create-limits.ts'
import { silentLogger } from '#src/log.ts'

export const startedAt = 1_790_000_000_000

interface RecordedCall {
  method: string
  path: string
  query: Record<string, string | string[]>
  body: unknown
  token: string | undefined
}

export interface Answer {
  status?: number
  headers?: Record<string, string>
  /** An object is sent as JSON, a string as it is. */
  body?: object | string
}

type Script = (call: RecordedCall, request: FastifyRequest, reply: FastifyReply) => Answer | undefined

/** A server that answers as a test says, with the platform's token call built in, and the client under test. */
export async function startFakePlatform(options: Partial<FeishuOptions> = {}) {
  const app = Fastify()
  const calls: RecordedCall[] = []
  const slept: number[] = []
  const counted: [api: string, purpose: string, ok: boolean][] = []
  const clock = fixedClock(startedAt)
  let tokens = 0
  const scripts: { token: Script; api: Script } = {
    token: () => ({ body: { code: 0, msg: 'ok', tenant_access_token: `t-${++tokens}`, expire: 7200 } }),
    api: () => ({ body: { code: 0, msg: 'success', data: {} } }),
  }

  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  app.all('*', (request, reply) => {
    const url = new URL(request.raw.url ?? '', 'http://fake')
    const isToken = url.pathname === '/open-apis/auth/v3/tenant_access_token/internal'
    const call: RecordedCall = {
      method: request.method,
      path: url.pathname,
      query: Object.fromEntries(
        [...new Set(url.searchParams.keys())].map((k) => [k, one(url.searchParams.getAll(k))]),
      ),
      body: typeof request.body === 'string' && request.body !== '' ? JSON.parse(request.body) : undefined,
      token: request.headers.authorization,
    }
    calls.push(call)
    const answer = (isToken ? scripts.token : scripts.api)(call, request, reply)
    if (answer === undefined) return reply.hijack()
    return reply
      .status(answer.status ?? 200)
      .headers(answer.headers ?? {})
      .send(answer.body ?? '')
  })
  const baseUrl = await app.listen({ port: 0, host: '127.0.0.1' })

  const feishu = createFeishu({
    baseUrl,
    appId: 'cli_0123456789abcdef',
    appSecret: 'right secret',
    clock,
    log: silentLogger,
    limits: createLimits({ database: null, clock }),
    usage: { count: (...args) => counted.push(args) },
    random: () => 0,
    sleep: async (ms) => {
      slept.push(ms)
      clock.advance(ms)
    },
    ...options,
  })
  return {
    feishu,
    baseUrl,
    clock,
    calls,
    slept,
    counted,
    scripts,
    apiCalls: () => calls.filter((call) => !call.path.includes('/auth/')),
    tokenCalls: () => calls.filter((call) => call.path.includes('/auth/')),
    /** Answers the calls one after the other; the last answer stays. */
    answer(...answers: (Answer | 'reset' | 'hang')[]) {
      let next = 0
      scripts.api = (_call, request) => {
        const answer = answers[Math.min(next++, answers.length - 1)]
        if (answer === 'reset') request.raw.socket.destroy()
        return typeof answer === 'object' ? answer : undefined
      }
    },
    async close() {
      await feishu.close()
      app.server.closeAllConnections()
      await app.close()
    },
  }
}

export type FakePlatform = Awaited<ReturnType<typeof startFakePlatform>>

const one = (values: string[]) => (values.length === 1 ? (values[0] ?? '') : values)
