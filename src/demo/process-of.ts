import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** The command line of a process; '' when there is none, or it may not be seen. */
async function commandOf(pid: number): Promise<string> {
  try {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ')
  } catch {
    // Systems without /proc.
    const listed = await run('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).catch(() => undefined)
    return listed?.stdout ?? ''
  }
}

/** Whether the process runs this file. A pid alone tells nothing: after a restart of the machine it may be anybody's. */
export async function runs(pid: number, entry: string): Promise<boolean> {
  return isAlive(pid) && entry !== '' && (await commandOf(pid)).includes(entry)
}
