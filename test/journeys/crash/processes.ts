/** The sandbox and the product as processes of their own; every one of them is ended by its pid. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'

const checkout = new URL('../../..', import.meta.url).pathname
const pollMs = 50

/** A port nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')
  return address.port
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

export interface Running {
  readonly pid: number
  /** Resolves when the process has ended, however it did. */
  readonly ended: Promise<void>
  isRunning(): boolean
  /** Sends the signal and waits for the end; SIGKILL after `patienceMs`. */
  end(signal: NodeJS.Signals, patienceMs?: number): Promise<void>
}

interface Program {
  args: readonly string[]
  env: Record<string, string>
  logFile: string
}

function run(program: Program): Running {
  const log = openSync(program.logFile, 'a')
  // Only what every program needs: no connection variable of the caller may choose another mode.
  const { PATH = '', HOME = '', TMPDIR = '' } = process.env
  const child: ChildProcess = spawn(process.execPath, program.args, {
    cwd: checkout,
    stdio: ['ignore', log, log],
    env: { PATH, HOME, ...(TMPDIR === '' ? {} : { TMPDIR }), ...program.env },
  })
  const ended = once(child, 'exit').then(() => undefined)
  const isRunning = () => child.exitCode === null && child.signalCode === null
  return {
    pid: child.pid ?? -1,
    ended,
    isRunning,
    async end(signal, patienceMs = 10_000) {
      if (!isRunning()) return
      child.kill(signal)
      const late = setTimeout(() => child.kill('SIGKILL'), patienceMs)
      await ended
      clearTimeout(late)
    },
  }
}

export interface Ground {
  /** Folder of this run: sandbox state, product data, logs. */
  dir: string
  productPort: number
  sandboxPort: number
  seed: number
}

export const sandboxUrl = (ground: Ground) => `http://127.0.0.1:${ground.sandboxPort}`
export const productUrl = (ground: Ground) => `http://127.0.0.1:${ground.productPort}`
export const productData = (ground: Ground) => join(ground.dir, 'product')

export function startSandboxProcess(ground: Ground): Running {
  return run({
    args: ['sandbox/main.ts'],
    env: {
      SANDBOX_PORT: String(ground.sandboxPort),
      SANDBOX_DATA: join(ground.dir, 'world'),
      SANDBOX_SEED: String(ground.seed),
      SANDBOX_ORDERS_PER_MINUTE: '0',
    },
    logFile: join(ground.dir, 'sandbox.out'),
  })
}

/** The product as `npm start` runs it; in demo it uses the sandbox that already listens on the port. */
export function startProduct(ground: Ground): Running {
  return run({
    args: ['bin/huiliu.mjs', 'start'],
    env: {
      HUILIU_DATA: productData(ground),
      PORT: String(ground.productPort),
      SANDBOX_PORT: String(ground.sandboxPort),
    },
    logFile: join(ground.dir, 'product.out'),
  })
}

/** Waits until `url` answers 200; false when the time is up or `process` has ended. */
export async function answersWithin(url: string, ms: number, process: Running): Promise<boolean> {
  const deadline = Date.now() + ms
  while (Date.now() < deadline && process.isRunning()) {
    const ok = await fetch(url, { signal: AbortSignal.timeout(1_000) }).then(
      async (response) => {
        await response.arrayBuffer()
        return response.ok
      },
      () => false,
    )
    if (ok) return true
    await pause(pollMs)
  }
  return false
}

/** A killed product leaves its PostgreSQL running; this ends what the data directory names. */
export async function endLeftDatabase(ground: Ground): Promise<void> {
  const data = productData(ground)
  const record = await readFile(join(data, 'database.json'), 'utf8').catch(() => '{}')
  const { elsewhere } = JSON.parse(record) as { elsewhere?: string }
  const pidText = await readFile(join(elsewhere ?? data, 'postgres/postmaster.pid'), 'utf8').catch(() => '')
  const pid = Number.parseInt(pidText, 10)
  if (!Number.isInteger(pid) || pid <= 1) return
  // SIGINT: PostgreSQL's fast shutdown.
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (!isAlive(pid)) return
    process.kill(pid, signal)
    for (let waited = 0; waited < 5_000 && isAlive(pid); waited += pollMs) await pause(pollMs)
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
