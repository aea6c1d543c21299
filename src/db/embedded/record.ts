import { randomBytes } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError, messageOf } from '#src/errors.ts'

const schema = z.object({
  password: z.string().min(1),
  port: z.int().min(1).max(65535).optional(),
  /** Absolute folder of the database's files where they could not lie in the data directory. */
  elsewhere: z.string().optional(),
})

/** What must be known to reach the database of a data directory: `database.json`, readable by its owner only. */
export type DatabaseRecord = z.infer<typeof schema>

export const databaseUserName = 'huiliu'
export const databaseName = 'huiliu'

/**
 * @throws AppError `database_record_unreadable` when the file is there but cannot be used
 */
export async function readRecord(dataDir: string): Promise<DatabaseRecord | undefined> {
  const file = join(dataDir, 'database.json')
  try {
    return schema.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined
    throw new AppError(
      'database_record_unreadable',
      `${file} cannot be read (${messageOf(cause)}). It holds the password of the database beside it: run as the user that started Huiliu first, or restore the file from a backup. 数据库口令文件无法读取：请用最初启动的用户运行，或从备份恢复该文件。`,
      { cause },
    )
  }
}

/** Replaces the record as a whole: a kill leaves the old one or the new one. */
export async function writeRecord(dataDir: string, record: DatabaseRecord): Promise<void> {
  const file = join(dataDir, 'database.json')
  const fresh = `${file}.${process.pid}.new`
  await writeFile(fresh, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 })
  await rename(fresh, file)
}

export function newPassword(): string {
  return randomBytes(24).toString('hex')
}

/** Connection string of a database on the embedded server. */
export function embeddedUrl(record: { password: string }, port: number, database: string): string {
  return `postgres://${databaseUserName}:${record.password}@127.0.0.1:${port}/${database}`
}
