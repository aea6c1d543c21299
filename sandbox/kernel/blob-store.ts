import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Uploaded bytes, kept beside the saved world and never inside its JSON. */
export interface Blobs {
  write(key: string, bytes: Buffer): void
  /** undefined: unknown, or lost with a world that is kept in memory only. */
  read(key: string): Buffer | undefined
  remove(key: string): void
}

export interface BlobStore extends Blobs {
  clear(): void
  /** All of them as base64, for a snapshot. */
  all(): Record<string, string>
  /** Throws all away and keeps these instead. */
  replace(blobs: Record<string, string>): void
}

/** One file per key in `<folder>/blobs`; null keeps them in memory. Keys are letters, digits, dashes and underscores. */
export function createBlobStore(folder: string | null): BlobStore {
  if (folder === null) return inMemory()
  const home = join(folder, 'blobs')
  const fileOf = (key: string) => join(home, checked(key))
  const store: BlobStore = {
    write(key, bytes) {
      mkdirSync(home, { recursive: true, mode: 0o700 })
      const draft = `${fileOf(key)}.${process.pid}.tmp`
      writeFileSync(draft, bytes, { mode: 0o600 })
      renameSync(draft, fileOf(key))
    },
    read: (key) => (existsSync(fileOf(key)) ? readFileSync(fileOf(key)) : undefined),
    remove: (key) => rmSync(fileOf(key), { force: true }),
    clear: () => rmSync(home, { recursive: true, force: true }),
    all() {
      const keys = (existsSync(home) ? readdirSync(home) : []).filter((name) => !name.endsWith('.tmp'))
      return Object.fromEntries(keys.map((key) => [key, readFileSync(fileOf(key)).toString('base64')]))
    },
    replace(blobs) {
      store.clear()
      writeAll(store, blobs)
    },
  }
  return store
}

function writeAll(store: Blobs, blobs: Record<string, string>): void {
  for (const [key, text] of Object.entries(blobs)) store.write(key, Buffer.from(text, 'base64'))
}

function inMemory(): BlobStore {
  const kept = new Map<string, Buffer>()
  const store: BlobStore = {
    write: (key, bytes) => void kept.set(checked(key), bytes),
    read: (key) => kept.get(key),
    remove: (key) => void kept.delete(key),
    clear: () => kept.clear(),
    all: () => Object.fromEntries([...kept].map(([key, bytes]) => [key, bytes.toString('base64')])),
    replace(blobs) {
      kept.clear()
      writeAll(store, blobs)
    },
  }
  return store
}

function checked(key: string): string {
  if (!/^[\w-]{1,120}$/.test(key)) throw new Error(`Blob key "${key}" must be letters, digits, - and _`)
  return key
}
