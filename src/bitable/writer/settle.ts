import { FeishuError, type WireRecord } from '#src/feishu/types.ts'
import { alerts } from '../alerts.ts'
import type { TableLayout } from '../base/layout.ts'
import { type Attempt, openAttempts, recordCreated, recordDeleted, recordUpdated } from './attempts.ts'
import { errorRecord, judge } from './failure.ts'
import { findAttempt, hasAdvancedPermissions } from './find-attempt.ts'
import { byKey, call, fail } from './send.ts'
import { guard, raise, type Session, type Tried } from './session.ts'

const mirror = { purpose: 'mirror' }
/** Searches that must agree before rows of a call that was applied are believed to be gone again. */
const searchesBeforeGone = 3
const blindAfter = 5

/**
 * Settles every attempt whose result is open (of an earlier holder, or after an ambiguous answer) before its rows are
 * written again.
 * @returns ms until the next one is due; undefined when nothing is open
 */
export async function settleAttempts(session: Session): Promise<number | undefined> {
  const { ctx, layout } = session
  let next: number | undefined
  for (const attempt of await openAttempts(ctx.database.db, layout.appToken)) {
    const table = layout.tables.find((t) => t.def.id === attempt.table)
    if (table === undefined) continue
    const tried = remember(session, attempt)
    const wait = dueAt(session, tried) - ctx.clock.now()
    if (wait > 0) next = Math.min(next ?? wait, wait)
    else next = Math.min(next ?? 50, (await settleOne(session, table, attempt)) ? 50 : 250)
  }
  return next
}

function remember(session: Session, attempt: Attempt): Tried {
  const tried = session.tried.get(attempt.id) ?? { at: 0, times: 0, phase: 'resend' as const, applied: false }
  session.tried.set(attempt.id, tried)
  return tried
}

function dueAt(session: Session, tried: Tried): number {
  const first = tried.phase === 'search' ? session.ctx.settings.settleMs : 0
  const later = tried.times === 0 ? 0 : Math.min(30_000, 500 * 2 ** Math.min(tried.times, 8))
  return tried.at + Math.max(first, later)
}

/** @returns whether its result is known now */
async function settleOne(session: Session, table: TableLayout, attempt: Attempt): Promise<boolean> {
  guard(session)
  try {
    if (attempt.operation === 'delete') await settleDelete(session, table, attempt)
    else if (attempt.operation === 'update') await settleUpdate(session, table, attempt)
    else await settleCreate(session, table, attempt)
  } catch (error) {
    // Reads may fail too; the attempt stays open and is looked at again.
    if (!(error instanceof FeishuError)) throw error
    postpone(session, attempt)
    session.ctx.log.warn({ table: attempt.table, ...errorRecord(error) }, 'attempt could not be settled yet')
  }
  return !session.tried.has(attempt.id)
}

function postpone(session: Session, attempt: Attempt): void {
  const tried = remember(session, attempt)
  tried.at = session.ctx.clock.now()
  tried.times += 1
}

function done(session: Session, attempt: Attempt): void {
  session.tried.delete(attempt.id)
}

const isApplied = (error: unknown) => error instanceof FeishuError && error.feishuCode === 1254608

/** Updating twice is updating once, so the same body simply goes out again under the same token. */
async function settleUpdate(session: Session, table: TableLayout, attempt: Attempt): Promise<void> {
  const { ctx } = session
  try {
    await call(session, table, attempt)
    ctx.metrics.rowsCall('update', attempt.rows.length, true)
  } catch (error) {
    if (!isApplied(error)) {
      if (judge(error) === 'ambiguous') return postpone(session, attempt)
      return fail(session, table, { attempt, error })
    }
  }
  await ctx.database.db.transaction((tx) => recordUpdated(tx, attempt, ctx.clock.now()))
  done(session, attempt)
}

/** What is still there is deleted, what is not is done. */
async function settleDelete(session: Session, table: TableLayout, attempt: Attempt): Promise<void> {
  const { ctx, layout } = session
  const ids = attempt.rows.map((row) => row.recordId ?? '')
  const left: string[] = []
  for (let at = 0; at < ids.length; at += 100) {
    const chunk = ids.slice(at, at + 100)
    const { records } = await ctx.feishu.bitable.batchGet(layout.appToken, table.tableId, chunk, mirror)
    left.push(...records.map((record) => record.recordId))
  }
  if (left.length > 0) await ctx.feishu.bitable.batchDelete(layout.appToken, table.tableId, left, mirror)
  await ctx.database.db.transaction((tx) => recordDeleted(tx, attempt, ctx.clock.now()))
  done(session, attempt)
}

async function settleCreate(session: Session, table: TableLayout, attempt: Attempt): Promise<void> {
  const { ctx } = session
  const tried = remember(session, attempt)
  // A token the platform may have forgotten protects no more: then only a search tells.
  const trusted = ctx.clock.now() - attempt.startedAt < ctx.settings.tokenTrustMs
  if (tried.phase === 'resend' && trusted) return resend(session, table, attempt)
  if (tried.phase === 'resend') Object.assign(tried, { phase: 'search', at: 0, times: 0 })
  return searchFor(session, table, attempt)
}

async function resend(session: Session, table: TableLayout, attempt: Attempt): Promise<void> {
  const { ctx } = session
  let created: WireRecord[]
  try {
    created = await call(session, table, attempt)
  } catch (error) {
    const verdict = judge(error)
    const undecided = !isApplied(error) && (verdict === 'ambiguous' || verdict === 'again')
    if (undecided) return postpone(session, attempt)
    session.tried.set(attempt.id, {
      at: ctx.clock.now(),
      times: 0,
      phase: 'search',
      applied: isApplied(error),
    })
    return
  }
  ctx.metrics.rowsCall('create', attempt.rows.length, true)
  await keepOldest(session, table, { attempt, created })
}

/** The token was not recognised although the first call had been applied: the rows just made are the doubles. */
async function keepOldest(
  session: Session,
  table: TableLayout,
  made: { attempt: Attempt; created: WireRecord[] },
): Promise<void> {
  const { attempt, created } = made
  const recordIds = byKey(table, created)
  const fresh = new Set(created.map((record) => record.recordId))
  const { records } = await findAttempt(session, table, attempt)
  const older = byKey(
    table,
    records.filter((record) => !fresh.has(record.recordId)),
  )
  const doubles = [...older.keys()].map((key) => recordIds.get(key)).filter((id) => id !== undefined)
  if (doubles.length > 0) {
    await session.ctx.feishu.bitable.batchDelete(session.layout.appToken, table.tableId, doubles, mirror)
  }
  await finish(session, attempt, new Map([...recordIds, ...older]))
}

async function searchFor(session: Session, table: TableLayout, attempt: Attempt): Promise<void> {
  const tried = remember(session, attempt)
  const { records, controls, controlSeen } = await findAttempt(session, table, attempt)
  const found = byKey(table, records)
  const complete = attempt.rows.every((row) => found.has(row.key))
  if (!complete) {
    // An empty search is no proof of absence, a search that shows rows we know of is.
    const sees =
      controlSeen || records.length > 0 || (controls === 0 && !(await hasAdvancedPermissions(session)))
    // A batch is applied as a whole, so one that shows in part is still on its way into the search.
    tried.applied ||= records.length > 0
    const sure = sees && (!tried.applied || tried.times + 1 >= searchesBeforeGone)
    if (!sure) {
      postpone(session, attempt)
      if (!sees && tried.times === blindAfter) await raise(session, table, alerts.searchBlind(table.def))
      return
    }
  }
  await finish(session, attempt, found)
}

/** Rows that were found are ours; the others are free to be created by the next attempt. */
async function finish(
  session: Session,
  attempt: Attempt,
  recordIds: ReadonlyMap<string, string>,
): Promise<void> {
  const { ctx } = session
  const now = ctx.clock.now()
  await ctx.database.db.transaction((tx) => recordCreated(tx, attempt, { recordIds, now }))
  done(session, attempt)
  ctx.log.info({ table: attempt.table, rows: attempt.rows.length, found: recordIds.size }, 'attempt settled')
}
