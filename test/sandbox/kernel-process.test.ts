import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, it, onTestFinished } from 'vitest'

interface Running {
  child: ChildProcess
  ready: { url: string; worldId: string; appId: string }
  stopped: Promise<unknown[]>
}

async function startProcess(env: Record<string, string>): Promise<Running> {
  const child = spawnMain(env)
  const line = await once(createInterface({ input: child.stdout as NodeJS.ReadableStream }), 'line')
  return { child, ready: JSON.parse(String(line[0])), stopped: once(child, 'exit') }
}

function spawnMain(env: Record<string, string>): ChildProcess {
  const child = spawn(process.execPath, ['sandbox/main.ts', '--json'], {
    env: { PATH: process.env.PATH, SANDBOX_PORT: '0', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

it('saves the world when it is asked to stop and continues it when it is started again', async () => {
  const SANDBOX_DATA = mkdtempSync(join(tmpdir(), 'sandbox-'))
  const first = await startProcess({ SANDBOX_DATA })
  await fetch(`${first.ready.url}/_control/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"advanceMs":3600000}',
  })
  const before = await (await fetch(`${first.ready.url}/_control/state`)).json()
  first.child.kill('SIGTERM')
  expect(await first.stopped).toEqual([0, null])
  const second = await startProcess({ SANDBOX_DATA })
  expect(second.ready).toMatchObject({ worldId: first.ready.worldId, appId: first.ready.appId })
  const after = (await (await fetch(`${second.ready.url}/_control/state`)).json()) as typeof before
  expect(after).toMatchObject({
    users: (before as { users: unknown }).users,
    appSecret: (before as { appSecret: unknown }).appSecret,
  })
  second.child.kill('SIGINT')
  expect(await second.stopped).toEqual([0, null])
})

it('stops with its parent when told to follow it', async () => {
  const follower = await startProcess({ SANDBOX_FOLLOW_PARENT: '1' })
  follower.child.stdin?.end()
  expect(await follower.stopped).toEqual([0, null])
})

it('says plainly that the port is taken, or that a setting is no number', async () => {
  const blocker = createServer().listen(0, '127.0.0.1')
  await once(blocker, 'listening')
  onTestFinished(() => void blocker.close())
  const { port } = blocker.address() as { port: number }
  for (const [value, expected] of [
    [String(port), `端口 ${port} 已被占用`],
    ['many', 'SANDBOX_PORT 必须是整数'],
  ] as const) {
    const child = spawnMain({ SANDBOX_PORT: value })
    const texts: string[] = []
    child.stderr?.on('data', (chunk) => texts.push(String(chunk)))
    expect(await once(child, 'close')).toEqual([1, null])
    expect(texts.join('')).toContain(expected)
  }
})
