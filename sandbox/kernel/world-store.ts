import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { WorldParts } from './snapshot.ts'

interface Part {
  data: Record<string, unknown>
  initial: () => object
}

const saveDelayMs = 400
const longestDelayMs = 5_000

export interface WorldStore {
  state<T extends object>(name: string, initial: () => T): T
  changed(name: string): void
  /** Writes what changed, now. */
  save(): void
  /** Refills every part in place from its `initial`. */
  reset(): void
  /** Every part as it is now, also those of a loaded world that nobody has asked for yet. */
  parts(): WorldParts
  /** Refills every part in place from another world; parts it lacks start anew. Returns what puts the old world back. */
  replace(parts: WorldParts): () => void
  close(): void
}

/**
 * One JSON file per part in `folder` (null keeps everything in memory). Only changed parts are written, under another
 * name first, so a killed process leaves the previous file whole.
 */
export function createWorldStore(
  folder: string | null,
  onChange: (name: string) => void = () => undefined,
  start?: WorldParts,
): WorldStore {
  /** Parts of a loaded world that no part of the sandbox has asked for yet. */
  let unclaimed: WorldParts = start ?? {}
  const parts = new Map<string, Part>()
  const dirty = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let lastSaveMs = 0

  const save = () => {
    clearTimeout(timer)
    timer = undefined
    if (folder === null) return dirty.clear()
    const started = performance.now()
    for (const name of dirty) writePart(folder, name, parts.get(name)?.data)
    dirty.clear()
    lastSaveMs = performance.now() - started
  }
  const changed = (name: string) => {
    dirty.add(name)
    onChange(name)
    if (folder === null || timer) return
    // A huge world takes long to write; saving it twice a second would starve the answers.
    timer = setTimeout(save, Math.min(longestDelayMs, Math.max(saveDelayMs, lastSaveMs * 10)))
    timer.unref()
  }

  return {
    state<T extends object>(name: string, initial: () => T): T {
      const known = parts.get(name)
      if (known) return known.data as T
      const claimed = unclaimed[name]
      delete unclaimed[name]
      // A world given at the start takes the place of the saved one.
      const loaded = start || claimed ? claimed : folder === null ? undefined : readPart(folder, name)
      const data = (loaded ?? initial()) as Record<string, unknown>
      parts.set(name, { data, initial })
      if (!loaded || claimed) changed(name)
      return data as T
    },
    changed,
    save,
    reset() {
      // Parts of the old world that nobody has asked for yet must not come back later.
      if (folder !== null) removeParts(folder)
      unclaimed = {}
      for (const [name, part] of parts) {
        refill(part.data, part.initial())
        changed(name)
      }
    },
    parts: () => ({
      ...unclaimed,
      ...Object.fromEntries([...parts].map(([name, { data }]) => [name, data])),
    }),
    replace(world) {
      const before = [...parts].map(([name, { data }]) => [name, { ...data }] as const)
      const unclaimedBefore = unclaimed
      unclaimed = Object.fromEntries(Object.entries(world).filter(([name]) => !parts.has(name)))
      for (const [name, part] of parts) {
        refill(part.data, world[name] ?? part.initial())
        changed(name)
      }
      return () => {
        unclaimed = unclaimedBefore
        for (const [name, data] of before) {
          refill(parts.get(name)?.data ?? {}, data)
          changed(name)
        }
      }
    },
    close: save,
  }
}

/** In place, so that references held by parts stay good. */
function refill(data: Record<string, unknown>, content: object): void {
  for (const key of Object.keys(data)) delete data[key]
  Object.assign(data, content)
}

function removeParts(folder: string): void {
  for (const file of existsSync(folder) ? readdirSync(folder) : []) {
    if (file.endsWith('.json')) rmSync(join(folder, file), { force: true })
  }
}

function fileOf(folder: string, name: string): string {
  if (!/^[a-z0-9][a-z0-9-]*$/i.test(name))
    throw new Error(`State name "${name}" must be letters, digits and dashes`)
  return join(folder, `${name}.json`)
}

function readPart(folder: string, name: string): Record<string, unknown> | undefined {
  const file = fileOf(folder, name)
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Error(`Saved sandbox world is unreadable: ${file}. Delete the folder to start a new world.`, {
      cause,
    })
  }
}

function writePart(folder: string, name: string, data: unknown): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = fileOf(folder, name)
  const draft = `${file}.${process.pid}.tmp`
  try {
    writeFileSync(draft, JSON.stringify(data), { mode: 0o600 })
    renameSync(draft, file)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}
