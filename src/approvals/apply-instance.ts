import { and, eq, inArray } from 'drizzle-orm'
import type { EventPayloads } from '#src/contracts/event.ts'
import { cases } from '#src/db/schema/index.ts'
import type { ApprovalInstance } from '#src/feishu/types.ts'
import { storableText } from '#src/intake/storable-json.ts'
import { raiseEvent } from '#src/runtime/raise-event.ts'
import { nextCheckDelay } from './form.ts'
import type { Case } from './open-case.ts'
import type { CaseDeps } from './types.ts'

type Decision = EventPayloads['approval.decided']['decision']

const ends: Partial<Record<ApprovalInstance['status'], Decision>> = {
  APPROVED: 'approved',
  REJECTED: 'rejected',
  CANCELED: 'cancelled',
  DELETED: 'cancelled',
}

/** Who ended it and what they wrote, as far as the timeline tells. */
function decider(instance: ApprovalInstance): { openId?: string; comment?: string; at?: number } {
  const last = instance.timeline.findLast((t) =>
    ['PASS', 'REJECT', 'CANCEL', 'AUTO_PASS', 'AUTO_REJECT'].includes(t.type),
  )
  const task = instance.tasks.findLast((t) => t.status === 'APPROVED' || t.status === 'REJECTED')
  const openId = last?.openId ?? task?.openId
  return {
    ...(openId === undefined ? {} : { openId }),
    ...(last?.comment === undefined || last.comment === '' ? {} : { comment: storableText(last.comment) }),
    ...(last === undefined ? {} : { at: last.at }),
  }
}

/**
 * Takes over what Feishu says of the instance: still running → look again later; ended → the case ends and
 * `approval.decided` is raised, in one transaction and only once however often it is read.
 */
export async function applyInstance(deps: CaseDeps, row: Case, instance: ApprovalInstance): Promise<void> {
  const now = deps.clock.now()
  const decision = ends[instance.status]
  if (decision === undefined) {
    const dueAt = now + nextCheckDelay(now - (row.openedAt ?? row.createdAt))
    await deps.database.db
      .update(cases)
      .set({ checkedAt: now, dueAt, attempts: 0 })
      .where(eq(cases.id, row.id))
    return
  }
  const by = decider(instance)
  const decidedAt = instance.endedAt ?? by.at ?? now
  await deps.database.db.transaction(async (tx) => {
    const ended = await tx
      .update(cases)
      .set({ state: decision, decidedAt, checkedAt: now, error: null })
      .where(and(eq(cases.id, row.id), inArray(cases.state, ['wanted', 'open'])))
      .returning({ want: cases.want })
    // A case we cancelled ourselves has been dealt with by whoever cancelled it, unless people were faster.
    const want = ended[0]?.want
    if (want === undefined || (want === 'cancelled' && decision === 'cancelled')) return
    const payload: EventPayloads['approval.decided'] = {
      approval: row.approval,
      caseId: row.id,
      subject: row.subject,
      decision,
      decidedAt,
      ...(by.openId === undefined ? {} : { decidedBy: by.openId }),
      ...(by.comment === undefined ? {} : { comment: by.comment }),
    }
    await raiseEvent(tx, {
      type: 'approval.decided',
      subject: row.subject,
      payload,
      at: decidedAt,
      now,
      trace: row.trace,
    })
  })
}
