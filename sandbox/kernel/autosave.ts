import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { writePart, writePartInSlices } from './save-part.ts'

const saveDelayMs = 400
const longestDelayMs = 5_000
/** Parts that took more characters than this last time are written in slices. */
const bigPart = 512 * 1024
/** A part that keeps changing while it is written is written at once after so many tries. */
const mostTries = 4

interface Store {
  /** Names of changed parts; a name leaves when its part is on disk. */
  dirty: Set<string>
  fileOf(name: string): string
  dataOf(name: string): unknown
}

export interface Autosave {
  /** A part changed: it is saved soon. */
  soon(name: string): void
  /** Saves everything that changed before it returns. */
  now(): void
  /** Forgets a save under way: the world is another one now. */
  abandon(): void
}

/**
 * Saves changed parts without holding up answers: small ones together in one go, so that they belong together after a
 * kill, then big ones in slices.
 */
export function createAutosave(folder: string | null, store: Store): Autosave {
  const sizes = new Map<string, number>()
  const versions = new Map<string, number>()
  const tries = new Map<string, number>()
  let timer: NodeJS.Timeout | undefined
  let epoch = 0
  let isBusy = false
  if (folder !== null) removeDrafts(folder)

  const write = (name: string) => {
    const data = store.dataOf(name)
    if (folder !== null && data !== undefined) sizes.set(name, writePart(store.fileOf(name), folder, data))
    tries.delete(name)
    store.dirty.delete(name)
  }
  const isBig = (name: string) => (sizes.get(name) ?? 0) > bigPart && (tries.get(name) ?? 0) < mostTries
  const writeSlowly = async (name: string) => {
    const mine = epoch
    const version = versions.get(name)
    const isStale = () => epoch !== mine || versions.get(name) !== version
    const bytes = await writePartInSlices(store.fileOf(name), store.dataOf(name), isStale)
    if (bytes === undefined) tries.set(name, (tries.get(name) ?? 0) + 1)
    else {
      sizes.set(name, bytes)
      tries.delete(name)
      store.dirty.delete(name)
    }
  }
  const saveGently = async () => {
    timer = undefined
    if (isBusy) return
    isBusy = true
    const startedAt = performance.now()
    try {
      for (const name of [...store.dirty].filter((one) => !isBig(one))) write(name)
      for (const name of [...store.dirty]) await writeSlowly(name)
    } catch (error) {
      process.emitWarning(`沙箱存不下世界 the world could not be saved: ${String(error)}`)
    } finally {
      isBusy = false
      if (store.dirty.size > 0) arm(performance.now() - startedAt)
    }
  }
  /** A huge world takes long to write; saving it twice a second would starve the answers. */
  const arm = (lastMs: number) => {
    timer ??= setTimeout(saveGently, Math.min(longestDelayMs, Math.max(saveDelayMs, lastMs * 4))).unref()
  }
  return {
    soon(name) {
      versions.set(name, (versions.get(name) ?? 0) + 1)
      if (!isBusy) arm(0)
    },
    now() {
      clearTimeout(timer)
      timer = undefined
      epoch++
      for (const name of [...store.dirty]) write(name)
    },
    abandon() {
      epoch++
      sizes.clear()
    },
  }
}

/** What a killed process left half written. */
function removeDrafts(folder: string): void {
  for (const file of existsSync(folder) ? readdirSync(folder) : []) {
    if (/\.json\..*tmp$/.test(file)) rmSync(join(folder, file), { force: true })
  }
}
