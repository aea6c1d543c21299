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
/** Added by proxies: somebody else asks, through one of this machine. */
const forwarded = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip']

function sameToken(given: string, token: string): boolean {
  const a = Buffer.from(given)
  const b = Buffer.from(token)
  return a.length === b.length && timingSafeEqual(a, b)
}

/** From this machine itself, and asked by a local name: a page of somebody else's cannot reach it through DNS. */
function isLocal({ ip, headers }: FastifyRequest): boolean {
  if (forwarded.some((name) => headers[name] !== undefined)) return false
  return loopback.has(ip) && localNames.test(headers.host ?? '')
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

/** Strangers learn whether, not why not. */
const withoutDetails = ({ ready, checks }: Readiness): Readiness => ({
  ready,
  checks: Object.fromEntries(Object.entries(checks).map(([name, { ok }]) => [name, { ok }])),
})

/** GET /healthz (the process lives), /readyz (it can work; 503 with the reasons when not), /metrics. */
export function opsRoutes(deps: OpsRoutesDeps): (app: FastifyInstance) => void {
  return (app) => {
    app.get('/healthz', async () => ({ status: 'ok', version: deps.version }))
    app.get('/readyz', async (request, reply) => {
      const readiness = await deps.readiness()
      const told = mayRead(request, deps.adminToken) ? readiness : withoutDetails(readiness)
      return reply.code(readiness.ready ? 200 : 503).send(told)
    })
    app.get('/metrics', async (request, reply) => {
      if (!mayRead(request, deps.adminToken)) return refuse(reply)
      return reply.type(deps.metrics.registry.contentType).send(await deps.metrics.registry.metrics())
    })
  }
}
