import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { isAlive } from '#src/demo/process-of.ts'
import { startSandbox, stopLeftover } from '#src/demo/sandbox-process.ts'

const entry = fileURLToPath(new URL('../../sandbox/main.ts', import.meta.url))

async function folder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'huiliu-sandbox-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  return dir
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

const optionsIn = async (dir: string) => ({
  entry,
  port: await freePort(),
  dataDir: join(dir, 'sandbox'),
  logFile: join(dir, 'sandbox.log'),
})

function stranger(): ChildProcess {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'])
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

describe('the sandbox as a process of its own', () => {
  it('starts, is used again while it lives, and ends', async () => {
    const options = await optionsIn(await folder())
    const first = await startSandbox(options)
    onTestFinished(() => first.stop())
    expect(first.started).toBe(true)
    const worldOf = async () =>
      ((await (await fetch(`${first.baseUrl}/_control/state`)).json()) as { worldId: string }).worldId
    const worldId = await worldOf()
    const second = await startSandbox(options)
    expect(second).toMatchObject({ started: false, baseUrl: first.baseUrl })
    expect(await worldOf()).toBe(worldId)
    const pid = Number.parseInt(await readFile(join(options.dataDir, 'sandbox.pid'), 'utf8'), 10)
    await stopLeftover(options.dataDir)
    expect(isAlive(pid)).toBe(false)
    const again = await startSandbox(options)
    onTestFinished(() => again.stop())
    expect(await worldOf()).toBe(worldId)
    await again.stop()
  }, 60_000)

  it('says where to look when it cannot start', async () => {
    const options = { ...(await optionsIn(await folder())), entry: '/nonexistent/main.ts' }
    await expect(startSandbox(options)).rejects.toMatchObject({
      code: 'sandbox_not_started',
      message: expect.stringContaining(options.logFile),
    })
  })

  it('never ends a process that only has the noted pid: after a restart of the machine it may be anybody’s', async () => {
    const dir = await folder()
    const { pid } = stranger()
    for (const noted of [`${pid}`, `${pid}\n`, `${pid}\n${entry}\n`]) {
      await writeFile(join(dir, 'sandbox.pid'), noted)
      await stopLeftover(dir)
      expect(isAlive(pid ?? 0)).toBe(true)
    }
  })

  it.each(['', 'not a number', '-1', '0', '999999999'])(
    'is not disturbed by a note that says "%s"',
    async (noted) => {
      const dir = await folder()
      await writeFile(join(dir, 'sandbox.pid'), noted)
      await expect(stopLeftover(dir)).resolves.toBeUndefined()
    },
  )
})
