import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createAutosave } from './autosave.ts'
import type { WorldParts } from './snapshot.ts'

interface Part {
  data: Record<string, unknown>
  initial: () => object
}

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
 * One JSON file per part in `folder` (null keeps everything in memory). Only changed parts are written, soon after they
 * changed, big ones in slices.
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
  const autosave = createAutosave(folder, {
    dirty,
    fileOf: (name) => fileOf(folder ?? '', name),
    dataOf: (name) => parts.get(name)?.data ?? unclaimed[name],
  })
  /** Saved parts that nobody has asked for since the start. */
  const onDisk = (): WorldParts => {
    const names = (folder !== null && existsSync(folder) ? readdirSync(folder) : [])
      .filter((file) => file.endsWith('.json'))
      .map((file) => file.slice(0, -'.json'.length))
      .filter((name) => !parts.has(name))
    return Object.fromEntries(names.map((name) => [name, readPart(folder ?? '', name) ?? {}]))
  }
  const save = () => {
    if (folder === null) dirty.clear()
    else autosave.now()
  }
  const changed = (name: string) => {
    dirty.add(name)
    onChange(name)
    if (folder !== null) autosave.soon(name)
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
      autosave.abandon()
      if (folder !== null) removeParts(folder)
      unclaimed = {}
      for (const [name, part] of parts) {
        refill(part.data, part.initial())
        changed(name)
      }
    },
    parts: () => ({
      ...onDisk(),
      ...unclaimed,
      ...Object.fromEntries([...parts].map(([name, { data }]) => [name, data])),
    }),
    replace(world) {
      const before = [...parts].map(([name, { data }]) => [name, { ...data }] as const)
      const unclaimedBefore = { ...onDisk(), ...unclaimed }
      autosave.abandon()
      if (folder !== null) removeParts(folder)
      unclaimed = Object.fromEntries(Object.entries(world).filter(([name]) => !parts.has(name)))
      for (const name of Object.keys(unclaimed)) changed(name)
      for (const [name, part] of parts) {
        refill(part.data, world[name] ?? part.initial())
        changed(name)
      }
      return () => {
        unclaimed = unclaimedBefore
        for (const name of Object.keys(unclaimed)) changed(name)
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
    if (/\.json$|\.json\..*tmp$/.test(file)) rmSync(join(folder, file), { force: true })
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
