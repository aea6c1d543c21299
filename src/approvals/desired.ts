import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import type { AnyApproval, CaseView } from '#src/contracts/approval.ts'
import type { Approvals } from '#src/contracts/playbook.ts'
import type { Tx } from '#src/db/database.ts'
import { cases } from '#src/db/schema/index.ts'
import { wake } from '#src/db/wake.ts'
import { DataError } from '#src/errors.ts'

/** Lane that wakes the case opener. */
export const casesLane = 'cases'

type Case = typeof cases.$inferSelect

interface Request {
  input: unknown
  applicant: string
}

const ended: readonly Case['state'][] = ['approved', 'rejected', 'cancelled']

export function toCaseView(row: Case): CaseView {
  return {
    id: row.id,
    approval: row.approval,
    subject: row.subject,
    state: row.want === 'cancelled' && !ended.includes(row.state) ? 'cancelled' : row.state,
    input: row.input,
    ...(row.instanceCode === null ? {} : { instanceCode: row.instanceCode }),
    ...(row.replaces === null ? {} : { replaces: row.replaces }),
    ...(row.openedAt === null ? {} : { openedAt: row.openedAt }),
  }
}

function parseInput(approval: AnyApproval, input: unknown): Record<string, unknown> {
  const parsed = approval.input.safeParse(input)
  if (parsed.success) return parsed.data as Record<string, unknown>
  const issue = parsed.error.issues[0]
  const path = issue?.path.map(String).join('.') ?? ''
  throw new DataError('approval_input_invalid', `Approval ${approval.id}: input ${path}: ${issue?.message}`, {
    path,
  })
}

/**
 * States which approval cases should be live. Writes only the database, inside the caller's transaction; the opener
 * makes Feishu so.
 */
export function createApprovals(tx: Tx, deps: { trace: string; now: number }): Approvals {
  const { now, trace } = deps

  const about = (approval: AnyApproval, subject: string) =>
    and(eq(cases.approval, approval.id), eq(cases.subject, subject))
  const isLive = and(inArray(cases.state, ['wanted', 'open']), eq(cases.want, 'live'))

  const live = async (approval: AnyApproval, subject: string): Promise<Case | undefined> => {
    const [row] = await tx
      .select()
      .from(cases)
      .where(and(about(approval, subject), isLive))
      .for('update')
    return row
  }
  /** A parked case exists only here: Feishu has no instance of it. */
  const endParked = (approval: AnyApproval, subject: string, reason: string) =>
    tx
      .update(cases)
      .set({ state: 'cancelled', want: 'cancelled', cancelReason: reason, decidedAt: now })
      .where(and(about(approval, subject), eq(cases.state, 'parked')))
  const insert = async (
    approval: AnyApproval,
    subject: string,
    request: Request,
    replaces: string | null,
  ) => {
    // Its input is old, and two live cases about one subject must never exist.
    await endParked(approval, subject, 'replaced')
    await tx.insert(cases).values({
      id: crypto.randomUUID(),
      approval: approval.id,
      subject,
      input: parseInput(approval, request.input),
      applicant: request.applicant,
      state: 'wanted',
      uuid: crypto.randomUUID(),
      replaces,
      dueAt: now,
      createdAt: now,
      trace,
    })
    await wake(tx, casesLane)
  }
  const withdraw = async (row: Case, reason: string) => {
    await tx
      .update(cases)
      .set({ want: 'cancelled', cancelReason: reason, dueAt: now })
      .where(eq(cases.id, row.id))
    await wake(tx, casesLane)
  }

  return {
    async find(approval, subject) {
      const [row] = await tx
        .select()
        .from(cases)
        .where(about(approval, subject))
        .orderBy(desc(cases.createdAt), sql`${cases.want} = 'live' desc`, sql`${cases.replaces} is null`)
        .limit(1)
      return row === undefined ? undefined : toCaseView(row)
    },
    async open(approval, subject, request) {
      if ((await live(approval, subject)) === undefined) await insert(approval, subject, request, null)
    },
    async reopen(approval, subject, request) {
      const row = await live(approval, subject)
      if (row !== undefined) await withdraw(row, request.reason)
      await insert(approval, subject, request, row?.id ?? null)
    },
    async cancel(approval, subject, reason) {
      const row = await live(approval, subject)
      if (row !== undefined) await withdraw(row, reason)
      await endParked(approval, subject, reason)
    },
  }
}
