import { and, eq, inArray, or } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '#src/db/database.ts'
import { cases } from '#src/db/schema/index.ts'
import { wake } from '#src/db/wake.ts'
import { casesLane } from './desired.ts'

/** Schema 1.0 event of an approval: it only says which instance moved; the opener reads it. */
const moved = z.object({ event: z.object({ instance_code: z.string().min(1), uuid: z.string().optional() }) })
const definition = z.object({ event: z.object({ object: z.object({ approval_code: z.string() }) }) })

/** An approval_instance or approval_task event: the case it is about is read at once. Foreign instances are ignored. */
export async function onInstanceMoved(tx: Tx, envelope: unknown, now: number): Promise<void> {
  const { event } = moved.parse(envelope)
  const uuid = z.uuid().safeParse(event.uuid?.toLowerCase())
  const which = uuid.success
    ? or(eq(cases.instanceCode, event.instance_code), eq(cases.uuid, uuid.data))
    : eq(cases.instanceCode, event.instance_code)
  await tx
    .update(cases)
    .set({ dueAt: now })
    .where(and(which, inArray(cases.state, ['open'])))
  await wake(tx, casesLane)
}

/** approval.approval.updated_v4: the approval_code whose definition changed. */
export function changedDefinition(envelope: unknown): string | undefined {
  const parsed = definition.safeParse(envelope)
  return parsed.success ? parsed.data.event.object.approval_code : undefined
}
