import { and, asc, eq, inArray, lte, sql } from 'drizzle-orm'
import type { EventPayloads } from '#src/contracts/event.ts'
import { type HeldLock, holdLock } from '#src/db/lock.ts'
import { cases } from '#src/db/schema/index.ts'
import type { Wakeups } from '#src/db/wake.ts'
import { toAppError } from '#src/errors.ts'
import { FeishuError } from '#src/feishu/types.ts'
import { nextDelay } from '#src/jobs/backoff.ts'
import { createLoop, type LoopOutcome } from '#src/jobs/loop.ts'
import { raiseEvent } from '#src/runtime/raise-event.ts'
import { applyInstance } from './apply-instance.ts'
import { createDefinitions, type Definitions } from './definitions.ts'
import { casesLane } from './desired.ts'
import { type Case, createInstance, mismatchCode } from './open-case.ts'
import { type CaseDeps, purpose } from './types.ts'

const pollMs = 2_000
const atOnce = 4
const unparkEveryMs = 10 * 60_000

export interface CaseOpener {
  start(): void
  stop(): Promise<void>
  /** Subscribes to the events of every configured approval (idempotent). */
  subscribe(): Promise<void>
  /** An event said the definition changed. */
  definitionChanged(approvalCode: string): void
}

async function endUnsent(deps: CaseDeps, row: Case): Promise<void> {
  await deps.database.db
    .update(cases)
    .set({ state: 'cancelled', decidedAt: deps.clock.now() })
    .where(eq(cases.id, row.id))
}

async function recordOpened(deps: CaseDeps, row: Case, instanceCode: string): Promise<void> {
  const now = deps.clock.now()
  const dueAt = row.want === 'cancelled' ? now : now + 60_000
  const payload: EventPayloads['approval.opened'] = {
    approval: row.approval,
    caseId: row.id,
    subject: row.subject,
    instanceCode,
    openedAt: now,
  }
  await deps.database.db.transaction(async (tx) => {
    await tx
      .update(cases)
      .set({ state: 'open', instanceCode, openedAt: now, dueAt, attempts: 0, error: null })
      .where(eq(cases.id, row.id))
    await raiseEvent(tx, {
      type: 'approval.opened',
      subject: row.subject,
      payload,
      at: now,
      now,
      trace: row.trace,
    })
  })
}

async function openWanted(deps: CaseDeps, definitions: Definitions, row: Case): Promise<void> {
  // Cancelled before any attempt was made: nothing exists in Feishu.
  if (row.want === 'cancelled' && row.body === null) return endUnsent(deps, row)
  const instanceCode = await createInstance(deps, definitions, row)
  if (instanceCode === undefined) return
  await recordOpened(deps, row, instanceCode)
  await deps.resolve({ code: mismatchCode, subject: row.approval })
  deps.log.info({ trace: row.trace, subject: row.subject, instanceCode }, 'approval opened')
}

/** Reads the instance and takes over its state; cancels it when we want it gone and it still runs. */
async function followOpen(deps: CaseDeps, row: Case): Promise<void> {
  const code = row.instanceCode
  if (code === null) return
  const instance = await deps.feishu.approvals.get(code, purpose)
  if (instance === undefined) throw new Error(`Approval instance ${code} does not exist`)
  if (row.want === 'cancelled' && instance.status === 'PENDING') {
    await deps.feishu.approvals.cancel(instance.approvalCode, code, { openId: row.applicant }, purpose)
    const after = await deps.feishu.approvals.get(code, purpose)
    if (after !== undefined) await applyInstance(deps, row, after)
    return
  }
  await applyInstance(deps, row, instance)
}

async function workOn(deps: CaseDeps, definitions: Definitions, row: Case): Promise<void> {
  try {
    if (row.state === 'wanted') await openWanted(deps, definitions, row)
    else await followOpen(deps, row)
  } catch (thrown) {
    const error = toAppError(thrown)
    const wait =
      error instanceof FeishuError && error.resetMs !== undefined
        ? error.resetMs
        : nextDelay(row.attempts + 1, Math.random)
    deps.log.warn(
      { trace: row.trace, subject: row.subject, code: error.code, err: error },
      'case not moved on',
    )
    await deps.database.db
      .update(cases)
      .set({
        attempts: row.attempts + 1,
        dueAt: deps.clock.now() + wait,
        error: { code: error.code, message: error.message },
      })
      .where(eq(cases.id, row.id))
  }
}

/** Makes Feishu's approval instances what the cases say, and the cases what Feishu's instances say. One process at a time. */
export function createCaseOpener(deps: CaseDeps, wakeups: Wakeups): CaseOpener {
  const definitions = createDefinitions(deps)
  let lock: HeldLock | null = null
  let unparkedAt = 0

  /** Forms that did not fit get another chance now and then: the definition may have been mended. */
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
    await Promise.all(due.map((row) => workOn(deps, definitions, row)))
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
