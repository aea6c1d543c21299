import { timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Metrics } from './metrics.ts'

export interface Readiness {
  ready: boolean
  /** Each thing that must work, with what is wrong with it. */
  checks: Record<string, { ok: boolean; detail?: string }>
}

export interface OpsRoutesDeps {
  metrics: Metrics
  readiness(): Promise<Readiness>
  /** Lets callers beyond loopback read /metrics. */
  adminToken: string | undefined
  version: string
}

const loopback = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1'])
const localNames = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/

function sameToken(given: string, token: string): boolean {
  const a = Buffer.from(given)
  const b = Buffer.from(token)
  return a.length === b.length && timingSafeEqual(a, b)
}

/** From this machine, and asked by a local name: a page of somebody else's cannot reach it through DNS. */
function isLocal(request: FastifyRequest): boolean {
  return loopback.has(request.ip) && localNames.test(request.headers.host ?? '')
}

function mayRead(request: FastifyRequest, adminToken: string | undefined): boolean {
  if (isLocal(request)) return true
  const [scheme, token] = (request.headers.authorization ?? '').split(' ')
  return (
    adminToken !== undefined && scheme === 'Bearer' && token !== undefined && sameToken(token, adminToken)
  )
}

const refuse = (reply: FastifyReply) =>
  reply
    .code(403)
    .send({ error: { code: 'ops_forbidden', message: 'Only from this machine, or with the admin token' } })

/** GET /healthz (the process lives), /readyz (it can work; 503 with the reasons when not), /metrics. */
export function opsRoutes(deps: OpsRoutesDeps): (app: FastifyInstance) => void {
  return (app) => {
    app.get('/healthz', async () => ({ status: 'ok', version: deps.version }))
    app.get('/readyz', async (_request, reply) => {
      const readiness = await deps.readiness()
      return reply.code(readiness.ready ? 200 : 503).send(readiness)
    })
    app.get('/metrics', async (request, reply) => {
      if (!mayRead(request, deps.adminToken)) return refuse(reply)
      return reply.type(deps.metrics.registry.contentType).send(await deps.metrics.registry.metrics())
    })
  }
}
