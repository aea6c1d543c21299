import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export interface EmbeddedProcess {
  child: ChildProcess
  /** First line it said: `ready …` or `failed <code>`. */
  outcome: Promise<string>
  /** Everything it said to the person who started it. */
  said(): string
  /** Kills it and waits for its end. */
  end(signal: NodeJS.Signals): Promise<void>
}

export interface EmbeddedProcessOptions {
  dataDir: string
  sharedFolder?: string
  /** Checkout it is run from; ours when absent. */
  checkout?: string
  uid?: number
  gid?: number
}

const ours = new URL('../..', import.meta.url).pathname

/** Runs `run-embedded.ts` as a process of its own. */
export function startEmbeddedProcess(options: EmbeddedProcessOptions): EmbeddedProcess {
  const script = join(options.checkout ?? ours, 'test/support/run-embedded.ts')
  const args = [script, options.dataDir, ...(options.sharedFolder ? [options.sharedFolder] : [])]
  const identity = options.uid === undefined ? {} : { uid: options.uid, gid: options.gid ?? options.uid }
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], cwd: '/', ...identity })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  const outcome = once(createInterface(child.stdout), 'line').then(([line]) => String(line))
  const failed = once(child, 'close').then(() => `failed without a word: ${said}`)
  return {
    child,
    outcome: Promise.race([outcome, failed]),
    said: () => said,
    end: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill(signal)
      await ended
    },
  }
}

/** A temporary data directory that the OS user `postgres` can reach too. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'huiliu-embedded-'))
  await chmod(folder, 0o711)
  return folder
}
