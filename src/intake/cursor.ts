/** How far a resource has been pulled. */
import { and, eq, sql } from 'drizzle-orm'
import type { RecordKind } from '#src/contracts/canonical.ts'
import type { Executor } from '#src/db/database.ts'
import { cursors, settings } from '#src/db/schema/index.ts'
import { toAppError } from '#src/errors.ts'
import type { IntakeSource } from './source.ts'

export interface Cursor {
  /** ms of the channel's update time: everything changed before it is stored. */
  doneUntil: number
  firstPullDone: boolean
  failures: number
  /** When the very first pull began, also after restarts: records that began before it are history. */
  startedAt: number
}

export interface Resource {
  source: IntakeSource
  kind: RecordKind
}

/** The cursor, made on the first call: `lookbackMs` back from `now`. */
export async function openCursor(
  executor: Executor,
  resource: Resource,
  start: { now: number; lookbackMs: number },
): Promise<Cursor> {
  const { source, kind } = resource
  await executor
    .insert(cursors)
    .values({
      shopId: source.shop.id,
      connector: source.connector.id,
      resource: kind,
      doneUntil: start.now - start.lookbackMs,
    })
    .onConflictDoNothing()
  await executor
    .insert(settings)
    .values({ key: startKey(resource), value: start.now, updatedAt: start.now })
    .onConflictDoNothing()
  const [row] = await executor
    .select({ cursor: cursors, startedAt: settings.value })
    .from(cursors)
    .leftJoin(settings, eq(settings.key, startKey(resource)))
    .where(cursorOf(resource))
  return {
    doneUntil: row?.cursor.doneUntil ?? start.now - start.lookbackMs,
    firstPullDone: row?.cursor.firstPullDoneAt != null,
    failures: row?.cursor.failures ?? 0,
    startedAt: Number(row?.startedAt ?? start.now),
  }
}

/** A window is done. A cursor never goes back. */
export async function advanceCursor(
  executor: Executor,
  resource: Resource,
  doneUntil: number,
): Promise<void> {
  await executor
    .update(cursors)
    .set({ doneUntil: sql`greatest(${cursors.doneUntil}, ${doneUntil})` })
    .where(cursorOf(resource))
}

/** The pull reached the present. */
export async function completePull(executor: Executor, resource: Resource, now: number): Promise<void> {
  await executor
    .update(cursors)
    .set({
      lastSuccessAt: now,
      lastError: null,
      failures: 0,
      firstPullDoneAt: sql`coalesce(${cursors.firstPullDoneAt}, ${now})`,
    })
    .where(cursorOf(resource))
}

/** Returns how many pulls have failed in a row, and how far the resource has got. */
export async function failPull(
  executor: Executor,
  resource: Resource,
  thrown: unknown,
): Promise<{ failures: number; doneUntil: number | undefined }> {
  const { code, message } = toAppError(thrown)
  const [row] = await executor
    .update(cursors)
    .set({ lastError: { code, message }, failures: sql`${cursors.failures} + 1` })
    .where(cursorOf(resource))
    .returning({ failures: cursors.failures, doneUntil: cursors.doneUntil })
  return { failures: row?.failures ?? 1, doneUntil: row?.doneUntil }
}

const startKey = ({ source, kind }: Resource) =>
  `intake-start:${source.shop.id}:${source.connector.id}:${kind}`

const cursorOf = ({ source, kind }: Resource) =>
  and(
    eq(cursors.shopId, source.shop.id),
    eq(cursors.connector, source.connector.id),
    eq(cursors.resource, kind),
  )
