import type { Config } from '#src/config.ts'
import { type Database, openDatabase } from '#src/db/database.ts'
import { findEmbedded, startEmbedded } from '#src/db/embedded/server.ts'
import { migrate } from '#src/db/migrate.ts'
import type { AppError } from '#src/errors.ts'
import type { Logger } from '#src/log.ts'

export interface OpenedDatabase {
  database: Database
  /** What to tell people about it. */
  label: string
  close(): Promise<void>
}

interface OpenOptions {
  log: Logger
  say(message: string): void
  onLost(error: AppError): void
}

const connections = 20

function pool(url: string, log: Logger): Database {
  return openDatabase(url, {
    max: connections,
    onError: (error) => log.warn({ reason: error.message }, 'database connection lost'),
  })
}

/** The configured server, or our own, started (or adopted) and migrated. */
export async function openForStart(config: Config, options: OpenOptions): Promise<OpenedDatabase> {
  if (config.databaseUrl !== undefined) {
    await migrate(config.databaseUrl)
    const database = pool(config.databaseUrl, options.log)
    return { database, label: 'DATABASE_URL', close: () => database.close() }
  }
  const server = await startEmbedded({ dataDir: config.dataDir, say: options.say, onLost: options.onLost })
  try {
    await migrate(server.url)
  } catch (error) {
    await server.stop()
    throw error
  }
  const database = pool(server.url, options.log)
  const label = `PostgreSQL 127.0.0.1:${new URL(server.url).port}`
  return {
    database,
    label,
    async close() {
      await database.close()
      await server.stop()
    },
  }
}

/** Migrates only: the configured server, a running Huiliu's, or our own started for the purpose. */
export async function migrateOnly(config: Config, options: Omit<OpenOptions, 'log'>): Promise<void> {
  const url = config.databaseUrl ?? (await findEmbedded(config.dataDir))
  if (url !== undefined) return migrate(url)
  const server = await startEmbedded({ dataDir: config.dataDir, say: options.say, onLost: options.onLost })
  try {
    await migrate(server.url)
  } finally {
    await server.stop()
  }
}
