import { type Dispatcher, interceptors, Pool } from 'undici'
import type { Http, HttpRequest, HttpResponse } from '#src/contracts/connector.ts'
import type { Logger } from '#src/log.ts'
import { createAllowList } from './allow-list.ts'
import { type Breaker, type BreakerOptions, type BreakerState, createBreaker } from './breaker.ts'
import { callFailure } from './call-failure.ts'
import { createGuardedLookup, type Resolve } from './guarded-lookup.ts'
import { readBody } from './read-body.ts'
import { redactUrl } from './redact-url.ts'

export interface HttpOptions {
  /** `host` (default port) or `host:port`; nothing else is ever connected to. */
  hosts: readonly string[]
  log: Logger
  /** ms for DNS, TCP and TLS; default 5,000 */
  connectTimeoutMs?: number
  /** ms for the whole call unless the request says otherwise; default 10,000 */
  timeoutMs?: number
  /** Largest answer in bytes; default 16 MiB */
  maxBytes?: number
  /** Connections per origin; default 64 */
  connections?: number
  /** Retries of idempotent calls; default 2, the first after `retryMs` (default 200) */
  retries?: number
  retryMs?: number
  /** Opens after 8 failures in a row, for 10 s; false: never */
  breaker?: BreakerOptions | false
  /** DNS, for tests. */
  resolve?: Resolve
}

export interface OwnHttp extends Http {
  /** Breaker per origin called so far. */
  states(): Record<string, BreakerState>
  /** Ends the connections; calls under way fail. */
  close(): Promise<void>
}

interface Origin {
  plain: Dispatcher
  retrying: Dispatcher
  breaker: Breaker | undefined
  pool: Pool
}

const retriedStatus = [429, 500, 502, 503, 504]

/**
 * The HTTP client of connectors (and of the Feishu client): pools per origin, listed hosts only, no redirects,
 * everything timed, answers of limited size, retries only of calls declared idempotent. HTTP statuses are returned,
 * not thrown; what got no answer throws AppError with `outcome` not-sent or unknown.
 */
export function createHttp(options: HttpOptions): OwnHttp {
  const list = createAllowList(options.hosts)
  const origins = new Map<string, Origin>()
  const { timeoutMs = 10_000, maxBytes = 16 * 1024 * 1024 } = options

  const originOf = (url: URL): Origin => {
    const known = origins.get(url.origin)
    if (known !== undefined) return known
    const made = openOrigin(url.origin, options, createGuardedLookup(list, options.resolve))
    origins.set(url.origin, made)
    return made
  }

  const send = async (dispatcher: Dispatcher, url: URL, request: HttpRequest): Promise<HttpResponse> => {
    const target = redactUrl(url)
    try {
      const answer = await dispatcher.request({
        origin: url.origin,
        path: `${url.pathname}${url.search}`,
        method: request.method,
        headers: request.headers ?? {},
        body: request.body ?? null,
        signal: AbortSignal.timeout(request.timeoutMs ?? timeoutMs),
      })
      const headers = flatten(answer.headers)
      const body = await readBody(
        { body: answer.body, encoding: headers['content-encoding'] },
        maxBytes,
        target,
      )
      return { status: answer.statusCode, headers, body }
    } catch (error) {
      throw callFailure(target, error)
    }
  }

  return {
    async request(request) {
      const url = list.check(request.url)
      const { plain, retrying, breaker } = originOf(url)
      const attempt = () => send(request.idempotent === true ? retrying : plain, url, request)
      const started = performance.now()
      try {
        const answer = await (breaker === undefined ? attempt() : guarded(breaker, attempt))
        const ms = Math.round(performance.now() - started)
        options.log.debug(
          { target: redactUrl(url), method: request.method, status: answer.status, ms },
          'called',
        )
        return answer
      } catch (error) {
        const failure = callFailure(redactUrl(url), error)
        options.log.warn(
          { target: redactUrl(url), method: request.method, code: failure.code },
          'call failed',
        )
        throw failure
      }
    },
    states: () =>
      Object.fromEntries([...origins].map(([origin, { breaker }]) => [origin, breaker?.state() ?? 'closed'])),
    async close() {
      await Promise.all([...origins.values()].map(({ pool }) => pool.destroy()))
      origins.clear()
    },
  }
}

/** Carries an answer of status ≥ 500 through the breaker as the failure it is, and out again as an answer. */
class ServerTrouble extends Error {
  readonly answer: HttpResponse
  constructor(answer: HttpResponse) {
    super(`HTTP ${answer.status}`)
    this.answer = answer
  }
}

async function guarded(breaker: Breaker, attempt: () => Promise<HttpResponse>): Promise<HttpResponse> {
  try {
    return await breaker.run(async () => {
      const answer = await attempt()
      if (answer.status >= 500) throw new ServerTrouble(answer)
      return answer
    })
  } catch (error) {
    if (error instanceof ServerTrouble) return error.answer
    throw error
  }
}

function openOrigin(
  origin: string,
  options: HttpOptions,
  lookup: ReturnType<typeof createGuardedLookup>,
): Origin {
  const pool = new Pool(origin, {
    connections: options.connections ?? 64,
    connect: { lookup, timeout: options.connectTimeoutMs ?? 5_000 },
  })
  const retry = interceptors.retry({
    maxRetries: options.retries ?? 2,
    minTimeout: options.retryMs ?? 200,
    maxTimeout: 2_000,
    throwOnError: false,
    statusCodes: retriedStatus,
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
  })
  const breaker =
    options.breaker === false
      ? undefined
      : createBreaker(origin, options.breaker ?? { failures: 8, pauseMs: 10_000 })
  return { pool, plain: pool, retrying: pool.compose(retry), breaker }
}

function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  )
}
