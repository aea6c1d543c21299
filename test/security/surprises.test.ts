/** What a person gets when something is broken around or inside the process: one message with the remedy, exit 1. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url))

async function run(args: string[], cwd: string): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, args, { cwd, env: {}, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  const hear = (chunk: Buffer) => {
    said += chunk
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, said }
}

test('A .env that cannot be read is told with the remedy, without a stack', async () => {
  const cwd = await mkdtemp(join(tmpdir(), 'huiliu-env-'))
  await mkdir(join(cwd, '.env'))
  const { code, said } = await run([path('bin/huiliu.mjs'), 'migrate'], cwd)
  expect(code).toBe(1)
  expect(said).toContain('无法读取当前目录下的 .env')
  expect(said).not.toMatch(/\n\s+at /)
})

test.each([
  ['a rejection that nobody handles', 'Promise.reject(new Error("the reason"))'],
  ['an exception outside every handler', 'setImmediate(() => { throw new Error("the reason") })'],
])('%s is logged and ends in a clean stop', async (_what, failure) => {
  const cwd = await mkdtemp(join(tmpdir(), 'huiliu-surprise-'))
  const script = `
    import { createLogger } from '#src/log.ts'
    import { stopOnSurprise } from '#src/cli/stop-on-surprise.ts'
    const { promise, reject } = Promise.withResolvers()
    stopOnSurprise(createLogger({ file: ${JSON.stringify(join(cwd, 'log'))} }), reject)
    const alive = setInterval(() => {}, 1000)
    ${failure}
    await promise.catch((error) => console.log('stopped cleanly: ' + error.code + ' ' + error.message))
    clearInterval(alive)`
  const { code, said } = await run(['--input-type=module', '--eval', script], path('.'))
  expect(code).toBe(0)
  expect(said).toMatch(/^stopped cleanly: unexpected_failure .*the reason.*已停止/)
  expect(await readFile(join(cwd, 'log'), 'utf8')).toMatch(
    /"level":60.*the reason.*unexpected failure, stopping/,
  )
})
