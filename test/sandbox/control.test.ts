import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { knownEvents } from '../../sandbox/feishu/events/catalog.ts'
import { faultKinds } from '../../sandbox/kernel/fault-kinds.ts'
import { createTraffic } from '../../sandbox/kernel/traffic.ts'
import { readOptions } from '../../sandbox/options.ts'
import { buildSandbox } from '../../sandbox/server.ts'
import { type Loose, startCore } from './kernel-sandbox.ts'
import { startWorld } from './world-sandbox.ts'

const hour = 3_600_000

describe('the clock', () => {
  it('stands still when it is frozen, moves when it is moved, and runs on from where it stood', async () => {
    const { control, kernel } = await startCore()
    const frozen = (await control('clock', { frozen: true })).body
    expect(frozen.frozen).toBe(true)
    expect((await control('clock')).body).toEqual(frozen)
    expect((await control('clock', { advanceMs: hour })).body).toEqual({
      now: frozen.now + hour,
      frozen: true,
    })
    await control('clock', { frozen: false })
    expect(kernel.clock.now() - (frozen.now + hour)).toBeLessThan(20_000)
    await expect.poll(() => kernel.clock.now()).toBeGreaterThan(frozen.now + hour)
  })

  it('runs timers that became due while it stood still only when it is moved or runs on', async () => {
    const { kernel } = await startCore()
    kernel.clock.freeze(true)
    const seen: string[] = []
    kernel.clock.after(10, () => void seen.push('soon'), { zh: '很快', en: 'soon' })
    kernel.clock.after(hour, () => void seen.push('later'))
    expect(kernel.clock.scheduled()).toEqual([
      { at: kernel.clock.now() + 10, label: { zh: '很快', en: 'soon' } },
    ])
    await new Promise((resolve) => setImmediate(resolve))
    expect(seen).toEqual([])
    kernel.clock.freeze(false)
    await expect.poll(() => seen).toEqual(['soon'])
  })

  it('of a saved world is still frozen, at the same time, after a restart', async () => {
    const statePath = mkdtempSync(join(tmpdir(), 'sandbox-'))
    const first = await buildSandbox({ seed: 3, statePath })
    first.kernel.clock.freeze(true)
    const now = first.kernel.clock.now()
    await first.close()
    const second = await buildSandbox({ seed: 3, statePath })
    onTestFinished(() => second.close())
    expect(second.kernel.clock.isFrozen()).toBe(true)
    expect(second.kernel.clock.now()).toBe(now)
  })

  it('keeps pace with tokens: what is scheduled names their end', async () => {
    const { kernel, url } = await startCore({ frozen: true })
    kernel.tokens.issue()
    const { scheduled } = (await (await fetch(`${url}/_web/workbench/clock`)).json()) as Loose
    expect(scheduled).toEqual([
      { at: kernel.clock.now() + 2 * hour, zh: expect.stringContaining('过期'), en: expect.any(String) },
    ])
    await kernel.clock.advance(2 * hour)
    expect(((await (await fetch(`${url}/_web/workbench/clock`)).json()) as Loose).scheduled).toEqual([])
  })
})

describe('the control API', () => {
  it('describes each of its routes, with examples it accepts', async () => {
    const world = await startWorld({ frozen: true })
    const { routes } = (await (await fetch(`${world.url}/_control/routes`)).json()) as Loose
    const told = routes.filter(({ zh, en }: Loose) => zh !== '' && en !== '')
    expect(told.length).toBeGreaterThan(50)
    const core = await startCore()
    const own = ((await core.control('routes')).body as Loose).routes
    expect(own.length).toBeGreaterThan(20)
    expect(own.filter(({ zh, en }: Loose) => zh === '' || en === '')).toEqual([])
    const harmless = routes.filter(
      ({ method, path, example }: Loose) => method === 'POST' && example && !path.endsWith('/reset'),
    )
    expect(harmless.length).toBeGreaterThan(6)
    for (const { path, example } of harmless) {
      const { status, body } = await world.control(path.replace('/_control/', ''), example)
      expect({ path, status, body }).toMatchObject({ status: 200 })
    }
  })

  it('says of every fault what it does', async () => {
    const { url } = await startCore()
    const panel = (await (await fetch(`${url}/_web/workbench/faults`)).json()) as Loose
    expect(panel.kinds.map(({ kind }: Loose) => kind)).toEqual(Object.keys(faultKinds))
    expect(panel.kinds.every(({ zh, en }: Loose) => zh.length > 5 && en.length > 5)).toBe(true)
    expect(panel.routes).toContain('POST /open-apis/im/v1/messages')
    expect(panel.families).toEqual(expect.arrayContaining(['feishu', 'im', 'events', 'long-connection']))
  })
})

it('the list of subscriptions names every event the sandbox can send', () => {
  const sources = readdirSync('sandbox/feishu', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.includes('catalog'))
    .map((name) => readFileSync(join('sandbox/feishu', name), 'utf8'))
  const sent = sources.flatMap((text) =>
    [...text.matchAll(/'((?:im|drive|task|application|auth|approval|contact)\.[a-z_.]+_v\d+)'/g)].map(
      ([, type = '']) => type,
    ),
  )
  expect(sent.length).toBeGreaterThan(10)
  const known = new Set(knownEvents.map(({ type }) => type))
  expect([...new Set(sent)].filter((type) => !known.has(type))).toEqual([])
})

describe('the traffic record', () => {
  it('keeps the last 500 entries, and far fewer when they are huge', () => {
    const traffic = createTraffic(() => 0)
    const record = (request: unknown) => {
      const entry = traffic.start({ direction: 'in', family: 'im', method: 'POST', url: '/x', request })
      traffic.finish(entry, { status: 200, answer: request, ms: 1 })
      return entry
    }
    for (let n = 0; n < 1_500; n++) record({ n })
    expect(traffic.list(9_999)).toHaveLength(500)
    expect(traffic.list(1)[0]?.request).toEqual({ n: 1_499 })
    const huge = Object.fromEntries(Array.from({ length: 2_000 }, (_, n) => [`k${n}`, 'x'.repeat(3_000)]))
    for (let n = 0; n < 500; n++) record(huge)
    const kept = traffic.list(9_999)
    expect(kept.length).toBeGreaterThan(50)
    expect(kept.length).toBeLessThan(100)
    expect(JSON.stringify(kept[0]?.request).length).toBeLessThan(60_000)
    traffic.clear()
    expect(traffic.list(9)).toEqual([])
  })

  it('masks secrets at any depth and survives odd keys', () => {
    const traffic = createTraffic(() => 0)
    const odd = JSON.parse('{"__proto__":{"a":1},"deep":[{"app_secret":"s3cret"}],"list":[]}') as object
    const { request } = traffic.start({
      direction: 'in',
      family: 'im',
      method: 'POST',
      url: '/',
      request: odd,
    })
    expect(JSON.stringify(request)).toBe('{"__proto__":{"a":1},"deep":[{"app_secret":"***"}],"list":[]}')
    expect(({} as { a?: number }).a).toBeUndefined()
  })
})

describe('options', () => {
  it('come from the command line, then from the environment, then from the defaults', () => {
    expect(readOptions([], {})).toMatchObject({ port: 3400, host: '127.0.0.1', seed: 1, dataFolder: null })
    const env = { SANDBOX_PORT: '3500', SANDBOX_SEED: '7', SANDBOX_DATA: '/tmp/x' }
    expect(readOptions(['--seed', '9'], env)).toMatchObject({ port: 3500, seed: 9, dataFolder: '/tmp/x' })
  })

  it.each([
    [['--port', 'many'], '--port 必须是整数'],
    [['--port', '70000'], '65535'],
    [['--seed', '-1'], '--seed'],
    [['--prot', '1'], "Unknown option '--prot'"],
    [['here'], 'Unexpected argument'],
  ])('that make no sense are refused with what is wrong: %j', (args, said) => {
    expect(() => readOptions(args, {})).toThrow(said)
  })
})
