import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { ApiFailure } from '../kernel/types.ts'
import type { KeptSnapshot } from './workbench-shapes.ts'

const mostKept = 20
const ending = '.json.gz'

export interface SnapshotShelf {
  /** Newest first. */
  list(): KeptSnapshot[]
  /** The parsed snapshot. @throws ApiFailure 404 */
  read(name: string): unknown
  /** Takes the place of one with the same name. @throws ApiFailure when the shelf is full */
  save(name: string, text: string): void
  remove(name: string): void
}

/** Named snapshots, compressed: files in `<folder>/snapshots`, or in memory without a folder. */
export function createSnapshotShelf(folder: string | null): SnapshotShelf {
  const kept = folder === null ? inMemory() : inFolder(join(folder, 'snapshots'))
  return {
    list: () => kept.list().toSorted((a, b) => b.savedAt - a.savedAt),
    read(name) {
      const bytes = kept.read(name)
      if (!bytes) throw new ApiFailure(404, `没有快照 ${name} no snapshot ${name}`, { status: 404 })
      return JSON.parse(gunzipSync(bytes).toString('utf8')) as unknown
    },
    save(name, text) {
      const isNew = kept.list().every((one) => one.name !== name)
      if (isNew && kept.list().length >= mostKept)
        throw new ApiFailure(400, `最多存 ${mostKept} 份，请先删除一些 at most ${mostKept} are kept`)
      kept.write(name, gzipSync(text, { level: 3 }))
    },
    remove: kept.remove,
  }
}

interface Place {
  list(): KeptSnapshot[]
  read(name: string): Buffer | undefined
  write(name: string, bytes: Buffer): void
  remove(name: string): void
}

function inMemory(): Place {
  const kept = new Map<string, { bytes: Buffer; savedAt: number }>()
  return {
    list: () => [...kept].map(([name, { bytes, savedAt }]) => ({ name, savedAt, bytes: bytes.length })),
    read: (name) => kept.get(name)?.bytes,
    write: (name, bytes) => void kept.set(name, { bytes, savedAt: Date.now() }),
    remove: (name) => void kept.delete(name),
  }
}

function inFolder(home: string): Place {
  const fileOf = (name: string) => join(home, name + ending)
  return {
    list: () =>
      (existsSync(home) ? readdirSync(home) : [])
        .filter((file) => file.endsWith(ending))
        .map((file) => {
          const { mtimeMs, size } = statSync(join(home, file))
          return { name: file.slice(0, -ending.length), savedAt: Math.round(mtimeMs), bytes: size }
        }),
    read: (name) => (existsSync(fileOf(name)) ? readFileSync(fileOf(name)) : undefined),
    write(name, bytes) {
      mkdirSync(home, { recursive: true, mode: 0o700 })
      const draft = `${fileOf(name)}.${process.pid}.tmp`
      writeFileSync(draft, bytes, { mode: 0o600 })
      renameSync(draft, fileOf(name))
    },
    remove: (name) => rmSync(fileOf(name), { force: true }),
  }
}
