import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { codeBlocks, read, root } from './read-markdown.ts'

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

const connection = /^(FEISHU_|HUILIU_|DATABASE_URL|PORT$|SANDBOX_)/

/** An environment as a newcomer has it: nothing of ours is set. */
const plainEnvironment = () =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !connection.test(name)))

function output(child: ChildProcess): { text: string } {
  const said = { text: '' }
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (piece: Buffer) => {
      said.text += piece.toString('utf8')
    })
  return said
}

const ended = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))

async function startProduct(): Promise<{ sandbox: string }> {
  const [port, sandboxPort] = [await freePort(), await freePort()]
  const folder = await mkdtemp('/tmp/huiliu-try-it-')
  const child = spawn(process.execPath, ['bin/huiliu.mjs', 'start'], {
    cwd: root,
    env: {
      ...plainEnvironment(),
      HUILIU_DATA: join(folder, 'data'),
      PORT: String(port),
      SANDBOX_PORT: String(sandboxPort),
    },
  })
  const said = output(child)
  const end = ended(child)
  onTestFinished(async () => {
    child.kill('SIGINT')
    await end
  })
  await expect.poll(() => said.text, { timeout: 60_000 }).toContain('接下来试试')
  await expect
    .poll(async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).status, { timeout: 30_000 })
    .toBe(200)
  return { sandbox: `http://127.0.0.1:${sandboxPort}` }
}

it('the commands of the README place an order, claim it, refund it once and write one ledger row', async () => {
  const { sandbox } = await startProduct()
  const block = codeBlocks(read('README.md'), 'sh').find((code) => code.includes('_control')) ?? ''
  const code = block.replaceAll('http://127.0.0.1:3400', sandbox)
  const shell = spawn('bash', ['-euo', 'pipefail', '-c', code], {
    env: { ...plainEnvironment(), PATH: `${dirname(process.execPath)}:${process.env.PATH}` },
  })
  const said = output(shell)
  expect({ code: await ended(shell), said: said.text }).toMatchObject({ code: 0 })
  expect(said.text).toContain('认领成功')
  expect(said.text).toContain('林小夏 已先认领')
  expect(said.text).toContain('"status":"APPROVED"')
  expect(said.text).toContain("system: 'jushuitan'")
  expect(said.text).toMatch(/流水号'?: 'RF-/)
}, 180_000)
