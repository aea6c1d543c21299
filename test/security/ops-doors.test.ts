/** Who may look inside: this machine by a local name, or whoever has the admin token. */
import { expect, test } from 'vitest'
import { buildApp } from '#src/app.ts'
import { silentLogger } from '#src/log.ts'
import { createMetrics } from '#src/ops/metrics.ts'
import { opsRoutes } from '#src/ops/routes.ts'

const adminToken = 'CANARY-admin-token-0001'
const app = buildApp({
  log: silentLogger,
  clock: { now: () => 1_790_000_000_000 },
  plugins: [
    opsRoutes({
      metrics: createMetrics(),
      adminToken,
      version: 'test',
      readiness: async () => ({
        ready: false,
        checks: { database: { ok: true }, base: { ok: false, detail: 'PRIVATE reason' } },
      }),
    }),
  ],
})

const ask = (url: string, headers: Record<string, string>, remoteAddress = '127.0.0.1') =>
  app.inject({ url, headers, remoteAddress })
const local = { host: 'localhost:3000' }

test.each(['localhost:3000', '127.0.0.1', '[::1]:3000'])(
  '%s reads the metrics from this machine',
  async (host) => {
    expect((await ask('/metrics', { host })).statusCode).toBe(200)
  },
)

test.each([
  'evil.example',
  'localhost.evil.example',
  '127.0.0.1.evil.example:3000',
  'localhost@evil.example',
  'evil.example#localhost',
  '2130706433',
])(
  'A page that reaches us under the name "%s" is refused, although it comes from this machine',
  async (host) => {
    expect((await ask('/metrics', { host })).statusCode).toBe(403)
  },
)

test.each(['x-forwarded-for', 'x-real-ip', 'forwarded', 'via', 'x-forwarded-host'])(
  'Somebody behind a proxy of this machine (%s) is no local reader',
  async (name) => {
    expect((await ask('/metrics', { ...local, [name]: '203.0.113.9' })).statusCode).toBe(403)
  },
)

test('Another machine needs the admin token, whole and as a bearer', async () => {
  const from = (headers: Record<string, string>) => ask('/metrics', { ...local, ...headers }, '203.0.113.9')
  expect((await from({})).statusCode).toBe(403)
  expect((await from({ 'x-forwarded-for': '127.0.0.1' })).statusCode).toBe(403)
  for (const authorization of [
    adminToken,
    `Bearer ${adminToken.slice(0, -1)}`,
    `Basic ${adminToken}`,
    'Bearer',
    ' ',
  ])
    expect((await from({ authorization })).statusCode).toBe(403)
  const told = await from({ authorization: `Bearer ${adminToken}` })
  expect(told.statusCode).toBe(200)
  expect(told.body).not.toContain('CANARY')
})

test('Strangers learn from /readyz whether it works, not why it does not', async () => {
  const strange = await ask('/readyz', { host: 'huiliu.example.com' }, '203.0.113.9')
  expect(strange.statusCode).toBe(503)
  expect(strange.json()).toEqual({ ready: false, checks: { database: { ok: true }, base: { ok: false } } })
  expect((await ask('/readyz', local)).body).toContain('PRIVATE reason')
})

test('A refusal does not repeat what it was asked', async () => {
  const refused = await ask('/metrics?token=CANARY', { host: 'evil.example', authorization: 'Bearer CANARY' })
  expect(refused.body).not.toContain('CANARY')
})
