import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSealer } from '#src/secrets/sealer.ts'
import { loadSecretKey } from '#src/secrets/secret-key.ts'

const newKey = () => randomBytes(32).toString('base64')

describe('sealing', () => {
  it('gives every secret back, and a different text every time', () => {
    const sealer = createSealer(newKey())
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (plain) => {
        const sealed = sealer.seal(plain, 'token:travel')
        expect(sealer.open(sealed, 'token:travel')).toBe(Buffer.from(plain).toString())
        expect(sealer.seal(plain, 'token:travel')).not.toBe(sealed)
      }),
    )
  })

  it('refuses another key, another purpose, and every changed byte', () => {
    const sealer = createSealer(newKey())
    const sealed = sealer.seal('t-1', 'token:travel')
    const refuses = (text: string, purpose = 'token:travel', opener = sealer) =>
      expect(() => opener.open(text, purpose)).toThrow(/cannot be decrypted/)
    refuses(sealed, 'token:other')
    refuses(sealed, 'token:travel', createSealer(newKey()))
    const bytes = Buffer.from(sealed.slice(3), 'base64url')
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes)
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at)
      refuses(`v1.${changed.toString('base64url')}`)
    }
    for (const text of ['', 'v1', 'v1.', 'v2.abc', 'plain', `v1.${'A'.repeat(20)}`]) refuses(text)
  })
})

describe('the secret key', () => {
  let dataDir: string
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'huiliu-key-'))
  })
  afterEach(() => rm(dataDir, { recursive: true }))

  it('is generated once, for its owner only, also when two processes start at once', async () => {
    const keys = await Promise.all([loadSecretKey({ dataDir }), loadSecretKey({ dataDir })])
    expect(keys[0]).toBe(keys[1])
    expect((await readFile(join(dataDir, 'secret-key'), 'utf8')).trim()).toBe(keys[0])
    expect((await stat(join(dataDir, 'secret-key'))).mode & 0o777).toBe(0o600)
    expect(await loadSecretKey({ dataDir, secretKey: 'configured' })).toBe('configured')
  })

  it('that was damaged is not replaced', async () => {
    await writeFile(join(dataDir, 'secret-key'), 'abc')
    await expect(loadSecretKey({ dataDir })).rejects.toThrow(/does not hold a key/)
  })
})
