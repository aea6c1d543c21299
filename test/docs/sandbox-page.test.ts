import { expect, it } from 'vitest'
import { startWorld } from '../sandbox/world-sandbox.ts'
import { codeCells, read } from './read-markdown.ts'

const text = read('docs/sandbox.md')

it('docs/sandbox.md lists exactly the faults the sandbox knows', async () => {
  const world = await startWorld()
  const { body } = await world.control('faults', { kind: 'no-such-kind' })
  const known = String(body.msg).split('one of: ')[1]?.split(', ') ?? []
  const rows = text.slice(text.indexOf('| Kind | Does |')).split('\n')
  const listed = rows.flatMap((row) =>
    [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, kind]) => kind),
  )
  expect(listed.sort()).toEqual(known.sort())
})

it('docs/sandbox.md lists requests that the sandbox answers', async () => {
  const world = await startWorld()
  const requests = [...text.matchAll(/`(GET|POST) (\/_control[^`\s]*)`/g)]
  expect(requests.length).toBeGreaterThan(25)
  const unknown = requests.filter(
    ([, method = '', url = '']) => !world.kernel.app.hasRoute({ method: method as 'GET', url }),
  )
  expect(unknown.map(([request]) => request)).toEqual([])
  expect(codeCells(text, /^(GET|POST)/).length).toBeGreaterThan(25)
})
