import { fastify } from 'fastify'
import { describe, expect, it } from 'vitest'
import { createMetrics, gauge } from '#src/ops/metrics.ts'
import { type OpsRoutesDeps, opsRoutes } from '#src/ops/routes.ts'

const adminToken = 'a-long-admin-token'

function appWith(change: Partial<OpsRoutesDeps> = {}) {
  const metrics = createMetrics()
  const app = fastify()
  opsRoutes({
    metrics,
    readiness: async () => ({ ready: true, checks: { database: { ok: true } } }),
    adminToken,
    version: '1.2.3',
    ...change,
  })(app)
  return { app, metrics }
}
const from = (remoteAddress: string, headers: Record<string, string> = {}) => ({
  url: '/metrics',
  remoteAddress,
  headers: { host: 'localhost:3000', ...headers },
})

describe('what operators ask', () => {
  it('/healthz says that the process lives', async () => {
    const answer = await appWith().app.inject('/healthz')
    expect(answer.json()).toEqual({ status: 'ok', version: '1.2.3' })
  })

  it('/readyz is 503 with the reasons while something is missing', async () => {
    const checks = { base: { ok: false, detail: 'no permission' } }
    const { app } = appWith({ readiness: async () => ({ ready: false, checks }) })
    const answer = await app.inject('/readyz')
    expect([answer.statusCode, answer.json()]).toEqual([503, { ready: false, checks }])
  })

  it('/metrics counts what happened, without failing when a gauge cannot be read', async () => {
    const { app, metrics } = appWith()
    metrics.received('feishu', 'new')
    metrics.shown('card', 1_500)
    gauge(metrics, 'sick', 'cannot be read', () => Promise.reject(new Error('no database')))
    const answer = await app.inject(from('127.0.0.1'))
    expect(answer.body).toContain('huiliu_received_total{source="feishu",outcome="new"} 1')
    expect(answer.body).toContain('huiliu_card_seconds_bucket{le="2",what="card"} 1')
    expect(answer.body).toContain('huiliu_sick Nan')
  })

  it.each([
    ['this machine', from('127.0.0.1'), 200],
    ['this machine over IPv6', from('::1', { host: '[::1]:3000' }), 200],
    ['a page that reaches us through DNS', from('127.0.0.1', { host: 'evil.example' }), 403],
    ['elsewhere', from('10.0.0.9'), 403],
    ['elsewhere with the token', from('10.0.0.9', { authorization: `Bearer ${adminToken}` }), 200],
    ['elsewhere with another token', from('10.0.0.9', { authorization: 'Bearer nope' }), 403],
    [
      'elsewhere with half a token',
      from('10.0.0.9', { authorization: `Bearer ${adminToken.slice(0, 5)}` }),
      403,
    ],
    [
      'elsewhere with the token in another scheme',
      from('10.0.0.9', { authorization: `Basic ${adminToken}` }),
      403,
    ],
    ['elsewhere, pretending to be a proxy', from('10.0.0.9', { 'x-forwarded-for': '127.0.0.1' }), 403],
  ])('/metrics from %s', async (_, request, status) => {
    expect((await appWith().app.inject(request)).statusCode).toBe(status)
  })

  it('/metrics without a configured token is open to this machine only', async () => {
    const { app } = appWith({ adminToken: undefined })
    const answer = await app.inject(from('10.0.0.9', { authorization: 'Bearer undefined' }))
    expect(answer.statusCode).toBe(403)
  })
})
