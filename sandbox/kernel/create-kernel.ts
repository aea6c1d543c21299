import type { FastifyReply, FastifyRequest } from 'fastify'
import { createEvents, type OwnEvents } from '../feishu/events/index.ts'
import { answerCall, type CallParts } from './api-call.ts'
import { createApp } from './app.ts'
import { createBlobStore } from './blob-store.ts'
import { createClock } from './clock.ts'
import { createControl, createWeb, type KnownControl } from './control-routes.ts'
import { createFaults, type Faults } from './faults.ts'
import { createIdentity } from './identity.ts'
import { wrapOutside } from './outside.ts'
import { createPush } from './push.ts'
import { createRandom, seedState } from './random.ts'
import { createRateLimiter } from './rate-limiter.ts'
import { readSnapshot, snapshotFormat } from './snapshot.ts'
import { createTokens, type Tokens } from './tokens.ts'
import { createTraffic, type Traffic } from './traffic.ts'
import {
  ApiFailure,
  type ApiRoute,
  type Kernel,
  type SandboxClock,
  type SandboxSettings,
  type TimerLabel,
} from './types.ts'
import { createWorldLife, type World } from './world-life.ts'
import { createWorldStore } from './world-store.ts'

export interface KernelOptions {
  seed?: number
  /** Folder of the saved world; null keeps it in memory only. */
  statePath?: string | null
  /** ms: where sandbox time begins (it then runs with real time); default: now, or where the saved world stopped. */
  now?: number
  /** Time stands still except for `advance`: nothing in a test depends on how fast the machine is. */
  frozen?: boolean
  /** A snapshot's parsed JSON: the world to start with, instead of a new or a saved one. */
  snapshot?: unknown
  /** Settings of a new world that differ from the defaults; a saved world keeps its own. */
  settings?: Partial<SandboxSettings>
  /** How long a client may take to send a request; default 30 s. */
  requestTimeoutMs?: number
  /** Answer `/_control` to any machine (default: loopback only). */
  openControl?: boolean
}

/** The kernel with what only the sandbox's own control API and events may touch. */
export interface OwnClock extends SandboxClock {
  /** true: only `advance` moves time; false: it runs on from where it stood. */
  freeze(frozen: boolean): void
  isFrozen(): boolean
  /** What is going to happen, soonest first. */
  scheduled(): { at: number; label: TimerLabel }[]
}

export interface OwnKernel extends Kernel {
  readonly clock: OwnClock
  readonly events: OwnEvents
  readonly faults: Faults
  readonly traffic: Traffic
  readonly tokens: Tokens
  /** Every open API route, in the order of registration. */
  readonly routes: readonly ApiRoute[]
  /** Every control route, in the order of registration. */
  readonly controlRoutes: readonly KnownControl[]
  /** Fault families of servers that are not Feishu. */
  readonly outsideFamilies: ReadonlySet<string>
  /** Tells the browser client that something changed which is no saved state. */
  tell(part: string): void
  /** Answers what no route knows; undefined: 404. */
  onUnknownPage(answer: (request: FastifyRequest, reply: FastifyReply) => FastifyReply | undefined): void
  readEffects(): Record<string, unknown>
  readState(): Record<string, unknown>
  /** Loads or seeds the world and starts timers. */
  start(): Promise<void>
  /** Folder of the saved world; null: it is kept in memory only. */
  readonly dataFolder: string | null
  /** The whole world as the text of one JSON document. */
  snapshot(): string
  /**
   * Goes on with the world of a snapshot (its parsed JSON), keys and time included; clients of another app are
   * disconnected. @throws ApiFailure when it is no snapshot of this version; the present world then stays.
   */
  restore(snapshot: unknown): Promise<void>
  /** Throws the world away and starts another. Connections and faults stay as they are; the app's keys too. */
  reset(seed?: number): Promise<void>
  save(): void
  close(): Promise<void>
  listening(url: string): void
}

export function createKernel(options: KernelOptions = {}): OwnKernel {
  const listeners = new Set<(part: string) => void>()
  const told = (part: string) => {
    for (const listener of listeners) listener(part)
  }
  const routes: ApiRoute[] = []
  const controlRoutes: KnownControl[] = []
  const given = options.snapshot === undefined ? undefined : readSnapshot(options.snapshot)
  const store = createWorldStore(options.statePath ?? null, told, given?.parts)
  const blobs = createBlobStore(options.statePath ?? null)
  if (given) blobs.replace(given.blobs)
  const world = store.state('world', () => newWorld(options))
  refuseOtherFormat(world, options.statePath ?? null)
  const clock = createClock({
    start: options.now ?? given?.now ?? world.frozenAt ?? undefined,
    frozen: options.frozen ?? (world.frozenAt ?? null) !== null,
    offset: world.clockOffset,
    onError: (error) => process.emitWarning(error instanceof Error ? error : String(error)),
  })
  if (options.frozen) world.frozenAt = clock.now()
  const changedWorld = () => store.changed('world')
  const random = createRandom(() => world.story, changedWorld)
  const ids = createRandom(() => world.ids, changedWorld)
  const faults = createFaults(random, () => told('faults'))
  const traffic = createTraffic(clock.now, () => told('traffic'))
  let unknownPage: Parameters<OwnKernel['onUnknownPage']>[0] = () => undefined
  const app = createApp(
    traffic,
    { openControl: options.openControl ?? false, requestTimeoutMs: options.requestTimeoutMs ?? 30_000 },
    (request, reply) => unknownPage(request, reply),
  )
  const tokens = createTokens(store, clock.now)
  const limiter = createRateLimiter(clock.now)
  const parts: CallParts = { traffic, faults, tokens, limiter, settings: () => world.settings }
  const effects = new Map<string, () => unknown>()
  const descriptions = new Map<string, () => unknown>()
  const outsideFamilies = new Set<string>()
  const starters: (() => void | Promise<void>)[] = []
  let url = ''
  const keepTime = () => {
    world.clockOffset = clock.offset()
    world.frozenAt = clock.isFrozen() ? clock.now() : null
    changedWorld()
    told('clock')
  }
  const start = async () => {
    for (const starter of starters) await starter()
  }
  const life = createWorldLife({
    world,
    store,
    blobs,
    clock,
    start,
    keepTime,
    fresh: (seed) => newWorld({ ...options, seed: seed ?? options.seed }),
    forget: limiter.reset,
    appChanged: () => events.longConnection.closeAll(),
  })

  const kernel: OwnKernel = {
    app,
    clock: {
      now: clock.now,
      after: clock.after,
      isFrozen: clock.isFrozen,
      scheduled: clock.scheduled,
      async advance(ms) {
        await clock.advance(ms)
        keepTime()
      },
      freeze(frozen) {
        if (frozen) clock.freeze()
        else clock.unfreeze()
        keepTime()
      },
    },
    random,
    faults,
    traffic,
    tokens,
    identity: () => world.identity,
    baseUrl: () => url,
    get settings() {
      return world.settings
    },
    id: (prefix) => prefix + (prefix.endsWith('_') ? ids.hex(32) : letters(ids.hex(20))),
    state: store.state,
    changed: store.changed,
    blobs,
    onStart: (fn) => void starters.push(fn),
    routes,
    controlRoutes,
    outsideFamilies,
    api(route) {
      routes.push(route)
      app.route({
        method: route.method,
        url: route.path,
        handler: (request, reply) => answerCall(parts, route, { request, reply }),
      })
    },
    control: createControl(app, controlRoutes),
    web: createWeb(app),
    onUnknownPage(answer) {
      unknownPage = answer
    },
    tell: told,
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    get events() {
      return events
    },
    effect: (name, read) => void effects.set(name, read),
    describe: (name, read) => void descriptions.set(name, read),
    outside(family, handle) {
      outsideFamilies.add(family)
      return wrapOutside(parts, family, handle)
    },
    push: createPush(clock, traffic),
    readEffects: () => readAll(effects),
    readState: () => readAll(descriptions),
    start,
    dataFolder: options.statePath ?? null,
    snapshot: life.snapshot,
    restore: life.restore,
    reset: life.reset,
    save: store.save,
    async close() {
      clock.cancelAll()
      await app.close()
      store.close()
    },
    listening: (at) => {
      url = at
    },
  }
  const events = createEvents(kernel)
  return kernel
}

/** A world that was saved by another version would be read wrongly, here and there, much later. */
function refuseOtherFormat(world: World, folder: string | null): void {
  if (world.format === snapshotFormat) return
  throw new ApiFailure(
    400,
    `沙箱数据来自另一个版本，不能继续使用：请用 npm start -- --reset 重新开始（或删除 ${folder ?? '保存的数据'}）。The saved sandbox world is of another version: start anew with npm start -- --reset.`,
  )
}

function newWorld(options: KernelOptions): World {
  const seed = options.seed ?? 1
  return {
    format: snapshotFormat,
    identity: createIdentity(),
    settings: {
      latencyMs: 0,
      rowCap: 20_000,
      ordersPerMinute: 0,
      eventUrl: null,
      callbackUrl: null,
      pushUrls: {},
      wsPingSeconds: 120,
      wsReconnectSeconds: 2,
      subscriptions: null,
      ...options.settings,
    },
    clockOffset: 0,
    frozenAt: null,
    story: seedState(seed),
    ids: seedState(seed + 0x5eed),
  }
}

function readAll(readers: Map<string, () => unknown>): Record<string, unknown> {
  return Object.fromEntries([...readers].map(([name, read]) => [name, read()]))
}

/** Ids such as rec…, tbl… use letters and digits; the first one is a letter. */
function letters(hex: string): string {
  return BigInt(`0x1${hex}`).toString(36).slice(-14).replace(/^\d/, 'a')
}
