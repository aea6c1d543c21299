import { resolve } from 'node:path'
import { Client } from 'pg'
import { AppError } from '#src/errors.ts'
import { prepareCluster } from './cluster.ts'
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
  /** Told what the person who starts Huiliu should know, in whole sentences. */
  say?: Say
  /** PostgreSQL settings on top of ours. */
  settings?: Record<string, string>
}

/** Session lock in the database `postgres`: who has it is the Huiliu of this data directory. */
const ownerLock = 7_411_002

/**
 * Starts the PostgreSQL of a data directory, or adopts the one that a killed Huiliu left running.
 * @throws AppError `database_in_use` when another Huiliu runs on it; `database_other_version` and other
 *   `database_…` codes, each with its remedy
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const dataDir = resolve(options.dataDir)
  const say = options.say ?? (() => undefined)
  const place = await preparePlace(dataDir, say)
  const guard = await holdStartGuard(dataDir)
  if (guard === null) throw inUse(dataDir)
  try {
    await prepareCluster(place)
    const running = await runServer(place, options.settings ?? {})
    const owner = await own(place, running.port)
    if (running.adopted) say(`A PostgreSQL server left running on port ${running.port} was taken over.`)
    return serverHandle(place, owner, running)
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

function serverHandle(
  place: Place,
  owner: Client,
  running: { port: number; adopted: boolean },
): EmbeddedServer {
  let stopping: Promise<void> | undefined
  const stop = async () => {
    // Stopped while the lock is still held, so that no other start takes the server over in between.
    await stopPostmaster(place.clusterDir)
    await owner.end().catch(() => undefined)
  }
  return {
    url: embeddedUrl(place.record, running.port, databaseName),
    adopted: running.adopted,
    stop: () => {
      stopping ??= stop()
      return stopping
    },
  }
}

/** Takes the lock that says "a Huiliu runs here", and creates our database when it is not there yet. */
async function own(place: Place, port: number): Promise<Client> {
  const client = new Client({
    connectionString: embeddedUrl(place.record, port, 'postgres'),
    application_name: 'huiliu-owner',
    keepAlive: true,
  })
  client.on('error', () => undefined)
  await client.connect()
  const { rows } = await client.query('select pg_try_advisory_lock($1) as taken', [ownerLock])
  if (rows[0]?.taken !== true) {
    await client.end()
    throw inUse(place.dataDir)
  }
  const found = await client.query('select 1 from pg_database where datname = $1', [databaseName])
  if (found.rowCount === 0) await client.query(`create database ${databaseName}`)
  return client
}

function inUse(dataDir: string): AppError {
  return new AppError(
    'database_in_use',
    `Another Huiliu is running on ${dataDir}. Stop it first, or give this one a data directory of its own (HUILIU_DATA). 另一个汇流正在使用该数据目录：请先停止它，或用 HUILIU_DATA 指定别的目录。`,
    { context: { dataDir } },
  )
}
