import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { variables } from '#src/config/environment.ts'
import { readConfig } from '#src/config.ts'
import installation from '../../huiliu.config.ts'

const example = await readFile(new URL('../../.env.example', import.meta.url), 'utf8')
const assignments = new Map(
  example
    .split('\n')
    .filter((line) => /^[A-Z_]+=/.test(line))
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
)

it('.env.example names exactly the variables that the product reads', () => {
  expect([...assignments.keys()].sort()).toEqual(Object.keys(variables).sort())
})

it('.env.example shows every default as it is', () => {
  for (const [name, schema] of Object.entries(variables)) {
    const fallback = schema.safeParse(undefined).data
    const shown = assignments.get(name)
    expect({ name, shown }).toEqual({ name, shown: fallback === undefined ? '' : String(fallback) })
  }
})

it('the shipped huiliu.config.ts starts in mode demo with an untouched environment', () => {
  expect(readConfig(installation, {}).mode).toBe('demo')
})
