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
 * @throws AppError `database_migration_failed`
 */
export async function migrate(url: string): Promise<void> {
  const client = new Client({ connectionString: url, application_name: 'huiliu-migrate' })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    await runMigrations(drizzle(client), { migrationsFolder })
  } catch (cause) {
    throw new AppError(
      'database_migration_failed',
      `The database could not be brought to this version: ${messageOf(cause)}. Nothing was changed by the failed step; see the cause, then start again.`,
      { cause },
    )
  } finally {
    await client.end().catch(() => undefined)
  }
}
