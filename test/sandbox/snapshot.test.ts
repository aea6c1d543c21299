import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, it, onTestFinished } from 'vitest'
import { piecesOf } from '../../sandbox/kernel/save-part.ts'
import { snapshotFormat } from '../../sandbox/kernel/snapshot.ts'
import { buildSandbox } from '../../sandbox/server.ts'
import { type Loose, startWorld } from './world-sandbox.ts'

const hour = 3_600_000
const temporary = () => mkdtempSync(join(tmpdir(), 'sandbox-'))

async function busyWorld(options = {}) {
  const started = await startWorld({ frozen: true, ...options })
  const control = async (path: string, body?: unknown): Promise<{ status: number; body: Loose }> => {
    if (body !== undefined) return started.control(path, body)
    const answer = await fetch(`${started.url}/_control/${path}`)
    return { status: answer.status, body: await answer.json() }
  }
  const world = { ...started, control }
  const chat = world.state.chats[0].chat_id
  const write = (text: string) =>
    world.control(`chats/${chat}/messages`, { open_id: world.state.users[0].open_id, text })
  const texts = async () =>
    (await world.control(`chats/${chat}/messages`)).body.map((one: Loose) => one.body.content)
  return { ...world, write, texts }
}

describe('a snapshot', () => {
  it('brings back everything: messages, keys, tokens, settings, files and the time', async () => {
    const world = await busyWorld()
    const token = world.kernel.tokens.issue().token
    await world.write('之前')
    world.kernel.blobs.write('some-file', Buffer.from([0, 1, 255]))
    await world.control('settings', { latencyMs: 7 })
    const { body: snapshot } = await world.control('snapshot')
    const before = { effects: await world.effects(), now: world.kernel.clock.now() }
    await world.write('之后')
    await world.control('clock', { advanceMs: 3 * hour })
    await world.control('reset', { seed: 99 })
    world.kernel.blobs.remove('some-file')
    expect((await world.control('snapshot', snapshot)).status).toBe(200)
    expect(await world.effects()).toEqual(before.effects)
    expect(world.kernel.clock.now()).toBe(before.now)
    expect(world.kernel.settings.latencyMs).toBe(7)
    expect(world.kernel.blobs.read('some-file')).toEqual(Buffer.from([0, 1, 255]))
    const answer = await fetch(`${world.url}/open-apis/im/v1/chats`, {
      headers: { authorization: `Bearer ${token}` },
    })
    expect(answer.status).toBe(200)
  })

  it('is refused when it is of another version, damaged, edited or something else; the world stays', async () => {
    const world = await busyWorld()
    await world.write('保留')
    const { body: snapshot } = await world.control('snapshot')
    const wrong = [
      [{ ...snapshot, format: snapshotFormat + 1 }, String(snapshotFormat + 1)],
      [{ ...snapshot, checksum: 'x' }, 'damaged'],
      [{ ...snapshot, parts: { ...snapshot.parts, 'im-chats': [] } }, 'damaged'],
      [{ ...snapshot, parts: { ...snapshot.parts, world: { identity: {} } } }, 'damaged'],
      [{ ...snapshot, parts: null }, 'damaged'],
      [{ hello: 1 }, 'no snapshot'],
      [[1, 2, 3], 'no snapshot'],
    ] as const
    for (const [body, reason] of wrong) {
      const refused = await world.control('snapshot', body)
      expect({ status: refused.status, msg: refused.body.msg }).toEqual({
        status: 400,
        msg: expect.stringContaining(reason),
      })
    }
    expect((await world.texts()).join()).toContain('保留')
    expect(world.kernel.identity().worldId).toBe(world.state.worldId)
  })

  it('that a part cannot read puts the old world back', async () => {
    const world = await busyWorld()
    const picky = world.kernel.state('picky', () => ({ readable: true }))
    world.kernel.onStart(() => {
      if (!picky.readable) throw new Error('picky cannot read this')
    })
    picky.readable = false
    const { body: snapshot } = await world.control('snapshot')
    picky.readable = true
    await world.write('保留')
    const before = { effects: await world.effects(), now: world.kernel.clock.now() }
    const refused = await world.control('snapshot', snapshot)
    expect(refused).toMatchObject({
      status: 400,
      body: { msg: expect.stringContaining('picky cannot read this') },
    })
    expect(await world.effects()).toEqual(before.effects)
    expect(world.kernel.clock.now()).toBe(before.now)
    expect(picky.readable).toBe(true)
  })

  it('is kept under a name, beside the saved world or in memory, and can be removed', async () => {
    for (const statePath of [null, temporary()]) {
      const world = await busyWorld({ statePath })
      await world.write('之前')
      const kept = await world.control('snapshots', { name: '演示前' })
      expect(kept.body.snapshots).toMatchObject([{ name: '演示前', bytes: expect.any(Number) }])
      await world.write('之后')
      await world.control('snapshots', { name: '演示前', action: 'load' })
      expect((await world.texts()).join()).not.toContain('之后')
      expect((await world.control('snapshots', { name: '没有', action: 'load' })).status).toBe(404)
      expect((await world.control('snapshots', { name: '../etc', action: 'save' })).status).toBe(400)
      expect((await world.control('snapshots', { name: '演示前', action: 'burn' })).status).toBe(400)
      await world.control('snapshots', { name: '演示前', action: 'delete' })
      expect((await world.control('snapshots')).body.snapshots).toEqual([])
    }
  })

  it('carries parts of a saved world that nobody has touched since the start', async () => {
    const statePath = temporary()
    const first = await buildSandbox({ seed: 3, statePath, frozen: true })
    first.kernel.state('rarely-used', () => ({ list: [1, 2, 3] }))
    await first.close()
    const second = await buildSandbox({ seed: 3, statePath, frozen: true })
    const snapshot = JSON.parse(second.kernel.snapshot()) as Loose
    await second.close()
    expect(snapshot.parts['rarely-used']).toEqual({ list: [1, 2, 3] })
    const third = await buildSandbox({ seed: 4, statePath: temporary(), frozen: true })
    onTestFinished(() => third.close())
    await third.kernel.restore(snapshot)
    expect(third.kernel.state('rarely-used', () => ({ list: [] }))).toEqual({ list: [1, 2, 3] })
  })

  it('starts a process, from a file; a file that is none says so and ends it', async () => {
    const world = await busyWorld()
    await world.write('带走')
    const file = join(temporary(), 'world.json')
    writeFileSync(file, JSON.stringify((await world.control('snapshot')).body))
    const run = (args: string[]) => {
      const child = spawn(process.execPath, ['sandbox/main.ts', '--json', '--port', '0', ...args], {
        env: { PATH: process.env.PATH },
      })
      onTestFinished(() => void child.kill('SIGKILL'))
      return child
    }
    const child = run(['--snapshot', file])
    const [line] = await once(createInterface({ input: child.stdout }), 'line')
    expect(JSON.parse(String(line))).toMatchObject({ worldId: world.state.worldId, appId: world.state.appId })
    for (const [text, said] of [
      ['{"kind":', '不是 JSON'],
      ['{"kind":1}', 'no snapshot'],
    ] as const) {
      writeFileSync(file, text)
      const broken = run(['--snapshot', file])
      const texts: string[] = []
      broken.stderr.on('data', (chunk) => texts.push(String(chunk)))
      expect(await once(broken, 'close')).toEqual([1, null])
      expect(texts.join('')).toContain(said)
    }
  })
})

describe('resets', () => {
  it('at the same time happen one after the other: one world, seeded once', async () => {
    const world = await busyWorld()
    await Promise.all(Array.from({ length: 6 }, (_, seed) => world.control('reset', { seed })))
    const { body } = await world.control('state')
    expect(new Set(body.users.map((user: Loose) => user.open_id)).size).toBe(world.state.users.length)
    expect(body.chats).toHaveLength(world.state.chats.length)
  })
})

describe('saving', () => {
  it('in pieces gives the JSON that saving at once gives', () => {
    const values: unknown[] = [
      {},
      [],
      { a: undefined, b: null, c: [undefined, 1], d: { e: '"\n好' } },
      { rows: Array.from({ length: 300 }, (_, n) => ({ n, tags: [n, [n]], empty: {} })), none: [] },
      { deep: { deep: { deep: { deep: { deep: { deep: { deep: [1, { x: 'y' }] } } } } } } },
    ]
    for (const value of values) expect([...piecesOf(value, 0)].join('')).toBe(JSON.stringify(value))
  })

  it('of a big part leaves a whole file while the part keeps changing', async () => {
    const statePath = temporary()
    const sandbox = await buildSandbox({ seed: 3, statePath, settings: { ordersPerMinute: 0 } })
    const part = sandbox.kernel.state('big-part', () => ({ turn: 0, rows: [] as object[] }))
    const fill = (turn: number) => {
      part.turn = turn
      part.rows = Array.from({ length: 20_000 }, (_, n) => ({
        n,
        turn,
        text: `第 ${n} 行，海岛五日游双人套餐券`,
      }))
      sandbox.kernel.changed('big-part')
    }
    fill(0)
    sandbox.save()
    const read = (): Loose => JSON.parse(readFileSync(join(statePath, 'big-part.json'), 'utf8'))
    let turn = 0
    await expect
      .poll(
        () => {
          fill(++turn)
          const saved = read()
          expect(new Set(saved.rows.map((row: Loose) => row.turn))).toEqual(new Set([saved.turn]))
          return saved.turn
        },
        { interval: 50 },
      )
      .toBeGreaterThan(0)
    await expect.poll(() => read().turn).toBe(turn)
    await sandbox.close()
    expect(readdirSync(statePath).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })
})
