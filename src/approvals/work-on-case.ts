import { and, eq, sql } from 'drizzle-orm'
import type { EventPayloads } from '#src/contracts/event.ts'
import { cases } from '#src/db/schema/index.ts'
import { type AppError, toAppError } from '#src/errors.ts'
import { FeishuError } from '#src/feishu/types.ts'
import { nextDelay } from '#src/jobs/backoff.ts'
import { steadyReason } from '#src/ops/steady-reason.ts'
import { raiseEvent } from '#src/runtime/raise-event.ts'
import { applyInstance } from './apply-instance.ts'
import type { Definitions } from './definitions.ts'
import { type Case, createInstance, mismatchCode } from './open-case.ts'
import { type CaseDeps, purpose } from './types.ts'

/** While an operator has to change something in Feishu, we look again this often. */
const permissionRetryMs = 5 * 60_000
/** Soon: an approval may pass by itself, and events that came before we knew its code told us nothing. */
const firstLookMs = 2_000
/** A create call whose answer never came may still arrive within this time. */
const settleMs = 30_000

async function endUnsent(deps: CaseDeps, row: Case): Promise<void> {
  await deps.database.db
    .update(cases)
    .set({ state: 'cancelled', decidedAt: deps.clock.now() })
    .where(eq(cases.id, row.id))
}

async function recordOpened(deps: CaseDeps, row: Case, instanceCode: string): Promise<void> {
  const now = deps.clock.now()
  const at = { subject: row.subject, at: now, now, trace: row.trace }
  await deps.database.db.transaction(async (tx) => {
    const dueAt = sql`case when ${cases.want} = 'cancelled' then ${now}::bigint else ${now + firstLookMs}::bigint end`
    const [opened] = await tx
      .update(cases)
      .set({ state: 'open', instanceCode, openedAt: now, dueAt, attempts: 0, error: null })
      .where(and(eq(cases.id, row.id), eq(cases.state, 'wanted')))
      .returning({ want: cases.want })
    if (opened?.want !== 'live') return
    const payload: EventPayloads['approval.opened'] = {
      approval: row.approval,
      caseId: row.id,
      subject: row.subject,
      instanceCode,
      openedAt: now,
    }
    await raiseEvent(tx, { type: 'approval.opened', payload, ...at })
  })
}

/** Wanted no more before it was seen to be open: an instance that exists all the same is found by its uuid and cancelled. */
async function withdrawWanted(deps: CaseDeps, row: Case): Promise<void> {
  if (row.body === null) return endUnsent(deps, row)
  const found = await deps.feishu.approvals.get(row.uuid, purpose)
  if (found !== undefined) return recordOpened(deps, row, found.instanceCode)
  const now = deps.clock.now()
  if (row.checkedAt !== null && now - row.checkedAt >= settleMs) return endUnsent(deps, row)
  await deps.database.db
    .update(cases)
    .set({ checkedAt: row.checkedAt ?? now, dueAt: now + settleMs })
    .where(eq(cases.id, row.id))
}

async function openWanted(deps: CaseDeps, definitions: Definitions, row: Case): Promise<void> {
  if (row.want === 'cancelled') return withdrawWanted(deps, row)
  const instanceCode = await createInstance(deps, definitions, row)
  if (instanceCode === undefined) return
  await recordOpened(deps, row, instanceCode)
  deps.log.info({ trace: row.trace, subject: row.subject, instanceCode }, 'approval opened')
  for (const code of new Set([mismatchCode, String(row.error?.code ?? mismatchCode)]))
    await deps.resolve({ code, subject: row.approval })
}

/** Reads the instance and takes over its state; cancels it when we want it gone and it still runs. */
async function followOpen(deps: CaseDeps, row: Case): Promise<void> {
  const code = row.instanceCode
  if (code === null) return
  const instance = await deps.feishu.approvals.get(code, purpose)
  if (instance === undefined) throw new Error(`Approval instance ${code} does not exist`)
  if (row.want === 'cancelled' && instance.status === 'PENDING') {
    await deps.feishu.approvals.cancel(
      instance.approvalCode,
      code,
      { openId: instance.openId || row.applicant },
      purpose,
    )
    const after = await deps.feishu.approvals.get(code, purpose)
    if (after !== undefined) await applyInstance(deps, row, after)
    return
  }
  await applyInstance(deps, row, instance)
}

/** Only a person can help: a permission, a definition that was switched off or does not exist. */
async function tellBlocked(deps: CaseDeps, row: Case, error: AppError): Promise<void> {
  await deps.alert({
    code: error.code,
    subject: row.approval,
    title: '审批接口被飞书拒绝',
    text: `审批「${deps.approvals.get(row.approval)?.label ?? row.approval}」：${steadyReason(error)}`,
    remedy: '请管理员检查 approval_code、该审批定义是否启用、应用的审批权限；处理后系统会自动继续。',
  })
}

async function settleFailure(deps: CaseDeps, row: Case, thrown: unknown): Promise<void> {
  const error = toAppError(thrown)
  const blocked = error instanceof FeishuError && error.failure === 'permission'
  const asked = error instanceof FeishuError ? error.resetMs : undefined
  const wait = blocked ? permissionRetryMs : (asked ?? nextDelay(row.attempts + 1, Math.random))
  deps.log.warn({ trace: row.trace, subject: row.subject, code: error.code, err: error }, 'case not moved on')
  if (blocked) await tellBlocked(deps, row, error)
  await deps.database.db
    .update(cases)
    .set({
      attempts: row.attempts + 1,
      dueAt: deps.clock.now() + wait,
      error: { code: error.code, message: error.message },
    })
    .where(eq(cases.id, row.id))
}

/** One step of one case. Never throws for what Feishu or the network did: the case is due again later. */
export async function workOnCase(deps: CaseDeps, definitions: Definitions, row: Case): Promise<void> {
  try {
    if (row.state === 'wanted') await openWanted(deps, definitions, row)
    else await followOpen(deps, row)
  } catch (thrown) {
    await settleFailure(deps, row, thrown)
  }
}
