import { and, eq, or } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '#src/db/database.ts'
import { cases } from '#src/db/schema/index.ts'
import { wake } from '#src/db/wake.ts'
import { DataError } from '#src/errors.ts'
import { raiseEvent } from '#src/runtime/raise-event.ts'
import { casesLane } from './desired.ts'

/** Schema 1.0 event of an approval: it only says which instance moved; the opener reads it. */
const moved = z.object({
  event: z.object({
    instance_code: z.string().min(1),
    uuid: z.string().nullish(),
    status: z.string().nullish(),
  }),
})
const definition = z.object({ event: z.object({ object: z.object({ approval_code: z.string().min(1) }) }) })

function read<S extends z.ZodType>(schema: S, envelope: unknown): z.infer<S> {
  const parsed = schema.safeParse(envelope)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const path = issue?.path.map(String).join('.') ?? ''
  throw new DataError('approval_event_unreadable', `Approval event: ${path}: ${issue?.message}`, { path })
}

/**
 * An approval_instance or approval_task event: the case it is about is read at once. Foreign instances are ignored.
 * The platform's events write our uuids in their own case.
 * @throws DataError `approval_event_unreadable`
 */
export async function onInstanceMoved(tx: Tx, envelope: unknown, now: number): Promise<void> {
  const { event } = read(moved, envelope)
  const uuid = z.uuid().safeParse(event.uuid?.toLowerCase())
  const byCode = eq(cases.instanceCode, event.instance_code)
  const which = uuid.success ? or(byCode, eq(cases.uuid, uuid.data)) : byCode
  const touched = await tx
    .update(cases)
    .set({ dueAt: now })
    .where(and(which, eq(cases.state, 'open')))
    .returning({ id: cases.id })
  if (touched.length > 0) await wake(tx, casesLane)
  if (event.status === 'REVERTED') await tellReverted(tx, event.instance_code, now)
}

/** REVERTED exists only as an event: the instance read back merely shows CANCELED. */
async function tellReverted(tx: Tx, instanceCode: string, now: number): Promise<void> {
  const [row] = await tx
    .select()
    .from(cases)
    .where(and(eq(cases.instanceCode, instanceCode), eq(cases.state, 'approved')))
  if (row === undefined) return
  const { approval, id: caseId, subject, trace } = row
  const payload = { approval, caseId, subject, revertedAt: now }
  await raiseEvent(tx, { type: 'approval.reverted', subject, payload, at: now, now, trace })
}

/**
 * approval.approval.updated_v4: cases that were parked get another chance at once, in whichever process opens them.
 * Returns the approval_code whose definition changed.
 * @throws DataError `approval_event_unreadable`
 */
export async function onDefinitionChanged(tx: Tx, envelope: unknown, now: number): Promise<string> {
  const { event } = read(definition, envelope)
  const touched = await tx
    .update(cases)
    .set({ state: 'wanted', dueAt: now })
    .where(and(eq(cases.state, 'parked'), eq(cases.want, 'live')))
    .returning({ id: cases.id })
  if (touched.length > 0) await wake(tx, casesLane)
  return event.object.approval_code
}
