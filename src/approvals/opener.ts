import { and, asc, eq, inArray, lte, sql } from 'drizzle-orm'
import { type HeldLock, holdLock } from '#src/db/lock.ts'
import { cases } from '#src/db/schema/index.ts'
import type { Wakeups } from '#src/db/wake.ts'
import { createLoop, type LoopOutcome } from '#src/jobs/loop.ts'
import { createDefinitions } from './definitions.ts'
import { casesLane } from './desired.ts'
import { type CaseDeps, purpose } from './types.ts'
import { workOnCase } from './work-on-case.ts'

const pollMs = 2_000
const atOnce = 4
const unparkEveryMs = 10 * 60_000

export interface CaseOpener {
  start(): void
  stop(): Promise<void>
  /** One round without the loop: works on the cases that are due. `more`: there may be further ones. */
  runOnce(): Promise<LoopOutcome>
  /** Subscribes to the events of every configured approval (idempotent). */
  subscribe(): Promise<void>
  /** An event said the definition changed. */
  definitionChanged(approvalCode: string): void
}

/** Makes Feishu's approval instances what the cases say, and the cases what Feishu's instances say. One process at a time. */
export function createCaseOpener(deps: CaseDeps, wakeups: Pick<Wakeups, 'on'>): CaseOpener {
  const definitions = createDefinitions(deps)
  let lock: HeldLock | null = null
  let unparkedAt = 0

  /** What did not fit gets another chance now and then: the definition may have been mended. */
  const unpark = async () => {
    const now = deps.clock.now()
    if (now - unparkedAt < unparkEveryMs) return
    unparkedAt = now
    await deps.database.db
      .update(cases)
      .set({ state: 'wanted', dueAt: now })
      .where(and(eq(cases.state, 'parked'), eq(cases.want, 'live')))
  }

  const run = async (): Promise<LoopOutcome> => {
    if (lock?.held() !== true) lock = await holdLock(deps.database, 'cases')
    if (lock === null) return { waitMs: pollMs }
    await unpark()
    const due = await deps.database.db
      .select()
      .from(cases)
      .where(and(inArray(cases.state, ['wanted', 'open']), lte(cases.dueAt, deps.clock.now())))
      .orderBy(sql`${cases.state} desc`, asc(cases.dueAt))
      .limit(atOnce)
    // All of them have ended before the next round begins, whatever became of each.
    const ended = await Promise.allSettled(due.map((row) => workOnCase(deps, definitions, row)))
    for (const one of ended) if (one.status === 'rejected') throw one.reason
    return due.length > 0 ? 'more' : 'idle'
  }

  const onError = (error: unknown) => deps.log.error({ err: error }, 'case opener failed')
  const loop = createLoop({ name: 'cases', lanes: [casesLane], wakeups, pollMs, run, onError })
  return {
    start: () => loop.start(),
    async stop() {
      await loop.stop()
      await lock?.release()
    },
    runOnce: run,
    async subscribe() {
      for (const code of deps.codes.values()) await deps.feishu.approvals.subscribe(code, purpose)
    },
    definitionChanged(approvalCode) {
      definitions.forget(approvalCode)
      unparkedAt = 0
      loop.nudge()
    },
  }
}
