import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { access, chmod, chown, mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppError } from '#src/errors.ts'
import { areBinariesComplete, type Binaries, copyBinaries, findBinaries } from './binaries.ts'
import { canEnter, databaseUser, type OsUser } from './os-user.ts'
import { type DatabaseRecord, newPassword, readRecord, writeRecord } from './record.ts'

/** Where one embedded database lives and what runs it. */
export interface Place {
  dataDir: string
  /** PostgreSQL's own data folder. */
  clusterDir: string
  binaries: Binaries
  /** Set when PostgreSQL runs as another OS user than we do. */
  user: OsUser | undefined
  record: DatabaseRecord
}

export type Say = (message: string) => void

export interface PlaceOptions {
  say: Say
  /** Folder for what must be reachable by the OS user `postgres` although the checkout is not (as root only). */
  sharedFolder?: string
}

const defaultSharedFolder = '/var/lib/huiliu'

/**
 * Decides where PostgreSQL's programs and files are, and prepares what is missing. Whatever ends up outside the data
 * directory is said.
 * @throws AppError `database_unreachable`, `database_no_user`, `database_no_binaries`, `database_record_unreadable`
 */
export async function preparePlace(dataDir: string, options: PlaceOptions): Promise<Place> {
  const user = await databaseUser()
  const record = (await readRecord(dataDir)) ?? (await firstRecord(dataDir, user, options))
  const clusterDir = clusterDirOf(dataDir, record)
  if (record.elsewhere === undefined && !canEnter(user, dataDir)) throw unreachable(dataDir, user)
  return { dataDir, clusterDir, record, user, binaries: await runnableBinaries(dataDir, user, options) }
}

/** PostgreSQL's own data folder, by what the record says. */
export function clusterDirOf(dataDir: string, record: DatabaseRecord): string {
  return join(record.elsewhere ?? dataDir, 'postgres')
}

async function firstRecord(
  dataDir: string,
  user: OsUser | undefined,
  options: PlaceOptions,
): Promise<DatabaseRecord> {
  const record: DatabaseRecord = { password: newPassword() }
  if (user !== undefined && !canEnter(user, dataDir)) {
    record.elsewhere = join(options.sharedFolder ?? defaultSharedFolder, randomUUID())
    await makeOpenFolder(options.sharedFolder ?? defaultSharedFolder).catch((cause: unknown) => {
      throw unreachable(dataDir, user, cause)
    })
    await mkdir(record.elsewhere, { mode: 0o700 })
    await chown(record.elsewhere, user.uid, user.gid)
    options.say(
      `${dataDir} cannot be entered by the OS user "${user.name}" that runs PostgreSQL, so the database's files are in ${record.elsewhere}. 数据目录对 ${user.name} 用户不可达，数据库文件放在 ${record.elsewhere}。`,
    )
  }
  await writeRecord(dataDir, record)
  return record
}

async function runnableBinaries(
  dataDir: string,
  user: OsUser | undefined,
  options: PlaceOptions,
): Promise<Binaries> {
  const installed = await findBinaries()
  const reachable = canEnter(user, join(installed.root, 'bin'))
  if (reachable && (await areBinariesComplete(installed))) return installed
  const copy = await copyBinaries(installed, await folderForCopy(dataDir, user, options))
  options.say(
    reachable
      ? `PostgreSQL's install script did not run; a completed copy is in ${copy.root}. 已在 ${copy.root} 补全 PostgreSQL 程序。`
      : `The checkout cannot be entered by the OS user "${user?.name}", so PostgreSQL runs from a copy in ${copy.root}. 代码目录对 ${user?.name} 用户不可达，PostgreSQL 已复制到 ${copy.root}。`,
  )
  return copy
}

async function folderForCopy(
  dataDir: string,
  user: OsUser | undefined,
  options: PlaceOptions,
): Promise<string> {
  if (user === undefined) return dataDir
  const sharedFolder = options.sharedFolder ?? defaultSharedFolder
  try {
    await makeOpenFolder(sharedFolder)
    return sharedFolder
  } catch {
    return join(tmpdir(), 'huiliu-postgresql')
  }
}

/** Open to every user, whatever our umask says. */
async function makeOpenFolder(folder: string): Promise<void> {
  const created = await mkdir(folder, { recursive: true, mode: 0o755 })
  if (created !== undefined) await chmod(folder, 0o755)
  await access(folder, constants.W_OK)
}

function unreachable(dataDir: string, user: OsUser | undefined, cause?: unknown): AppError {
  return new AppError(
    'database_unreachable',
    `The OS user "${user?.name}" that runs PostgreSQL cannot enter ${dataDir}. Let it through (chmod o+x on the folders above), set HUILIU_DATA to a folder such as /var/lib/huiliu, or set DATABASE_URL. 数据库用户无法进入数据目录：请放开上级目录的 o+x 权限，或把 HUILIU_DATA 设到别处。`,
    { cause },
  )
}
