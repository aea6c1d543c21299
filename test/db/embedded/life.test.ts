import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { access, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '#src/db/database.ts'
import { type EmbeddedServer, eraseEmbedded, findEmbedded, startEmbedded } from '#src/db/embedded/server.ts'
import { startEmbeddedProcess, temporaryFolder } from '../../support/embedded-process.ts'

// One data directory through its life, because creating one takes seconds: the order of these tests matters.
describe('the embedded database', () => {
  let dataDir: string
  beforeAll(async () => {
    dataDir = await temporaryFolder()
  })
  afterAll(async () => {
    await eraseEmbedded({ dataDir })
    await rm(dataDir, { recursive: true })
  })

  const withServer = async (use: (server: EmbeddedServer) => Promise<void>) => {
    const server = await startEmbedded({ dataDir })
    try {
      await use(server)
    } finally {
      await server.stop()
    }
  }
  const query = async (url: string, text: string) => {
    const client = new Client({ connectionString: url })
    await client.connect()
    try {
      return (await client.query(text)).rows
    } finally {
      await client.end()
    }
  }
  const kept = (database: Database) =>
    database.pool.query('select n from kept').then(
      ({ rows }) => rows,
      () => [],
    )
  const record = async () => JSON.parse(await readFile(join(dataDir, 'database.json'), 'utf8'))
  const pidFile = () => join(dataDir, 'postgres', 'postmaster.pid')
  const postmasterPid = async () => Number((await readFile(pidFile(), 'utf8')).split('\n')[0])

  it('is created by the first of two starts at once; the second says that it is in use', async () => {
    const both = [startEmbeddedProcess({ dataDir }), startEmbeddedProcess({ dataDir })]
    const outcomes = (await Promise.all(both.map((process) => process.outcome))).sort()
    expect(outcomes).toEqual(['failed database_in_use', expect.stringMatching(/^ready/)])
    const third = startEmbeddedProcess({ dataDir })
    expect(await third.outcome).toBe('failed database_in_use')
    for (const process of both) await process.end('SIGTERM')
    await expect.poll(() => existsSync(pidFile())).toBe(false)
  })

  it('keeps its password from others, listens on this machine only, and has safe settings', async () => {
    expect((await stat(join(dataDir, 'database.json'))).mode & 0o777).toBe(0o600)
    await withServer(async ({ url, adopted }) => {
      expect(adopted).toBe(false)
      const settings = await query(
        url,
        "select name, setting from pg_settings where name in ('listen_addresses', 'synchronous_commit', 'fsync', 'server_encoding', 'TimeZone') order by name",
      )
      expect(settings.map((row) => `${row.name}=${row.setting}`)).toEqual([
        'TimeZone=UTC',
        'fsync=on',
        'listen_addresses=127.0.0.1',
        'server_encoding=UTF8',
        'synchronous_commit=on',
      ])
      const wrong = url.replace((await record()).password, 'wrong')
      await expect(query(wrong, 'select 1')).rejects.toThrow(/password authentication failed/)
    })
  })

  it('outlives a kill -9 of Huiliu and is taken over, with everything that was committed', async () => {
    const killed = startEmbeddedProcess({ dataDir })
    const ready = JSON.parse((await killed.outcome).slice('ready '.length))
    await query(ready.url, 'create table kept (n int); insert into kept values (42)')
    const pid = await postmasterPid()
    await killed.end('SIGKILL')
    await withServer(async ({ url, adopted }) => {
      expect(adopted).toBe(true)
      expect(await postmasterPid()).toBe(pid)
      expect(await query(url, 'select n from kept')).toEqual([{ n: 42 }])
    })
  })

  it('can be attached to while it runs, and only then', async () => {
    expect(await findEmbedded(dataDir)).toBeUndefined()
    await withServer(async ({ url }) => {
      expect(await findEmbedded(dataDir)).toBe(url)
    })
    expect(await findEmbedded(dataDir)).toBeUndefined()
    expect(await findEmbedded(join(dataDir, 'nowhere'))).toBeUndefined()
  })

  it('takes another port, and remembers it, when somebody else listens on its own', async () => {
    const { port } = await record()
    const other = createServer().listen(port, '127.0.0.1')
    await once(other, 'listening')
    try {
      await withServer(async ({ url }) => {
        expect(Number(new URL(url).port)).not.toBe(port)
        expect((await record()).port).toBe(Number(new URL(url).port))
        expect(await query(url, 'select n from kept')).toEqual([{ n: 42 }])
      })
    } finally {
      other.close()
    }
  })

  it('starts although a pid file names a process that is not PostgreSQL', async () => {
    await writeFile(pidFile(), `${process.pid}\n${join(dataDir, 'postgres')}\n0\n1\n\n127.0.0.1\n\nready\n`)
    await withServer(async ({ url }) => {
      expect(await query(url, 'select n from kept')).toEqual([{ n: 42 }])
    })
  })

  it('is started again on the same port when it is killed while Huiliu runs', async () => {
    const said: string[] = []
    const server = await startEmbedded({ dataDir, say: (message) => said.push(message) })
    const database: Database = openDatabase(server.url)
    try {
      for (let round = 1; round <= 3; round += 1) {
        const pid = await postmasterPid()
        process.kill(pid, 'SIGKILL')
        // Connections of the dead server may still answer for a moment.
        await expect.poll(() => postmasterPid().catch(() => pid), { timeout: 30_000 }).not.toBe(pid)
        await expect.poll(() => kept(database), { timeout: 30_000 }).toEqual([{ n: 42 }])
      }
      await expect.poll(() => said.length).toBeGreaterThan(0)
    } finally {
      await database.close()
      await server.stop()
    }
    await expect.poll(() => existsSync(pidFile())).toBe(false)
  })

  it('stops on Ctrl-C although a transaction is open', async () => {
    const running = startEmbeddedProcess({ dataDir })
    const ready = JSON.parse((await running.outcome).slice('ready '.length))
    const client = new Client({ connectionString: ready.url })
    client.on('error', () => undefined)
    await client.connect()
    await client.query('begin')
    await client.query('delete from kept')
    await running.end('SIGINT')
    expect(running.child.exitCode).toBe(0)
    await expect.poll(() => existsSync(pidFile())).toBe(false)
    await client.end().catch(() => undefined)
    await withServer(async ({ url }) => {
      expect(await query(url, 'select n from kept')).toEqual([{ n: 42 }])
    })
  })

  it('says so when database.json no longer has its password', async () => {
    const original = await readFile(join(dataDir, 'database.json'), 'utf8')
    await writeFile(
      join(dataDir, 'database.json'),
      JSON.stringify({ ...JSON.parse(original), password: 'x' }),
    )
    await expect(startEmbedded({ dataDir })).rejects.toMatchObject({ code: 'database_password_lost' })
    await writeFile(join(dataDir, 'database.json'), 'not json')
    await expect(startEmbedded({ dataDir })).rejects.toMatchObject({ code: 'database_record_unreadable' })
    await writeFile(join(dataDir, 'database.json'), original)
    await withServer(async ({ url }) => {
      expect(await query(url, 'select n from kept')).toEqual([{ n: 42 }])
    })
  })

  it('of another major version is left alone, with a clear error', async () => {
    const versionFile = join(dataDir, 'postgres', 'PG_VERSION')
    const version = await readFile(versionFile, 'utf8')
    await writeFile(versionFile, '15\n')
    await expect(startEmbedded({ dataDir })).rejects.toMatchObject({
      code: 'database_other_version',
      message: expect.stringContaining('DATABASE_URL'),
    })
    await writeFile(versionFile, version)
  })

  it('is not erased under a running Huiliu, but is when nothing runs or only an orphan', async () => {
    const running = startEmbeddedProcess({ dataDir })
    expect(await running.outcome).toMatch(/^ready/)
    await expect(eraseEmbedded({ dataDir })).rejects.toMatchObject({ code: 'database_in_use' })
    await running.end('SIGKILL')
    await eraseEmbedded({ dataDir })
    await expect(access(join(dataDir, 'postgres'))).rejects.toThrow()
    await eraseEmbedded({ dataDir })
  })
})
