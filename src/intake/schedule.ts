/** Runs every pull again and again, in one process at a time per resource. */
import type { RecordKind } from '#src/contracts/canonical.ts'
import { holdLock } from '#src/db/lock.ts'
import { messageOf } from '#src/errors.ts'
import { createLoop, type Loop, type LoopOutcome } from '#src/jobs/loop.ts'
import { failPull } from './cursor.ts'
import { type PullDeps, type Pulling, pullResource } from './pull.ts'
import { type IntakeSource, sourceName } from './source.ts'
import type { StoreReport } from './store-request.ts'
import { createTurns, type Turns } from './turns.ts'

export interface IntakeHooks {
  /** A pull reached the present; `ms` it took. */
  onPulled?(source: IntakeSource, kind: RecordKind, report: StoreReport & { ms: number }): void
  /** Age of what has not been pulled yet, ms: 0 after a success, growing while pulls fail. */
  onLag?(source: IntakeSource, kind: RecordKind, lagMs: number): void
  onError?(source: IntakeSource, kind: RecordKind, error: unknown): void
}

export interface IntakeDeps extends PullDeps {
  sources: readonly IntakeSource[]
  /** Seconds between two pulls of one resource; 30 when absent. */
  pollSeconds?: number | ((source: IntakeSource) => number)
  /** Pulls at a time in this process. */
  concurrency?: number
  hooks?: IntakeHooks
}

export interface Intake {
  /** Pulls everything now. */
  nudge(): void
  stop(): Promise<void>
}

const longestPauseMs = 15 * 60_000

export function startIntake(deps: IntakeDeps): Intake {
  const stopping = new AbortController()
  const turns = createTurns(deps.concurrency ?? 4)
  const loops = deps.sources.flatMap((source) =>
    kindsOf(source).map((kind) => pullLoop(deps, { source, kind, signal: stopping.signal }, turns)),
  )
  for (const loop of loops) loop.start()
  return {
    nudge: () => {
      for (const loop of loops) loop.nudge()
    },
    stop: async () => {
      stopping.abort()
      await Promise.all(loops.map((loop) => loop.stop()))
    },
  }
}

const kindsOf = (source: IntakeSource) =>
  (['orders', 'refunds'] as const).filter((kind) => source.connector.resources[kind] !== undefined)

function pullLoop(deps: IntakeDeps, pulling: Pulling & { signal: AbortSignal }, turns: Turns): Loop {
  const pollMs = pollMsOf(deps, pulling.source)
  return createLoop({
    name: `pull ${sourceName(pulling.source)} ${pulling.kind}`,
    lanes: [],
    wakeups: { on: () => () => undefined },
    pollMs: longestPauseMs,
    run: async (): Promise<LoopOutcome> => {
      const failures = await turns(() => pullOnce(deps, pulling))
      const pauseMs = Math.min(longestPauseMs, pollMs * 2 ** Math.min(failures, 12))
      return { waitMs: failures === 0 ? pauseMs : pauseMs * (0.5 + Math.random() / 2) }
    },
    onError: (error) => deps.log.error({ reason: messageOf(error) }, 'pull could not be recorded'),
  })
}

function pollMsOf(deps: IntakeDeps, source: IntakeSource): number {
  const seconds = typeof deps.pollSeconds === 'function' ? deps.pollSeconds(source) : deps.pollSeconds
  return (seconds ?? 30) * 1000
}

/** One pull, unless another process is at it. Returns how many pulls have failed in a row. */
async function pullOnce(deps: IntakeDeps, pulling: Pulling & { signal: AbortSignal }): Promise<number> {
  if (pulling.signal.aborted) return 0
  const { source, kind } = pulling
  const lock = await holdLock(deps.database, `pull:${sourceName(source)}:${kind}`)
  if (lock === null) return 0
  const lost = new AbortController()
  lock.ended.then(() => lost.abort())
  const startedAt = deps.now()
  try {
    const signal = AbortSignal.any([pulling.signal, lost.signal])
    const report = await pullResource(deps, { source, kind, signal })
    deps.hooks?.onPulled?.(source, kind, { ...report, ms: deps.now() - startedAt })
    deps.hooks?.onLag?.(source, kind, 0)
    return 0
  } catch (error) {
    return pulling.signal.aborted ? 0 : await noteFailure(deps, pulling, error)
  } finally {
    await lock.release()
  }
}

async function noteFailure(deps: IntakeDeps, pulling: Pulling, error: unknown): Promise<number> {
  const { source, kind } = pulling
  deps.log.error({ source: sourceName(source), kind, reason: messageOf(error), err: error }, 'pull failed')
  deps.hooks?.onError?.(source, kind, error)
  const { failures, doneUntil } = await failPull(deps.database.db, pulling, error)
  if (doneUntil !== undefined) deps.hooks?.onLag?.(source, kind, deps.now() - doneUntil)
  return failures
}
