import { randomUUID } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from '#src/db/embedded/server.ts'
import { migrate } from '#src/db/migrate.ts'
import { urlOfDatabase } from './database-url.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Connection string with the right to create databases. */
    databaseServer: string
    /** Name of the migrated database that every test file gets a copy of. */
    databaseTemplate: string
  }
}

/**
 * One PostgreSQL server per run (or the one in DATABASE_URL), and one migrated database in it to clone from.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { url, stop } = await serverOfThisRun()
  const template = `template_${randomUUID().replaceAll('-', '').slice(0, 12)}`
  try {
    await execute(url, `create database ${template}`)
    await migrate(urlOfDatabase(url, template))
  } catch (error) {
    await stop()
    throw error
  }
  project.provide('databaseServer', url)
  project.provide('databaseTemplate', template)
  return async () => {
    await execute(url, `drop database if exists ${template} with (force)`)
    await stop()
  }
}

async function serverOfThisRun(): Promise<{ url: string; stop: () => Promise<void> }> {
  const external = process.env.DATABASE_URL
  if (external !== undefined && external !== '') return { url: external, stop: async () => undefined }
  const dataDir = await mkdtemp(join(tmpdir(), 'huiliu-test-'))
  // Tests survive no power cut, so they do not pay for one.
  const settings = { fsync: 'off', full_page_writes: 'off', max_connections: '200', shared_buffers: '64MB' }
  await chmod(dataDir, 0o711)
  const server = await startEmbedded({ dataDir, settings })
  const stop = async () => {
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
  return { url: server.url, stop }
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
