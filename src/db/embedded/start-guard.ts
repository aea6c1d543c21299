import { createHash } from 'node:crypto'
import { realpath, unlink } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface StartGuard {
  release(): Promise<void>
}

/**
 * Keeps two processes from creating or starting the same database at the same moment. A listening local socket is
 * the lock because the system frees it however the process ends. Null: another process holds it.
 */
export async function holdStartGuard(dataDir: string): Promise<StartGuard | null> {
  const address = guardAddress(await realpath(dataDir))
  const server = (await listen(address)) ?? (await takeOverStale(address))
  if (server === null) return null
  server.unref()
  return { release: () => new Promise((resolve) => server.close(() => resolve())) }
}

function guardAddress(dataDir: string): string {
  const id = `huiliu-${createHash('sha256').update(dataDir).digest('hex').slice(0, 24)}`
  if (process.platform === 'linux') return `\0${id}`
  return process.platform === 'win32' ? `\\\\.\\pipe\\${id}` : join(tmpdir(), `${id}.sock`)
}

function listen(address: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', (error) => {
      if ('code' in error && error.code === 'EADDRINUSE') resolve(null)
      else reject(error)
    })
    server.listen(address, () => resolve(server))
  })
}

/** Where sockets are files (macOS), a killed process leaves its file; nobody answers on it. */
async function takeOverStale(address: string): Promise<Server | null> {
  if (process.platform === 'linux' || process.platform === 'win32') return null
  const answered = await new Promise<boolean>((resolve) => {
    const socket = connect(address, () => resolve(true)).once('error', () => resolve(false))
    socket.once('close', () => socket.destroy())
  })
  if (answered) return null
  await unlink(address).catch(() => undefined)
  return listen(address)
}
