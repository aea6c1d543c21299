import { type ChildProcess, spawn } from 'node:child_process'
import { open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'
import { asUser, postgresEnv } from './cluster.ts'
import type { Place } from './place.ts'
import { type DatabaseRecord, embeddedUrl } from './record.ts'

/** What PostgreSQL itself writes about the server of a cluster (`postmaster.pid`). */
export interface Postmaster {
  pid: number
  port: number
}

/** The living server of a cluster; undefined: none, or only the file that a killed one left behind. */
export async function livingPostmaster(clusterDir: string): Promise<Postmaster | undefined> {
  const lines = (await readFile(join(clusterDir, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')
  const pid = Number(lines[0])
  const port = Number(lines[3])
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return undefined
  if (!(await isPostgres(pid))) {
    // The number went to another program after a crash (usual in containers). PostgreSQL would refuse to start.
    await rm(join(clusterDir, 'postmaster.pid'), { force: true })
    return undefined
  }
  return { pid, port }
}

/** Starts the server as a process of its own: neither Ctrl-C in our terminal nor our death reaches it. */
export async function spawnPostmaster(
  place: Place,
  port: number,
  settings: Record<string, string>,
): Promise<ChildProcess> {
  const log = await open(startLogOf(place), 'w', 0o600)
  try {
    const all = { ...defaults, ...settings, port: String(port) }
    const child = spawn(
      join(place.binaries.root, 'bin', 'postgres'),
      ['-D', place.clusterDir, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      { cwd: '/', detached: true, stdio: ['ignore', log.fd, log.fd], env: postgresEnv(), ...asUser(place) },
    )
    child.on('error', () => undefined)
    child.unref()
    return child
  } finally {
    await log.close()
  }
}

/** Everything the server said until its own log took over. */
export async function startLog(place: Place): Promise<string> {
  return readFile(startLogOf(place), 'utf8').catch(() => '')
}

/**
 * Clean and fast: open transactions are rolled back. After 4 s it is ended hard, which costs a recovery at the next
 * start and no committed data.
 */
export async function stopPostmaster(clusterDir: string): Promise<void> {
  const running = await livingPostmaster(clusterDir)
  if (running === undefined) return
  signal(running.pid, 'SIGINT')
  if (await isGone(clusterDir, running.pid, 4000)) return
  signal(running.pid, 'SIGQUIT')
  await isGone(clusterDir, running.pid, 1000)
}

export type Answer = 'ready' | 'not-ready' | 'other-server' | 'wrong-password'

/** Whether the server of this cluster, and no other, answers on a port. */
export async function askServer(record: DatabaseRecord, port: number, clusterDir: string): Promise<Answer> {
  const client = new Client({
    connectionString: embeddedUrl(record, port, 'postgres'),
    connectionTimeoutMillis: 3000,
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query("select current_setting('data_directory') as folder")
    return rows[0]?.folder === clusterDir ? 'ready' : 'other-server'
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === '28P01'
      ? 'wrong-password'
      : 'not-ready'
  } finally {
    await client.end().catch(() => undefined)
  }
}

const defaults: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '128MB',
  synchronous_commit: 'on',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  logging_collector: 'on',
  log_directory: 'log',
  log_filename: 'postgresql-%w.log',
  log_rotation_age: '1d',
  log_rotation_size: '0',
  log_truncate_on_rotation: 'on',
}

function startLogOf(place: Place): string {
  return join(place.dataDir, 'database-start.log')
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

async function isPostgres(pid: number): Promise<boolean> {
  if (process.platform !== 'linux') return true
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined)
  // A zombie has an empty command line.
  return command === undefined ? isAlive(pid) : command.includes('postgres')
}

function signal(pid: number, name: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, name)
  } catch {
    // It ended by itself.
  }
}

/** The pid file is the last thing the server removes; a dead parent may leave the process itself as a zombie. */
async function isGone(clusterDir: string, pid: number, withinMs: number): Promise<boolean> {
  for (let waited = 0; waited < withinMs; waited += 20) {
    const running = await livingPostmaster(clusterDir)
    if (running?.pid !== pid) return true
    await delay(20)
  }
  return false
}
