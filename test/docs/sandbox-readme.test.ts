import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { faultKinds } from '../../sandbox/kernel/fault-kinds.ts'
import { usage } from '../../sandbox/options.ts'
import { startWorld } from '../sandbox/world-sandbox.ts'
import { codeBlocks, read } from './read-markdown.ts'

const text = read('sandbox/README.md')

it('the commands of sandbox/README.md work one after the other', async () => {
  const world = await startWorld()
  const code = codeBlocks(text, 'sh')
    .filter((block) => block.includes('curl'))
    .join('\n')
    .replaceAll('http://127.0.0.1:3400', world.url)
  const shell = spawn('bash', ['-euo', 'pipefail', '-c', code], {
    cwd: mkdtempSync(join(tmpdir(), 'sandbox-readme-')),
    env: { PATH: `${dirname(process.execPath)}:${process.env.PATH}` },
  })
  let said = ''
  for (const stream of [shell.stdout, shell.stderr])
    stream.on('data', (piece: Buffer) => {
      said += piece.toString('utf8')
    })
  expect({ code: await new Promise((resolve) => shell.once('close', resolve)), said }).toMatchObject({
    code: 0,
  })
  expect(said).toContain('"msg":"success"')
  expect(said).toContain('今天多少单')
  expect(said).toContain('"frozen":true')
  expect(world.kernel.faults.list()).toEqual([])
  expect(world.kernel.clock.isFrozen()).toBe(false)
}, 60_000)

it('sandbox/README.md names exactly the faults there are', () => {
  const table = text.slice(text.indexOf('| Kind |'), text.indexOf('## Clock')).split('\n')
  const listed = table.flatMap((row) =>
    [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, kind]) => kind),
  )
  expect(listed.sort()).toEqual(Object.keys(faultKinds).sort())
})

it('sandbox/README.md names exactly the options there are, and requests that are answered', async () => {
  const options = (said: string) => [...said.matchAll(/--[a-z]+/g)].map(([option]) => option)
  const rows = text.slice(text.indexOf('| Option |'), text.indexOf('Open the address')).split('\n')
  const listed = rows.flatMap((row) => options(row.split('|')[1] ?? ''))
  expect(listed.sort()).toEqual([...new Set(options(usage))].filter((one) => one !== '--help').sort())
  const world = await startWorld()
  const requests = [...text.matchAll(/`(GET|POST) (\/_control[^`\s?]*)/g)]
  expect(requests.length).toBeGreaterThan(10)
  const unknown = requests.filter(
    ([, method = '', url = '']) => !world.kernel.app.hasRoute({ method: method as 'GET', url }),
  )
  expect(unknown.map(([request]) => request)).toEqual([])
})
