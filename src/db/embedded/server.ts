import { mkdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { AppError, messageOf } from '#src/errors.ts'
import { prepareCluster } from './cluster.ts'
import { inUse, type Ownership, takeOwnership } from './owner.ts'
import { clusterDirOf, type Place, preparePlace, type Say } from './place.ts'
import { askServer, livingPostmaster, stopPostmaster } from './postmaster.ts'
import { databaseName, embeddedUrl, readRecord } from './record.ts'
import { runServer } from './run-server.ts'
import { holdStartGuard } from './start-guard.ts'

export interface EmbeddedServer {
  /** Connection string of Huiliu's database on it. */
  readonly url: string
  /** The server was alive already, left over by a Huiliu that was killed. */
  readonly adopted: boolean
  /** Ends the server within 5 s. Close every pool first. Safe to call twice. */
  stop(): Promise<void>
}

export interface EmbeddedOptions {
  dataDir: string
  /** Told what the person who runs Huiliu should know, in whole sentences. */
  say?: Say
  /** PostgreSQL settings on top of ours. */
  settings?: Record<string, string>
  /** Where programs and files go that the OS user `postgres` could not reach; `/var/lib/huiliu` when absent. */
  sharedFolder?: string
  /** Told when the server died and belongs to another Huiliu now: this one must end. */
  onLost?: (error: AppError) => void
}

/**
 * Starts the PostgreSQL of a data directory, or adopts the one that a killed Huiliu left running; starts it again
 * whenever it dies.
 * @throws AppError `database_in_use` when another Huiliu runs on it; `database_other_version` and other
 *   `database_…` codes, each with its remedy
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const dataDir = resolve(options.dataDir)
  const say = options.say ?? (() => undefined)
  await mkdir(dataDir, { recursive: true, mode: 0o711 })
  const guard = await holdStartGuard(dataDir)
  if (guard === null) throw inUse(dataDir)
  try {
    const place = await preparePlace(dataDir, { ...options, say })
    await prepareCluster(place)
    const running = await runServer(place, options.settings ?? {})
    const ownership = await takeOwnership(place, running.port)
    if (running.adopted)
      say(
        `The PostgreSQL server that a killed Huiliu left running (port ${running.port}) was taken over. 已接管上次异常退出后仍在运行的数据库。`,
      )
    const stop = keepRunning({ place, say, port: running.port, options }, ownership)
    return { url: embeddedUrl(place.record, running.port, databaseName), adopted: running.adopted, stop }
  } finally {
    await guard.release()
  }
}

/**
 * Connection string of the database that a running Huiliu keeps in this data directory; undefined when none runs.
 * For commands beside the running product: they attach, and never stop it.
 */
export async function findEmbedded(dataDir: string): Promise<string | undefined> {
  const record = await readRecord(resolve(dataDir))
  if (record === undefined) return undefined
  const clusterDir = clusterDirOf(resolve(dataDir), record)
  const running = await livingPostmaster(clusterDir)
  if (running === undefined) return undefined
  const answer = await askServer(record, running.port, clusterDir)
  return answer === 'ready' ? embeddedUrl(record, running.port, databaseName) : undefined
}

/**
 * Removes the database of a data directory for good, wherever its files are.
 * @throws AppError `database_in_use` when a Huiliu runs on it
 */
export async function eraseEmbedded(options: EmbeddedOptions): Promise<void> {
  const dataDir = resolve(options.dataDir)
  const record = await readRecord(dataDir)
  if (record === undefined) return
  const clusterDir = clusterDirOf(dataDir, record)
  if ((await livingPostmaster(clusterDir)) !== undefined) {
    // Only its owner may end it: an orphan is adopted first, a running Huiliu refuses that.
    const server = await startEmbedded(options)
    await server.stop()
  }
  const guard = await holdStartGuard(dataDir)
  if (guard === null) throw inUse(dataDir)
  try {
    await rm(clusterDir, { recursive: true, force: true })
    if (record.elsewhere !== undefined) await rm(record.elsewhere, { recursive: true, force: true })
    await rm(join(dataDir, 'database.json'), { force: true })
  } finally {
    await guard.release()
  }
}

interface Supervision {
  place: Place
  say: Say
  port: number
  options: EmbeddedOptions
}

/** Starts the server again when it dies; returns what stops it. */
function keepRunning(supervision: Supervision, first: Ownership): () => Promise<void> {
  let ownership: Ownership | undefined = first
  let stopping: Promise<void> | undefined
  const supervise = async () => {
    for (;;) {
      await ownership?.ended
      if (stopping !== undefined) return
      ownership = undefined
      ownership = await startAgain(supervision, () => stopping !== undefined)
      if (ownership === undefined) return
    }
  }
  const supervised = supervise()
  const stop = async () => {
    // Stopped while the lock is still held, so that no other start takes the server over in between.
    await stopPostmaster(supervision.place.clusterDir)
    await ownership?.release()
    await supervised
  }
  return () => {
    stopping ??= stop()
    return stopping
  }
}

/** Pools know the server by its port, so it must come back on the same one. */
async function startAgain(
  { place, say, port, options }: Supervision,
  isStopping: () => boolean,
): Promise<Ownership | undefined> {
  say(`PostgreSQL ended by itself and is started again. 数据库意外退出，正在重新启动。`)
  for (let failures = 0; !isStopping(); failures += 1) {
    try {
      await runServer(place, options.settings ?? {}, { port })
      const ownership = await takeOwnership(place, port)
      if (!isStopping()) return ownership
      await stopPostmaster(place.clusterDir)
      await ownership.release()
      return undefined
    } catch (error) {
      if (error instanceof AppError && error.code === 'database_in_use') {
        options.onLost?.(error)
        return undefined
      }
      say(`PostgreSQL could not be started again: ${messageOf(error)}`)
      await delay(Math.min(5000, 100 * 2 ** failures))
    }
  }
  return undefined
}
