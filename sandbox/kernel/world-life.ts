import type { BlobStore } from './blob-store.ts'
import type { ControlledClock } from './clock.ts'
import type { seedState } from './random.ts'
import { readSnapshot, writeSnapshot } from './snapshot.ts'
import { ApiFailure, type AppIdentity, type SandboxSettings } from './types.ts'
import type { WorldStore } from './world-store.ts'

/** The kernel's own part of a world. */
export interface World {
  /** Of the saved parts. */
  format: number
  identity: AppIdentity
  settings: SandboxSettings
  clockOffset: number
  /** Sandbox time a frozen clock shows; null: it runs. */
  frozenAt: number | null
  story: ReturnType<typeof seedState>
  ids: ReturnType<typeof seedState>
}

interface Parts {
  world: World
  store: WorldStore
  blobs: BlobStore
  clock: ControlledClock
  /** A new world of this seed. */
  fresh(seed: number | undefined): World
  start(): Promise<void>
  /** Forgets what is not part of a world: spent budgets. */
  forget(): void
  keepTime(): void
  /** The app is another one now. */
  appChanged(): void
}

/** Taking, loading and throwing away whole worlds; one at a time, because two resets at once would seed one world twice. */
export function createWorldLife(parts: Parts) {
  let last: Promise<unknown> = Promise.resolve()
  const oneAtATime = <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work)
    last = done.catch(() => undefined)
    return done
  }
  return {
    snapshot: () =>
      writeSnapshot({ parts: parts.store.parts(), blobs: parts.blobs.all() }, parts.clock.now()),
    restore: (snapshot: unknown) => oneAtATime(() => restore(parts, snapshot)),
    reset: (seed: number | undefined) => oneAtATime(() => reset(parts, seed)),
  }
}

async function restore(parts: Parts, value: unknown): Promise<void> {
  const { world, store, blobs, clock } = parts
  const snapshot = readSnapshot(value)
  const before = {
    now: clock.now(),
    frozen: clock.isFrozen(),
    appId: world.identity.appId,
    blobs: blobs.all(),
  }
  clock.cancelAll()
  parts.forget()
  const undo = store.replace(snapshot.parts)
  blobs.replace(snapshot.blobs)
  clock.set(snapshot.now, (world.frozenAt ?? null) !== null)
  try {
    await parts.start()
  } catch (error) {
    clock.cancelAll()
    undo()
    blobs.replace(before.blobs)
    clock.set(before.now, before.frozen)
    await parts.start()
    throw new ApiFailure(400, `快照读不进来，世界没有变 the snapshot could not be loaded: ${String(error)}`)
  }
  parts.keepTime()
  if (world.identity.appId !== before.appId) parts.appChanged()
  store.save()
}

/** Keys and settings stay, because a client is connected with them. */
async function reset(parts: Parts, seed: number | undefined): Promise<void> {
  const { world, store, clock } = parts
  clock.cancelAll()
  parts.forget()
  const { identity, settings } = { identity: world.identity, settings: { ...world.settings } }
  store.reset()
  parts.blobs.clear()
  Object.assign(world, parts.fresh(seed))
  Object.assign(world.settings, settings)
  world.identity = { ...identity, worldId: world.identity.worldId }
  parts.keepTime()
  await parts.start()
  store.save()
}
