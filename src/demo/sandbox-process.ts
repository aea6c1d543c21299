import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '#src/errors.ts'
import { isAlive, runs } from './process-of.ts'

/** Node otherwise collects the sandbox's garbage so late that a big world takes 360 MB instead of 260. */
export const sandboxNodeArgs: readonly string[] = ['--max-semi-space-size=4', '--heap-growing-percent=30']

export interface SandboxProcess {
  baseUrl: string
  /** False when a sandbox that was already there is used. */
  started: boolean
  /** Ends the sandbox, unless somebody else started it. */
  stop(): Promise<void>
}

export interface SandboxOptions {
  /** Entry file of the sandbox. */
  entry: string
  port: number
  /** Folder of the saved world. */
  dataDir: string
  logFile: string
}

const readyWithinMs = 30_000
const stopWithinMs = 3_000
const pidFile = (dataDir: string) => join(dataDir, 'sandbox.pid')
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

async function answers(baseUrl: string): Promise<boolean> {
  try {
    const response = await fetch(`${baseUrl}/_control/state`, { signal: AbortSignal.timeout(2_000) })
    return response.ok
  } catch {
    return false
  }
}

async function untilReady(child: ChildProcess, baseUrl: string, logFile: string): Promise<void> {
  const deadline = Date.now() + readyWithinMs
  while (Date.now() < deadline && child.exitCode === null && child.pid !== undefined) {
    if (await answers(baseUrl)) return
    await sleep(100)
  }
  child.kill('SIGTERM')
  throw new AppError(
    'sandbox_not_started',
    `The sandbox did not start${await lastWords(logFile)} See ${logFile}. 沙箱没有启动，请查看日志 ${logFile}。`,
  )
}

/** What it said last is usually the reason. */
async function lastWords(logFile: string): Promise<string> {
  const text = await readFile(logFile, 'utf8').catch(() => '')
  const last = text.trim().split('\n').at(-1) ?? ''
  return last === '' ? '.' : `: ${last.slice(0, 400)}`
}

async function endProcess(pid: number, dataDir: string): Promise<void> {
  if (isAlive(pid)) process.kill(pid, 'SIGTERM')
  const deadline = Date.now() + stopWithinMs
  while (isAlive(pid) && Date.now() < deadline) await sleep(25)
  if (isAlive(pid)) process.kill(pid, 'SIGKILL')
  await rm(pidFile(dataDir), { force: true })
}

/** The sandbox that was started for this data directory, while it lives: its pid and the file it runs are noted. */
async function ownPid(dataDir: string): Promise<number | undefined> {
  const text = await readFile(pidFile(dataDir), 'utf8').catch(() => '')
  const [first = '', entry = ''] = text.split('\n')
  const pid = Number.parseInt(first, 10)
  return Number.isInteger(pid) && (await runs(pid, entry)) ? pid : undefined
}

/** Ends the sandbox that an earlier run of this data directory left behind. */
export async function stopLeftover(dataDir: string): Promise<void> {
  const pid = await ownPid(dataDir)
  if (pid !== undefined) await endProcess(pid, dataDir)
}

/**
 * Starts the sandbox as a process of its own. It outlives a killed Huiliu, like the platforms it stands for, and the
 * next start goes on with it; the caller checks that it is the same world. A sandbox somebody started by hand on
 * this port is used too, and left running.
 */
export async function startSandbox(options: SandboxOptions): Promise<SandboxProcess> {
  const baseUrl = `http://127.0.0.1:${options.port}`
  // The world holds the keys of its app and shops.
  await mkdir(options.dataDir, { recursive: true, mode: 0o700 })
  const stop = async () => {
    const pid = await ownPid(options.dataDir)
    if (pid !== undefined) await endProcess(pid, options.dataDir)
  }
  if (await answers(baseUrl)) return { baseUrl, started: false, stop }
  const log = openSync(options.logFile, 'a', 0o600)
  const child = spawn(process.execPath, [...sandboxNodeArgs, options.entry], {
    stdio: ['ignore', log, log],
    // Its own group: Ctrl-C reaches only us, and we stop it after ourselves.
    detached: true,
    env: { SANDBOX_PORT: String(options.port), SANDBOX_DATA: options.dataDir },
  })
  closeSync(log)
  child.unref()
  // One that cannot be started has no pid, which untilReady tells; its error must not end us.
  child.once('error', () => undefined)
  if (child.pid !== undefined) await writeFile(pidFile(options.dataDir), `${child.pid}\n${options.entry}\n`)
  await untilReady(child, baseUrl, options.logFile)
  return { baseUrl, started: true, stop }
}
