import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { judge, type Vector } from './systems.ts'

const committed = fileURLToPath(new URL('./channels.json', import.meta.url))
const command = fileURLToPath(new URL('./run.ts', import.meta.url))
const vectors = JSON.parse(readFileSync(committed, 'utf8')) as Vector[]
const run = (...files: string[]) => spawnSync(process.execPath, [command, ...files], { encoding: 'utf8' })

describe('vectors of the channels', () => {
  it.each(vectors.map((vector, index) => [`${vector.system} ${vector.kind} #${index}`, vector] as const))(
    '%s is computed as published',
    (_name, vector) => expect(judge(vector)).toEqual({ ok: true }),
  )

  it.each(vectors.map((vector, index) => [`${vector.system} ${vector.kind} #${index}`, vector] as const))(
    '%s is not computed from other inputs',
    (_name, vector) => {
      const texts = Object.keys(vector.inputs).filter((key) =>
        /secret|privateKey|aesKey|AESKey|partnerkey|token|masked|signKey/i.test(key),
      )
      expect(texts.length).toBeGreaterThan(0)
      const turned = texts.map((key) => [key, anotherStart(String(vector.inputs[key]))])
      expect(judge({ ...vector, inputs: { ...vector.inputs, ...Object.fromEntries(turned) } }).ok).toBe(false)
    },
  )
})

/** The same length and alphabet, another value. */
function anotherStart(text: string): string {
  return `${text.startsWith('b') ? 'c' : 'b'}${text.slice(1)}`
}

describe('npm run vectors', () => {
  let folder: string
  const fileOf = (name: string, content: unknown) => {
    const file = join(folder, name)
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
    return file
  }
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'huiliu-vectors-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  it('prints a verdict per vector and a count, and succeeds when all pass', () => {
    const { stdout, status } = run(committed)
    expect(status).toBe(0)
    expect(stdout.trim().split('\n')).toHaveLength(vectors.length + 1)
    expect(stdout).toContain(`${vectors.length} passed, 0 failed`)
  })

  it('fails, with what was computed, on a wrong expectation, an unknown system and missing inputs', () => {
    const [first] = vectors
    const file = fileOf('bad.json', [
      { ...first, expected: 'other' },
      { system: 'nobody', kind: 'sign', inputs: {}, expected: '' },
      { ...first, inputs: {} },
    ])
    const { stdout, status } = run(file)
    expect(status).toBe(1)
    expect(stdout).toContain('expected other')
    expect(stdout).toContain('nothing here computes "nobody sign"')
    expect(stdout).toContain('inputs.param_json is missing')
    expect(stdout).toContain('0 passed, 3 failed')
  })

  it('says what it wants when the file is none', () => {
    expect(run().stderr).toContain('Usage')
    expect(run(join(folder, 'absent.json')).status).toBe(1)
    const { stderr, status } = run(fileOf('object.json', '{"a":1}'))
    expect({ status, stderr }).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('is not a JSON array'),
    })
  })
})
