import { and, asc, eq, inArray, lte, min, sql } from 'drizzle-orm'
import { rowAttempts, tableRows } from '#src/db/schema/index.ts'
import { rowReads } from '#src/db/schema/mirror-reads.ts'
import { FeishuError } from '#src/feishu/types.ts'
import { reconcileColumns } from '../base/columns.ts'
import type { TableLayout } from '../base/layout.ts'
import { codecOf } from '../codec/index.ts'
import { sameField, type Values } from '../row-values.ts'
import { errorRecord, waitMs } from '../writer/failure.ts'
import { guard, type Session } from '../writer/session.ts'
import { absorb } from './absorb.ts'
import { absorbForeign } from './foreign.ts'
import { markGone } from './gone.ts'
import { columnsRead } from './note-events.ts'

type Read = typeof rowReads.$inferSelect

/** Reads looked at in one pass; at most 100 records fit into one call. Feishu docs: 批量获取记录. */
const perPass = 500
const perCall = 100
/** A record we do not know may be one we are just creating. */
const unsettledWaitMs = 1_000

/**
 * Looks at the rows events named: what we wrote ourselves is ticked off without a call, the others are read again.
 * @returns ms until the next one is due; undefined when there is none
 */
export async function readDueRows(session: Session): Promise<number | undefined> {
  const { db } = session.ctx.database
  const now = session.ctx.clock.now()
  const due = await db
    .select()
    .from(rowReads)
    .where(lte(rowReads.dueAt, now))
    .orderBy(asc(rowReads.dueAt))
    .limit(perPass)
  for (const table of session.layout.tables) {
    const mine = due.filter((read) => read.table === table.def.id)
    if (mine.length > 0) await readTable(session, table, mine)
  }
  await dropUnknownTables(session, due)
  const [next] = await db.select({ at: min(rowReads.dueAt) }).from(rowReads)
  return next?.at === null || next?.at === undefined ? undefined : Number(next.at) - now
}

async function readTable(session: Session, table: TableLayout, reads: Read[]): Promise<void> {
  try {
    if (reads.some((read) => read.recordId === columnsRead)) await readColumns(session, table)
    const rows = reads.filter((read) => read.recordId !== columnsRead)
    const { echoes, wait, look } = await sort(session, table, rows)
    await done(session, [...echoes, ...reads.filter((read) => read.recordId === columnsRead)])
    await postpone(session, wait, unsettledWaitMs)
    for (let at = 0; at < look.length; at += perCall)
      await readChunk(session, table, look.slice(at, at + perCall))
  } catch (error) {
    if (!(error instanceof FeishuError)) throw error
    session.ctx.log.warn({ table: table.def.id, ...errorRecord(error) }, 'rows could not be read back yet')
    await postpone(session, reads, waitMs(error, 3))
  }
}

async function readColumns(session: Session, table: TableLayout): Promise<void> {
  guard(session)
  const spot = { appToken: session.layout.appToken, tableId: table.tableId, def: table.def }
  if (await reconcileColumns(session.ctx, spot, false)) session.stale = true
}

interface Sorted {
  echoes: Read[]
  wait: Read[]
  look: Read[]
}

async function sort(session: Session, table: TableLayout, reads: Read[]): Promise<Sorted> {
  const { db } = session.ctx.database
  const ids = reads.map((read) => read.recordId)
  const rows =
    ids.length === 0
      ? []
      : await db
          .select({ recordId: tableRows.recordId, written: tableRows.written })
          .from(tableRows)
          .where(and(eq(tableRows.table, table.def.id), inArray(tableRows.recordId, ids)))
  const written = new Map(rows.map((row) => [row.recordId, row.written ?? {}]))
  const unsettled = await hasOpenCreate(session, table)
  const sorted: Sorted = { echoes: [], wait: [], look: [] }
  for (const read of reads) {
    const known = written.get(read.recordId)
    if (known === undefined) sorted[unsettled ? 'wait' : 'look'].push(read)
    else sorted[!read.must && isEcho(session, table, { read, written: known }) ? 'echoes' : 'look'].push(read)
  }
  return sorted
}

export async function hasOpenCreate(session: Session, table: TableLayout): Promise<boolean> {
  const open = await session.ctx.database.db
    .select({ id: rowAttempts.id })
    .from(rowAttempts)
    .where(
      and(
        eq(rowAttempts.base, session.layout.appToken),
        eq(rowAttempts.state, 'open'),
        eq(rowAttempts.table, table.def.id),
        eq(rowAttempts.operation, 'create'),
      ),
    )
    .limit(1)
  return open.length > 0
}

/** Every cell the events told of is what we wrote last; columns of people's own do not concern us. */
function isEcho(
  session: Session,
  table: TableLayout,
  { read, written }: { read: Read; written: Values },
): boolean {
  const { recordId } = read
  const fine = read.seen.every(([fieldId, text, people]) => {
    const column = table.columns.find((c) => c.fieldId === fieldId)
    if (column === undefined || column.paused) return true
    const { key, def, optionsById } = column
    const value = codecOf(def.type).fromEvent(text, { optionsById, people })
    return session.echoes.explains(recordId, key, { def, value }) || sameField(def, value, written[key])
  })
  session.echoes.seen(recordId)
  return fine
}

async function readChunk(session: Session, table: TableLayout, reads: Read[]): Promise<void> {
  guard(session)
  const { ctx, layout } = session
  const ids = reads.map((read) => read.recordId)
  const answer = await ctx.feishu.bitable.batchGet(layout.appToken, table.tableId, ids, { purpose: 'mirror' })
  ctx.metrics.rowsCall('read', ids.length, true)
  for (const record of answer.records) {
    const read = reads.find((r) => r.recordId === record.recordId)
    const by = { by: read?.changedBy ?? undefined, at: read?.changedAt ?? ctx.clock.now() }
    if (!(await absorb(session, table, { record, ...by })))
      await absorbForeign(session, table, { record, ...by })
  }
  for (const recordId of answer.absent) await markGone(ctx, table, recordId)
  await done(session, reads)
}

/** A read that was named again while it was under way stays. */
async function done(session: Session, reads: readonly Read[]): Promise<void> {
  if (reads.length === 0) return
  const list = JSON.stringify(
    reads.map(({ table, recordId, touches }) => ({ table, record: recordId, touches })),
  )
  await session.ctx.database.db.execute(sql`
    delete from row_reads using jsonb_to_recordset(${list}::jsonb) as r("table" text, record text, touches int)
    where table_id = r."table" and record_id = r.record and row_reads.touches = r.touches`)
}

async function postpone(session: Session, reads: readonly Read[], delayMs: number): Promise<void> {
  const dueAt = session.ctx.clock.now() + delayMs
  for (const table of new Set(reads.map((read) => read.table))) {
    const ids = reads.filter((read) => read.table === table).map((read) => read.recordId)
    await session.ctx.database.db
      .update(rowReads)
      .set({ dueAt })
      .where(and(eq(rowReads.table, table), inArray(rowReads.recordId, ids)))
  }
}

/** Tables that are not bound (any more) have nothing to read. */
async function dropUnknownTables(session: Session, reads: Read[]): Promise<void> {
  const known = new Set(session.ctx.tables.map((table) => table.id))
  const bound = new Set(session.layout.tables.map((table) => table.def.id))
  await done(
    session,
    reads.filter((read) => !known.has(read.table)),
  )
  await postpone(
    session,
    reads.filter((read) => known.has(read.table) && !bound.has(read.table)),
    60_000,
  )
}
