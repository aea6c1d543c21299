import { and, eq, inArray } from 'drizzle-orm'
import { settings, tableRows } from '#src/db/schema/index.ts'
import { FeishuError, type WireRecord } from '#src/feishu/types.ts'
import type { TableLayout } from '../base/layout.ts'
import { sameField } from '../row-values.ts'
import { errorRecord } from '../writer/failure.ts'
import { guard, type Session } from '../writer/session.ts'
import { absorb } from './absorb.ts'
import { absorbForeign } from './foreign.ts'
import { hasOpenCreate } from './read-rows.ts'
import { valuesOf } from './values.ts'

/** Search answers may show times by the second, and a page is read while people go on. */
const overlapMs = 120_000

const attemptsKeptMs = 7 * 86_400_000

async function dropOldAttempts(session: Session): Promise<void> {
  await session.ctx.database.pool.query(`delete from row_attempts where state <> 'open' and ended_at < $1`, [
    session.ctx.clock.now() - attemptsKeptMs,
  ])
}

/** @returns ms until the next table is due */
export async function repairDueTables(session: Session): Promise<number | undefined> {
  const { ctx } = session
  const waits: number[] = []
  for (const table of session.layout.tables) {
    const health = session.health(table)
    const wait = health.repairedAt + ctx.settings.repairEveryMs - ctx.clock.now()
    if (health.repairedAt > 0 && wait > 0) waits.push(wait)
    else {
      await repairTable(session, table)
      await dropOldAttempts(session)
      waits.push(ctx.settings.repairEveryMs)
    }
  }
  return waits.length === 0 ? undefined : Math.min(...waits)
}

/**
 * Finds edits whose events were lost: reads the rows modified since the last time, newest first. Usually one call.
 * A failure is no harm: the next pass starts from the same mark.
 */
export async function repairTable(session: Session, table: TableLayout): Promise<void> {
  const { ctx } = session
  const startedAt = ctx.clock.now()
  session.health(table).repairedAt = startedAt
  try {
    const since = await readMark(session, table)
    if (since === undefined) return await writeMark(session, table, startedAt)
    const newest = await readSince(session, table, since - overlapMs)
    await writeMark(session, table, Math.max(since, newest))
  } catch (error) {
    if (!(error instanceof FeishuError)) throw error
    ctx.log.warn({ table: table.def.id, ...errorRecord(error) }, 'repair read failed, tried again later')
  }
}

/** @returns time of the newest change, ms */
async function readSince(session: Session, table: TableLayout, since: number): Promise<number> {
  const { bitable } = session.ctx.feishu
  let newest = 0
  let pageToken: string | undefined
  do {
    guard(session)
    const page = await bitable.search(
      session.layout.appToken,
      table.tableId,
      {
        sort: [{ field_name: table.modified.name, desc: true }],
        automaticFields: true,
        pageSize: 500,
        ...(pageToken === undefined ? {} : { pageToken }),
      },
      { purpose: 'mirror' },
    )
    session.ctx.metrics.rowsCall('search', page.items.length, true)
    const fresh = page.items.filter((record) => modifiedAt(table, record) >= since)
    newest = Math.max(newest, ...fresh.map((record) => modifiedAt(table, record)))
    await absorbAll(session, table, fresh)
    pageToken = fresh.length === page.items.length ? page.next : undefined
  } while (pageToken !== undefined)
  return newest
}

function modifiedAt(table: TableLayout, record: WireRecord): number {
  const shown = record.lastModifiedTime ?? record.fields[table.modified.name]
  return typeof shown === 'number' ? shown : 0
}

async function absorbAll(session: Session, table: TableLayout, records: WireRecord[]): Promise<void> {
  if (records.length === 0) return
  const ids = records.map((record) => record.recordId)
  const rows = await session.ctx.database.db
    .select({ recordId: tableRows.recordId, written: tableRows.written })
    .from(tableRows)
    .where(and(eq(tableRows.table, table.def.id), inArray(tableRows.recordId, ids)))
  const written = new Map(rows.map((row) => [row.recordId, row.written ?? {}]))
  const unsettled = await hasOpenCreate(session, table)
  for (const record of records) {
    const known = written.get(record.recordId)
    const read = { record, by: undefined, at: modifiedAt(table, record) }
    if (known === undefined) {
      if (!unsettled) await absorbForeign(session, table, read)
    } else if (differs(table, record, known)) await absorb(session, table, read)
  }
}

function differs(table: TableLayout, record: WireRecord, written: Record<string, unknown>): boolean {
  const actual = valuesOf(table, record.fields)
  return table.columns.some(({ key, def, paused }) => !paused && !sameField(def, actual[key], written[key]))
}

const markKey = (table: TableLayout) => `mirror.read-until:${table.def.id}`

async function readMark(session: Session, table: TableLayout): Promise<number | undefined> {
  const [mark] = await session.ctx.database.db
    .select()
    .from(settings)
    .where(eq(settings.key, markKey(table)))
  return typeof mark?.value === 'number' ? mark.value : undefined
}

async function writeMark(session: Session, table: TableLayout, until: number): Promise<void> {
  const mark = { key: markKey(table), value: until, updatedAt: session.ctx.clock.now() }
  await session.ctx.database.db
    .insert(settings)
    .values(mark)
    .onConflictDoUpdate({ target: settings.key, set: { value: until, updatedAt: mark.updatedAt } })
}
