import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildSandbox } from '../../sandbox/server.ts'
import { areas } from './cases/index.ts'
import { userToken } from './cases/platform-world.ts'
import { endpointOf, tableOf, tablePath } from './table.ts'
import { type OwnWorld, startConformanceWorld } from './world.ts'

const { kernel } = await buildSandbox({ seed: 11, statePath: null, frozen: true })
const routes = [...kernel.routes]
await kernel.close()
const known = new Set(routes.map(endpointOf))
/** Endpoints of an older kind that this world has nothing for. */
const onlyRefuses = new Set(
  ['GET', 'PATCH'].map((method) => `${method} /open-apis/im/v1/chats/:chat_id/announcement`),
)
const cases = areas.flatMap((area) => area.cases)

describe.each(areas)('$area', (area) => {
  let world: OwnWorld
  beforeAll(async () => {
    world = await startConformanceWorld()
  })
  afterAll(() => world.close())
  it.each(area.cases.map((one) => ({ ...one, name: `${one.endpoint}: ${one.title}` })))('$name', (one) =>
    one.run(world),
  )
})

describe('what every endpoint promises', () => {
  let world: OwnWorld
  beforeAll(async () => {
    world = await startConformanceWorld()
  })
  afterAll(() => world.close())
  const guarded = routes.filter((route) => route.auth !== 'none')

  it.each(guarded.map((route) => ({ route, name: endpointOf(route) })))(
    '$name refuses a call without a token, and one with a dead token',
    async ({ route }) => {
      const path = filled(route.path)
      const without = await world.call(route.method, path, { token: null, body: bodyOf(route.method) })
      expect(without).toMatchObject({ status: 400, json: { code: 99991661 } })
      const dead = await world.call(route.method, path, { token: 't-dead', body: bodyOf(route.method) })
      expect(dead.status).toBe(400)
      expect([99991663, 99991671, 99991668]).toContain(dead.json.code)
    },
  )

  const limited = routes.filter((route) => route.limit !== undefined && route.auth !== 'none')
  it.each(limited.map((route) => ({ route, name: endpointOf(route) })))(
    '$name answers 429 above its rate, and says when to come back',
    async ({ route }) => {
      await world.advance(60_000)
      const allowed = route.limit?.perSecond ?? route.limit?.perMinute ?? 0
      const path = filled(route.path)
      const call = () =>
        world.call(route.method, path, { token: tokenFor(world, route.auth), body: bodyOf(route.method) })
      let last = await call()
      for (let sent = 1; sent < allowed && last.status !== 429; sent += 1) last = await call()
      expect(last.status).not.toBe(429)
      const over = await call()
      expect(over).toMatchObject({ status: 429, json: { code: 99991400 } })
      expect(Number(over.headers.get('x-ogw-ratelimit-limit'))).toBeGreaterThan(0)
      expect(Number(over.headers.get('x-ogw-ratelimit-reset'))).toBeGreaterThan(0)
    },
  )
})

describe('the promises are complete', () => {
  it('every case is about an endpoint that exists', () => {
    expect(cases.map((one) => one.endpoint).filter((endpoint) => !known.has(endpoint))).toEqual([])
  })

  it('every endpoint has a case of how it works, or of how it is refused where it only ever refuses', () => {
    const shown = (endpoint: string) =>
      cases.some((one) => one.endpoint === endpoint && (one.kind === 'happy' || onlyRefuses.has(endpoint)))
    expect([...known].filter((endpoint) => !shown(endpoint))).toEqual([])
  })

  it('sandbox/CONFORMANCE.md is what `node test/conformance/write-table.ts` writes', () => {
    expect(readFileSync(tablePath, 'utf8')).toBe(tableOf(routes, areas))
  })
})

/** An address of the template with ids that nothing has. */
function filled(template: string): string {
  return template.replace(/:\w+/g, 'unknown0000000000')
}

function bodyOf(method: string): unknown {
  return method === 'GET' ? undefined : {}
}

/** The token an endpoint takes. */
function tokenFor(world: OwnWorld, auth: string | undefined): string {
  return auth === 'user' ? userToken(world) : world.sandbox.kernel.tokens.issue().token
}
