import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { AppError } from '#src/errors.ts'
import type { Place } from './place.ts'
import { askServer, livingPostmaster, spawnPostmaster, startLog } from './postmaster.ts'
import { writeRecord } from './record.ts'

export interface RunningServer {
  port: number
  /** The server was alive already: its Huiliu was killed. */
  adopted: boolean
}

/** A recovery after a crash reads the write-ahead log; minutes on a slow disk. */
const readyWithinMs = 120_000
const tries = 20

/**
 * Makes sure that the server of a prepared cluster runs: adopts a living one, else starts it on its persisted port,
 * or on another when that is taken. With `fixed`, only that port will do.
 * @throws AppError `database_start_failed`, `database_password_lost`
 */
export async function runServer(
  place: Place,
  settings: Record<string, string>,
  fixed?: { port: number },
): Promise<RunningServer> {
  const adopted = await adopt(place)
  if (adopted !== undefined) return adopted
  let port = fixed?.port ?? place.record.port ?? (await freePort())
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    if (fixed === undefined && (await isTaken(port))) port = await freePort()
    const result = await tryStart(place, port, settings)
    if (result === 'ready') {
      if (place.record.port !== port) await remember(place, port)
      return { port, adopted: false }
    }
    // Children of a killed server hold its port and shared memory until they notice.
    if (result === 'still-ending' || fixed !== undefined) await delay(250)
    else port = await freePort()
  }
  throw await startFailed(place)
}

/** The living server of a cluster, once it answers; undefined when there is none. */
export async function adopt(place: Pick<Place, 'clusterDir' | 'record'>): Promise<RunningServer | undefined> {
  for (let waited = 0; waited < readyWithinMs; waited += 50) {
    const running = await livingPostmaster(place.clusterDir)
    if (running === undefined) return undefined
    const answer = Number.isInteger(running.port)
      ? await askServer(place.record, running.port, place.clusterDir)
      : 'not-ready'
    if (answer === 'ready') return { port: running.port, adopted: true }
    if (answer === 'wrong-password') throw passwordLost(place.clusterDir)
    await delay(50)
  }
  throw new AppError(
    'database_start_failed',
    `The PostgreSQL server of ${place.clusterDir} runs but does not answer. Look at its log in ${place.clusterDir}/log, stop that process, and start again.`,
  )
}

async function tryStart(
  place: Place,
  port: number,
  settings: Record<string, string>,
): Promise<'ready' | 'port-taken' | 'still-ending'> {
  const child = await spawnPostmaster(place, port, settings)
  for (let waited = 0; waited < readyWithinMs; waited += 25) {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
      const said = await startLog(place)
      if (/could not bind|could not create any TCP/.test(said)) return 'port-taken'
      if (/pre-existing shared memory|lock file .* already exists/.test(said)) return 'still-ending'
      throw await startFailed(place)
    }
    const answer = await askServer(place.record, port, place.clusterDir)
    if (answer === 'ready') return 'ready'
    if (answer === 'wrong-password') {
      child.kill('SIGINT')
      throw passwordLost(place.clusterDir)
    }
    await delay(25)
  }
  child.kill('SIGQUIT')
  throw await startFailed(place)
}

async function remember(place: Place, port: number): Promise<void> {
  place.record.port = port
  await writeRecord(place.dataDir, place.record)
}

/** A port of 127.0.0.1 that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('a TCP server has no port')
  return address.port
}

function isTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(true))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(false)))
  })
}

async function startFailed(place: Place): Promise<AppError> {
  const said = (await startLog(place)).trim().split('\n').slice(-5).join(' | ')
  return new AppError(
    'database_start_failed',
    `PostgreSQL did not start: ${said || 'it said nothing'}. Its logs are in ${place.clusterDir}/log. Check free disk space and memory, or set DATABASE_URL. 数据库未能启动：请检查磁盘、内存与日志，或设置 DATABASE_URL。`,
  )
}

function passwordLost(clusterDir: string): AppError {
  return new AppError(
    'database_password_lost',
    `The password in database.json does not open the database in ${clusterDir}. Restore that database.json from a backup of the data directory. 数据库口令与 database.json 不符：请从备份恢复该文件。`,
  )
}
