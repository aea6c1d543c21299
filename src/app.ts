/** The HTTP server: front doors, plus what other parts of the machine register (health, metrics, console). */
import Fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify'
import type { Clock } from './clock.ts'
import { AppError } from './errors.ts'
import { type ChannelRoutesDeps, registerChannelRoutes } from './inbound/channel-routes.ts'
import { type FeishuRoutesDeps, registerFeishuRoutes } from './inbound/feishu-routes.ts'
import { maxBodyBytes } from './inbound/raw-body.ts'
import { type RecordRoutesDeps, registerRecordRoutes } from './inbound/record-routes.ts'
import { createUnverifiedLimit, type UnverifiedLimit } from './inbound/unverified-limit.ts'
import type { Logger } from './log.ts'

export interface AppDeps {
  log: Logger
  clock: Clock
  /** Present with the webhook transport only; the long connection needs no route. */
  feishu?: Omit<FeishuRoutesDeps, 'limit' | 'clock'>
  channels?: Omit<ChannelRoutesDeps, 'limit' | 'clock'>
  records?: Omit<RecordRoutesDeps, 'limit' | 'clock'>
  /** Routes of other parts, e.g. /healthz, /readyz and /metrics. */
  plugins?: readonly ((app: FastifyInstance) => void | Promise<void>)[]
  /** Requests from one address that could not be verified, per minute. */
  unverifiedPerMinute?: number
  /** Only behind a proxy of one's own: believe its X-Forwarded-For. */
  trustProxy?: boolean
}

/** Ready to listen, or to be asked with `inject`. */
export function buildApp(deps: AppDeps): FastifyInstance {
  const loggerInstance: FastifyBaseLogger = deps.log
  const app = Fastify({
    loggerInstance,
    // One line per refused or failed request, none per request: what happened to an event is in the inbox.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: maxBodyBytes,
    trustProxy: deps.trustProxy ?? false,
    connectionTimeout: 30_000,
    requestTimeout: 15_000,
    keepAliveTimeout: 75_000,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
  })
  endConnectionsOnStop(app)
  const limit = createUnverifiedLimit(
    deps.unverifiedPerMinute === undefined ? {} : { perMinute: deps.unverifiedPerMinute },
  )
  const shared = { limit, clock: deps.clock }
  app.setErrorHandler(answerError)
  app.setNotFoundHandler((request, reply) => answerNotFound(shared, request, reply))
  if (deps.feishu !== undefined) registerFeishuRoutes(app, { ...deps.feishu, ...shared })
  if (deps.channels !== undefined) registerChannelRoutes(app, { ...deps.channels, ...shared })
  if (deps.records !== undefined) registerRecordRoutes(app, { ...deps.records, ...shared })
  for (const plugin of deps.plugins ?? []) app.register(async (scope) => plugin(scope))
  return app
}

/** A connection whose request is under way when the stop begins would else stay open for the next one, and the stop with it. */
function endConnectionsOnStop(app: FastifyInstance): void {
  let stopping = false
  app.addHook('preClose', async () => {
    stopping = true
  })
  app.addHook('onSend', async (_request, reply) => {
    if (stopping) reply.header('connection', 'close')
  })
}

/** What the caller may know: their own mistake, or that we failed. The rest is in the log. */
function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof AppError && error.code === 'inbox_unavailable') {
    request.log.error({ err: error }, 'not stored: the sender has to send again')
    return reply
      .code(503)
      .header('retry-after', '15')
      .send({ error: { code: error.code, message: 'Not stored, please send again' } })
  }
  const status = error.statusCode ?? 500
  if (status < 500) return reply.code(status).send({ error: { code: error.code, message: error.message } })
  request.log.error({ err: error }, 'request failed')
  return reply
    .code(status)
    .send({ error: { code: 'internal', message: 'Something went wrong; it was logged' } })
}

function answerNotFound(
  shared: { limit: UnverifiedLimit; clock: Clock },
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (shared.limit.isExceeded(request.ip, shared.clock.now()))
    return reply
      .code(429)
      .send({ error: { code: 'too_many_requests', message: 'Too many unknown requests' } })
  return reply.code(404).send({ error: { code: 'not_found', message: 'No such address' } })
}
