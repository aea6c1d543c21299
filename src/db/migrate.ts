import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate as runMigrations } from 'drizzle-orm/node-postgres/migrator'
import { Client } from 'pg'
import { AppError, messageOf } from '#src/errors.ts'

const migrationsFolder = fileURLToPath(new URL('../../migrations', import.meta.url))

/** Any number that nobody else uses: all processes of an installation wait for each other on it. */
const migrationLock = 7_411_001

/**
 * Brings the database's tables to this version. Several processes may start at once: one migrates, the others wait
 * and then find nothing to do.
 * @throws AppError `database_not_reachable`, `database_migration_failed`
 */
export async function migrate(url: string): Promise<void> {
  const client = new Client({
    connectionString: url,
    application_name: 'huiliu-migrate',
    connectionTimeoutMillis: 10_000,
  })
  client.on('error', () => undefined)
  try {
    await connect(client)
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    await runMigrations(drizzle(client), { migrationsFolder })
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw new AppError(
      'database_migration_failed',
      `The database could not be brought to this version: ${messageOf(cause)}. Nothing was changed by the failed step; see the cause (the user of DATABASE_URL must own the database: it creates tables), then start again. 数据库升级失败，失败的步骤没有留下任何改动：请按原因处理（DATABASE_URL 的用户需要有建表权限）后重新启动。`,
      { cause },
    )
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function connect(client: Client): Promise<void> {
  try {
    await client.connect()
  } catch (cause) {
    throw new AppError(
      'database_not_reachable',
      `No PostgreSQL could be used at ${client.host}:${client.port} as ${client.user}: ${messageOf(cause)}. Check address, user, password and database name in DATABASE_URL, or remove it to let Huiliu run its own. 连不上 DATABASE_URL 指定的 PostgreSQL：请检查地址、用户、口令和库名，或删除该变量以使用自带数据库。`,
      { cause },
    )
  }
}
