import { FeishuError, type WireRecord } from '#src/feishu/types.ts'
import { alerts } from '../alerts.ts'
import { reconcileColumns } from '../base/columns.ts'
import type { TableLayout } from '../base/layout.ts'
import { codecOf } from '../codec/index.ts'
import { markGone } from '../read-back/gone.ts'
import { type Attempt, giveBack, parkRow, recordCreated, recordDeleted, recordUpdated } from './attempts.ts'
import { errorRecord, judge, waitMs } from './failure.ts'
import { guard, raise, type Session, takeBack } from './session.ts'

const mirror = { purpose: 'mirror' }
/** So many rows refused one after the other mean that something is wrong with the table. */
const parkedInARow = 20
const deniedPauseMs = 60_000

/** Sends an attempt and records what came of it. Failures end here; only surprises of ours are thrown. */
export async function send(session: Session, table: TableLayout, attempt: Attempt): Promise<void> {
  const { ctx } = session
  guard(session)
  session.tried.set(attempt.id, { at: ctx.clock.now(), times: 0, phase: 'resend', applied: false })
  let created: WireRecord[]
  try {
    created = await call(session, table, attempt)
  } catch (error) {
    ctx.metrics.rowsCall(attempt.operation, attempt.rows.length, false)
    return fail(session, table, { attempt, error })
  }
  ctx.metrics.rowsCall(attempt.operation, attempt.rows.length, true)
  await record(session, table, { attempt, created })
}

/** @returns the created records; empty for the other operations */
export async function call(session: Session, table: TableLayout, attempt: Attempt): Promise<WireRecord[]> {
  const { bitable } = session.ctx.feishu
  const { appToken } = session.layout
  const body = attempt.body as { records: never[] }
  if (attempt.operation === 'create') {
    return bitable.batchCreate(appToken, table.tableId, body.records, attempt.id, mirror)
  }
  if (attempt.operation === 'update') {
    await bitable.batchUpdate(appToken, table.tableId, body.records, attempt.id, mirror)
  } else {
    await bitable.batchDelete(appToken, table.tableId, body.records, mirror)
  }
  return []
}

async function record(
  session: Session,
  table: TableLayout,
  result: { attempt: Attempt; created: WireRecord[] },
): Promise<void> {
  const { ctx } = session
  const { attempt } = result
  const now = ctx.clock.now()
  const recordIds = byKey(table, result.created)
  // An answer that does not name every row is no proof either way: the search will tell.
  if (attempt.operation === 'create' && !attempt.rows.every(({ key }) => recordIds.has(key))) return
  await ctx.database.db.transaction(async (tx) => {
    if (attempt.operation === 'create') await recordCreated(tx, attempt, { recordIds, now })
    else if (attempt.operation === 'update') await recordUpdated(tx, attempt, now)
    else await recordDeleted(tx, attempt, now)
  })
  expectEchoes(session, attempt, recordIds)
  session.tried.delete(attempt.id)
  const health = session.health(table)
  health.failures = 0
  health.parked = 0
  if (attempt.operation === 'create') await takeBack(session, table)
}

function expectEchoes(session: Session, attempt: Attempt, created: ReadonlyMap<string, string>): void {
  for (const recordId of created.values()) session.echoes.created(recordId)
  if (attempt.operation !== 'update') return
  for (const { recordId, sent, before } of attempt.rows) {
    for (const [field, value] of Object.entries(sent)) {
      session.echoes.updated(recordId ?? '', field, { before: before?.[field], value })
    }
  }
}

/** Record ids by our key. Answers come in request order in practice, but that is not promised. */
export function byKey(table: TableLayout, records: readonly WireRecord[]): Map<string, string> {
  const found = new Map<string, string>()
  for (const { recordId, fields } of records) {
    const key = codecOf('text').fromWire(fields[table.keyColumn.name])
    if (typeof key === 'string' && !found.has(key)) found.set(key, recordId)
  }
  return found
}

interface Failed {
  attempt: Attempt
  error: unknown
}

export async function fail(session: Session, table: TableLayout, failed: Failed): Promise<void> {
  const { ctx } = session
  const { attempt, error } = failed
  const verdict = judge(error)
  const health = session.health(table)
  const size = attempt.rows.length
  ctx.log.warn(
    { table: table.def.id, operation: attempt.operation, rows: size, verdict, ...errorRecord(error) },
    'write failed',
  )
  switch (verdict) {
    case 'ambiguous':
      // Stays open: settled before anything else happens to its rows.
      return
    case 'again':
      return release(session, table, failed, waitMs(error, health.failures++))
    case 'too-many':
      health.batchSize = Math.max(1, Math.floor(size / 2))
      return release(session, table, failed, size > 1 ? 0 : deniedPauseMs)
    case 'full':
      health.cap = Math.min(health.cap, await present(session, table))
      return release(session, table, failed, 0)
    case 'columns':
    case 'poison':
      return findCulprit(session, table, failed)
    case 'rows-gone':
      if (attempt.operation === 'update') await findGone(session, table, attempt)
      return attempt.operation === 'delete' ? undefined : release(session, table, failed, 0)
    case 'denied':
      await raise(session, table, alerts.tableDenied(table.def, String(errorRecord(error).code)))
      return release(session, table, failed, deniedPauseMs)
  }
}

/** Rows are free again; the table rests for `pauseMs`. */
async function release(session: Session, table: TableLayout, failed: Failed, pauseMs: number): Promise<void> {
  const { ctx } = session
  const now = ctx.clock.now()
  const health = session.health(table)
  if (pauseMs > 0) health.pausedUntil = now + pauseMs
  const end = { now, dueAt: now, error: errorRecord(failed.error) }
  await ctx.database.db.transaction((tx) => giveBack(tx, failed.attempt, end))
  session.tried.delete(failed.attempt.id)
}

/** A column that changed explains a refused batch better than any row does, so columns are looked at first. */
async function findCulprit(session: Session, table: TableLayout, failed: Failed): Promise<void> {
  const { ctx, layout } = session
  const spot = { appToken: layout.appToken, tableId: table.tableId, def: table.def }
  const firstLook = session.health(table).groups.length === 0
  if (firstLook && (await reconcileColumns(ctx, spot, false))) {
    session.stale = true
    return release(session, table, failed, 0)
  }
  if (judge(failed.error) === 'columns') {
    // Every name is right: 1254045 also means that the app may not see the column.
    await raise(session, table, alerts.tableDenied(table.def, String(errorRecord(failed.error).code)))
    return release(session, table, failed, deniedPauseMs)
  }
  return isolate(session, table, failed)
}

/** Halves the batch until the refused row stands alone, then parks that one and goes on. */
async function isolate(session: Session, table: TableLayout, failed: Failed): Promise<void> {
  const { ctx } = session
  const { attempt } = failed
  const health = session.health(table)
  const keys = attempt.rows.map((row) => row.key)
  if (keys.length > 1 && attempt.operation !== 'delete') {
    const middle = Math.ceil(keys.length / 2)
    const halves = [keys.slice(0, middle), keys.slice(middle)]
    const { operation } = attempt
    health.groups.unshift(...halves.map((half) => ({ operation, keys: half })))
    return release(session, table, failed, 0)
  }
  if (attempt.operation === 'delete') return release(session, table, failed, deniedPauseMs)
  if (++health.parked > parkedInARow) return rest(session, table, failed)
  const error = errorRecord(failed.error)
  await ctx.database.db.transaction((tx) => parkRow(tx, attempt, ctx.clock.now(), error))
  session.tried.delete(attempt.id)
  const reason = failed.error instanceof FeishuError ? String(failed.error.feishuCode) : String(error.code)
  await ctx.alert(alerts.rowParked(table.def, keys[0] ?? '', reason))
}

async function rest(session: Session, table: TableLayout, failed: Failed): Promise<void> {
  const health = session.health(table)
  health.groups = []
  health.parked = 0
  await raise(session, table, alerts.tableDenied(table.def, String(errorRecord(failed.error).code)))
  return release(session, table, failed, 5 * deniedPauseMs)
}

/** Which rows of a refused update are no longer there. Feishu docs: 批量获取记录 takes at most 100. */
async function findGone(session: Session, table: TableLayout, attempt: Attempt): Promise<void> {
  const ids = attempt.rows.map((row) => row.recordId ?? '')
  for (let at = 0; at < ids.length; at += 100) {
    guard(session)
    const { bitable } = session.ctx.feishu
    const chunk = ids.slice(at, at + 100)
    const { absent } = await bitable.batchGet(session.layout.appToken, table.tableId, chunk, mirror)
    for (const recordId of absent) await markGone(session.ctx, table, recordId)
  }
}

/** Rows of ours and of people's that the table holds, by our own books. */
export async function present(session: Session, table: TableLayout): Promise<number> {
  const { rows } = await session.ctx.database.pool.query(
    `select (select count(*) from table_rows where table_id = $1 and record_id is not null)
          + (select count(*) from foreign_rows where table_id = $1) as n`,
    [table.def.id],
  )
  return Number(rows[0]?.n)
}
