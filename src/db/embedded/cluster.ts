import { spawn } from 'node:child_process'
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '#src/errors.ts'
import type { Place } from './place.ts'
import { databaseUserName } from './record.ts'

/**
 * Creates the cluster when there is none, and makes sure that the one there is can be read by our PostgreSQL.
 * @throws AppError `database_other_version`, `database_init_failed`
 */
export async function prepareCluster(place: Place): Promise<void> {
  const version = await readFile(join(place.clusterDir, 'PG_VERSION'), 'utf8').catch(() => undefined)
  if (version === undefined) return createCluster(place)
  const major = Number.parseInt(version, 10)
  if (major === place.binaries.major) return
  throw new AppError(
    'database_other_version',
    `${place.clusterDir} was written by PostgreSQL ${version.trim()}, this Huiliu brings PostgreSQL ${place.binaries.major}, which cannot read it. Nothing was changed. Start the Huiliu version that wrote it and make a backup to restore here, or run a PostgreSQL ${version.trim()} server on it and set DATABASE_URL. 数据目录属于 PostgreSQL ${version.trim()}，当前版本为 ${place.binaries.major}：请用原版本导出后再导入，或设置 DATABASE_URL。`,
    { context: { found: major, expected: place.binaries.major } },
  )
}

async function createCluster(place: Place): Promise<void> {
  // Made beside and renamed: a kill during initdb must not leave half a cluster that looks like a whole one.
  const fresh = `${place.clusterDir}.new`
  const passwordFile = `${place.clusterDir}.password`
  await rm(fresh, { recursive: true, force: true })
  await mkdir(dirname(fresh), { recursive: true })
  await mkdir(fresh, { mode: 0o700 })
  await writeFile(passwordFile, place.record.password, { mode: 0o600 })
  if (place.user !== undefined) {
    await chown(fresh, place.user.uid, place.user.gid)
    await chown(passwordFile, place.user.uid, place.user.gid)
  }
  try {
    await initdb(place, fresh, passwordFile)
    await rename(fresh, place.clusterDir)
  } finally {
    await rm(passwordFile, { force: true })
  }
}

async function initdb(place: Place, folder: string, passwordFile: string): Promise<void> {
  const options = [
    ['--pgdata', folder],
    ['--username', databaseUserName],
    ['--auth', 'scram-sha-256'],
    ['--pwfile', passwordFile],
    ['--encoding', 'UTF8'],
    // The same order and letter case on every machine, whatever its locales.
    ['--locale', 'C'],
    ['--locale-provider', 'builtin'],
    ['--builtin-locale', 'C.UTF-8'],
  ]
  const child = spawn(
    join(place.binaries.root, 'bin', 'initdb'),
    options.map(([name, value]) => `${name}=${value}`),
    { cwd: '/', stdio: ['ignore', 'ignore', 'pipe'], env: postgresEnv(), ...asUser(place) },
  )
  const { code, errors } = await new Promise<{ code: number | null; errors: string }>((resolve) => {
    let text = ''
    child.stderr.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
    child.on('error', (error) => resolve({ code: null, errors: error.message }))
    child.on('close', (exit) => resolve({ code: exit, errors: text.trim() }))
  })
  if (code === 0) return
  throw new AppError(
    'database_init_failed',
    `PostgreSQL could not create its files in ${folder}: ${errors}. Free space, let this user write there, or set HUILIU_DATA or DATABASE_URL. 数据库初始化失败：请检查磁盘空间与目录权限，或设置 HUILIU_DATA / DATABASE_URL。`,
  )
}

/** Spawn options that make PostgreSQL run as its own OS user. */
export function asUser(place: Place): { uid?: number; gid?: number } {
  return place.user === undefined ? {} : { uid: place.user.uid, gid: place.user.gid }
}

/** PostgreSQL gets none of our environment (no PGPORT or PGDATA of somebody, no secrets), and speaks plain English. */
export function postgresEnv(): Record<string, string> {
  return { LC_ALL: 'C', TZ: 'UTC' }
}
