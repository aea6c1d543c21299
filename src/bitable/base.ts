import { and, eq } from 'drizzle-orm'
import type { AnyTable } from '#src/contracts/table.ts'
import { rowAttempts, settings, tableRows } from '#src/db/schema/index.ts'
import { foreignRows } from '#src/db/schema/mirror-reads.ts'
import { AppError, messageOf } from '#src/errors.ts'
import { FeishuError } from '#src/feishu/types.ts'
import { alerts } from './alerts.ts'
import { adoptRows } from './base/adopt-rows.ts'
import { type Binding, dropTableBindings, readBinding, saveBinding } from './base/bindings.ts'
import { reconcileColumns } from './base/columns.ts'
import { ensureViews } from './base/views.ts'
import { newField, wantedColumns } from './base/wire-field.ts'
import { fieldsOf } from './row-values.ts'
import type { MirrorContext } from './types.ts'

const setup = { purpose: 'setup' }

/**
 * Brings the base to what the tables say: made or adopted, shared, with all tables, columns, options and views, and
 * subscribed to its events. Every step is recorded before the next, so a start that was killed goes on where it was.
 * @throws AppError `bitable_base_mismatch`, `bitable_base_missing`
 */
export async function ensureBase(ctx: MirrorContext): Promise<string> {
  const base = await findOrCreateApp(ctx)
  const appToken = base.feishuId
  await shareBase(ctx, base)
  const live = await ctx.feishu.bitable.listTables(appToken, setup)
  for (const def of ctx.tables) {
    const tableId = await ensureTable(ctx, { appToken, def, live })
    const spot = { appToken, tableId, def }
    await reconcileColumns(ctx, spot, true)
    await adoptRows(ctx, spot)
    await ensureViews(ctx, spot)
  }
  await dropDefaultTable(ctx, live)
  await subscribe(ctx, appToken)
  return appToken
}

/** Without events nothing is lost: the repair reads find what people changed, only later. */
async function subscribe(ctx: MirrorContext, appToken: string): Promise<void> {
  try {
    await ctx.feishu.drive.subscribe(appToken, 'bitable', setup)
    await ctx.resolve({ code: 'bitable_events_missing', subject: 'base' })
  } catch (error) {
    if (!isRefusal(error)) throw error
    if (error.failure !== 'already-done') await ctx.alert(alerts.eventsMissing(messageOf(error)))
  }
}

/** The platform said no, and will say so again until somebody changes a setting. */
function isRefusal(error: unknown): error is FeishuError {
  return error instanceof FeishuError && !['transient', 'rate-limited', 'token'].includes(error.failure)
}

async function findOrCreateApp(ctx: MirrorContext): Promise<Binding> {
  const configured = ctx.settings.appToken
  const bound = await readBinding(ctx.database.db, 'base', 'main')
  if (bound !== undefined) {
    if (configured !== undefined && configured !== bound.feishuId) {
      throw new AppError(
        'bitable_base_mismatch',
        'FEISHU_BASE_APP_TOKEN names another base than the one this database already fills. Remove the variable, or start with a new database.',
      )
    }
    await checkApp(ctx, bound.feishuId)
    return bound
  }
  if (configured !== undefined) {
    const app = await checkApp(ctx, configured)
    return saveBase(ctx, configured, { name: app.name, own: false })
  }
  return createApp(ctx)
}

async function checkApp(ctx: MirrorContext, appToken: string): Promise<{ name: string }> {
  try {
    return await ctx.feishu.bitable.getApp(appToken, setup)
  } catch (error) {
    if (!(error instanceof FeishuError) || !['not-found', 'permission'].includes(error.failure)) throw error
    throw new AppError(
      'bitable_base_missing',
      `The Bitable base cannot be opened (${error.code}). Check that it still exists and that the app was added to it as a collaborator with edit rights.`,
      { cause: error },
    )
  }
}

const intentKey = 'mirror.base-intent'

/**
 * Creating a base has no idempotency key and an app cannot list the bases it made, so a start that is killed between
 * the call and the recording leaves one empty base that nobody can see. The intent recorded first lets us say so.
 */
async function createApp(ctx: MirrorContext): Promise<Binding> {
  const { db } = ctx.database
  const now = ctx.clock.now()
  const intent = { key: intentKey, value: { at: now }, updatedAt: now }
  const fresh = await db.insert(settings).values(intent).onConflictDoNothing().returning()
  if (fresh.length === 0) await ctx.alert(alerts.orphanBase())
  const { baseName } = ctx.settings
  const made = await ctx.feishu.bitable.createApp(baseName, setup)
  const known = { name: baseName, own: true, url: made.url, defaultTableId: made.defaultTableId }
  const base = await saveBase(ctx, made.appToken, known)
  await db.delete(settings).where(eq(settings.key, intentKey))
  ctx.log.info({ url: made.url }, 'base created')
  return base
}

async function saveBase(
  ctx: MirrorContext,
  appToken: string,
  known: Record<string, unknown>,
): Promise<Binding> {
  const base: Binding = {
    kind: 'base',
    key: 'main',
    feishuId: appToken,
    parentId: null,
    known,
    state: 'ok',
    checkedAt: ctx.clock.now(),
  }
  await saveBinding(ctx.database.db, base)
  return base
}

/** A base made by an app belongs to the app: without this nobody could open it. Feishu docs: 增加协作者权限. */
async function shareBase(ctx: MirrorContext, base: Binding): Promise<void> {
  const { admin } = ctx.settings
  if (admin === undefined || base.known.own !== true || base.known.sharedWith === admin) return
  const member = { openId: admin, perm: 'full_access' } as const
  try {
    await ctx.feishu.drive.addMember(base.feishuId, 'bitable', member, setup)
  } catch (error) {
    if (!isRefusal(error)) throw error
    if (error.failure !== 'already-done') return ctx.alert(alerts.baseUnshared(messageOf(error)))
  }
  base.known.sharedWith = admin
  await saveBinding(ctx.database.db, base)
}

type LiveTables = { tableId: string; name: string }[]

/** Table names are unique in a base, so a table that was made but not recorded is found by its name. */
async function ensureTable(
  ctx: MirrorContext,
  wanted: { appToken: string; def: AnyTable; live: LiveTables },
): Promise<string> {
  const { appToken, def, live } = wanted
  const bound = await readBinding(ctx.database.db, 'table', def.id)
  if (bound !== undefined && live.some((table) => table.tableId === bound.feishuId)) return bound.feishuId
  const found = live.find((table) => table.name === def.name)?.tableId
  const tableId = found ?? (await createTable(ctx, appToken, def))
  if (bound !== undefined) await forgetTable(ctx, def, bound.feishuId)
  await saveBinding(ctx.database.db, {
    kind: 'table',
    key: def.id,
    feishuId: tableId,
    parentId: appToken,
    known: { name: def.name, ...(found === undefined ? {} : { adopt: true }) },
    checkedAt: ctx.clock.now(),
  })
  return tableId
}

/** The table was deleted by people: its rows are gone with it and are written again into the new one. */
async function forgetTable(ctx: MirrorContext, def: AnyTable, oldTableId: string): Promise<void> {
  await ctx.database.db.transaction(async (tx) => {
    await dropTableBindings(tx, oldTableId)
    await tx
      .update(rowAttempts)
      .set({ state: 'failed', endedAt: ctx.clock.now(), error: { code: 'bitable_table_deleted' } })
      .where(and(eq(rowAttempts.table, def.id), eq(rowAttempts.state, 'open')))
    await tx
      .update(tableRows)
      .set({ recordId: null, written: null, writtenVersion: 0, attemptId: null })
      .where(eq(tableRows.table, def.id))
    await tx.delete(foreignRows).where(eq(foreignRows.table, def.id))
  })
  ctx.log.warn({ table: def.id }, 'table was deleted by people, made again')
}

async function createTable(ctx: MirrorContext, appToken: string, def: AnyTable): Promise<string> {
  const firstGrid = def.views.find((view) => view.kind === 'grid')
  const table = {
    name: def.name,
    default_view_name: firstGrid?.name ?? def.name,
    fields: wantedColumns(fieldsOf(def)).map(newField),
  }
  const { tableId } = await ctx.feishu.bitable.createTable(appToken, table, setup)
  ctx.log.info({ table: def.id }, 'table created')
  return tableId
}

/** A new base comes with a table of empty rows; it goes once ours are there (a base keeps at least one table). */
async function dropDefaultTable(ctx: MirrorContext, before: LiveTables): Promise<void> {
  const base = await readBinding(ctx.database.db, 'base', 'main')
  const tableId = base?.known.defaultTableId
  if (base === undefined || base.known.own !== true || typeof tableId !== 'string') return
  if (before.some((table) => table.tableId === tableId)) {
    await ctx.feishu.bitable.deleteTable(base.feishuId, tableId, setup)
  }
  const { defaultTableId: _gone, ...known } = base.known
  await saveBinding(ctx.database.db, { ...base, known })
}
