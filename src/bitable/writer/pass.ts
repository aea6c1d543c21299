import type { LoopOutcome } from '#src/jobs/loop.ts'
import { type Layout, loadLayout, type TableLayout } from '../base/layout.ts'
import { readDueRows } from '../read-back/read-rows.ts'
import { repairDueTables } from '../read-back/repair.ts'
import type { Attempt } from './attempts.ts'
import { mayWrite, rest } from './pace.ts'
import { pickCreates, pickUpdates } from './pick.ts'
import { send } from './send.ts'
import { guard, type Session } from './session.ts'
import { settleAttempts } from './settle.ts'
import { makeRoom } from './window.ts'

/** Rows a handler holds right now are due but cannot be picked; no need to ask again at once. */
const shortestWaitMs = 50

/** One round of the table writer: settle what is open, read what people changed, write one batch of each kind per table. */
export async function runPass(session: Session): Promise<LoopOutcome> {
  guard(session)
  await refreshLayout(session)
  const waits: (number | undefined)[] = [await settleAttempts(session), await readDueRows(session)]
  let wrote = false
  for (const table of session.layout.tables) {
    if (session.stale) return 'more'
    wrote = (await writeTable(session, table)) || wrote
  }
  if (session.stale || wrote) return 'more'
  waits.push(await repairDueTables(session), await nextDirty(session))
  const known = waits.filter((wait) => wait !== undefined)
  return known.length === 0 ? 'idle' : { waitMs: Math.max(shortestWaitMs, Math.min(...known)) }
}

async function refreshLayout(session: Session): Promise<void> {
  if (!session.stale) return
  const fresh: Layout | undefined = await loadLayout(session.ctx.database.db, session.ctx.tables)
  if (fresh !== undefined) session.layout = fresh
  session.stale = false
}

async function writeTable(session: Session, table: TableLayout): Promise<boolean> {
  const { ctx, layout } = session
  const health = session.health(table)
  const now = ctx.clock.now()
  const rests = () => health.pausedUntil > now || session.stale
  if (rests()) return false
  const { db } = ctx.database
  const pick = { base: layout.appToken, table, now, limit: health.batchSize }
  const group = health.groups.shift()
  if (group !== undefined) {
    const choose = group.operation === 'create' ? pickCreates : pickUpdates
    const attempt = await choose(db, { ...pick, keys: group.keys })
    if (attempt !== undefined) await send(session, table, attempt)
    return true
  }
  const update = (await mayWrite(session, table, 'update')) ? await pickUpdates(db, pick) : undefined
  if (update !== undefined) await sendPaced(session, table, update)
  if (rests() || health.groups.length > 0) return update !== undefined
  const create = await nextCreate(session, table)
  if (create !== undefined) await sendPaced(session, table, create)
  return update !== undefined || create !== undefined
}

async function sendPaced(session: Session, table: TableLayout, attempt: Attempt): Promise<void> {
  await send(session, table, attempt)
  rest(session, table, attempt)
}

async function nextCreate(session: Session, table: TableLayout) {
  const { ctx, layout } = session
  const health = session.health(table)
  const now = ctx.clock.now()
  if (health.createsPausedUntil > now || !(await mayWrite(session, table, 'create'))) return undefined
  if (!(await hasDueCreates(session, table))) return undefined
  const room = await makeRoom(session, table)
  const limit = Math.min(room, health.batchSize)
  if (limit <= 0 || health.pausedUntil > now) return undefined
  return pickCreates(ctx.database.db, { base: layout.appToken, table, now, limit })
}

async function hasDueCreates(session: Session, table: TableLayout): Promise<boolean> {
  const { rows } = await session.ctx.database.pool.query(
    `select 1 from table_rows where table_id = $1 and state = 'in' and version > written_version
       and record_id is null and attempt_id is null and due_at <= $2 limit 1`,
    [table.def.id, session.ctx.clock.now()],
  )
  return rows.length > 0
}

/** ms until the next dirty row is due; undefined when there is none. */
async function nextDirty(session: Session): Promise<number | undefined> {
  const { rows } = await session.ctx.database.pool.query(
    `select table_id, record_id is null as fresh, min(due_at) as due from table_rows
     where state = 'in' and version > written_version and attempt_id is null group by 1, 2`,
  )
  const now = session.ctx.clock.now()
  const waits = rows.flatMap((row) => {
    const table = session.layout.tables.find((t) => t.def.id === row.table_id)
    if (table === undefined) return []
    const { pausedUntil, createsPausedUntil, restsUntil } = session.health(table)
    const own = row.fresh ? Math.max(createsPausedUntil, restsUntil.create) : restsUntil.update
    return [Math.max(Number(row.due), pausedUntil, own) - now]
  })
  return waits.length === 0 ? undefined : Math.min(...waits)
}
