import { and, eq, sql } from 'drizzle-orm'
import type { AnyApproval } from '#src/contracts/approval.ts'
import { cases } from '#src/db/schema/index.ts'
import { FeishuError } from '#src/feishu/types.ts'
import { steadyReason } from '#src/ops/steady-reason.ts'
import type { Definitions } from './definitions.ts'
import { buildForm, type FormResult } from './form.ts'
import { type CaseDeps, purpose } from './types.ts'

export type Case = typeof cases.$inferSelect

interface Body {
  approvalCode: string
  openId: string
  form: string
  uuid: string
  title: string
}

export const mismatchCode = 'approval_form_mismatch'

/** Sets the case aside with its reason and tells the operators; the rest goes on. */
async function parkCase(
  deps: CaseDeps,
  row: Case,
  failure: { code: string; problems: string[] },
): Promise<void> {
  const error = { code: failure.code, message: failure.problems.join('；') }
  // Cancelled meanwhile: then there is nothing left to mend.
  const state = sql`case when ${cases.want} = 'cancelled' then 'cancelled' else 'parked' end`
  await deps.database.db
    .update(cases)
    .set({ state, error, body: null })
    .where(and(eq(cases.id, row.id), eq(cases.state, 'wanted')))
  deps.log.error({ trace: row.trace, subject: row.subject, ...error }, 'case parked')
  // The same for every case that waits for it: one card, however many there are.
  await deps.alert({
    code: failure.code,
    subject: row.approval,
    title: '审批单无法发起',
    text: `审批「${deps.approvals.get(row.approval)?.label ?? row.approval}」：${error.message}`,
    remedy: '请管理员在飞书审批后台按部署文档核对该审批定义的控件与设置；改好后系统会自动重新发起。',
  })
}

/** The form for the definition as we know it, or, when that does not fit, as it is now. */
async function fitForm(
  definitions: Definitions,
  approval: AnyApproval,
  at: { approvalCode: string; input: unknown },
): Promise<FormResult> {
  const known = buildForm(approval, await definitions.widgets(at.approvalCode), at.input)
  if (known.ok) return known
  return buildForm(approval, await definitions.widgets(at.approvalCode, { fresh: true }), at.input)
}

async function prepare(deps: CaseDeps, definitions: Definitions, row: Case): Promise<Body | undefined> {
  if (row.body !== null) return row.body as Body
  const approval = deps.approvals.get(row.approval)
  const approvalCode = deps.codes.get(row.approval)
  if (approval === undefined || approvalCode === undefined) {
    const problems = [`没有配置审批 ${row.approval} 的 approval_code（huiliu.config.ts 的 approvals）`]
    await parkCase(deps, row, { code: 'approval_not_configured', problems })
    return undefined
  }
  const form = await fitForm(definitions, approval, { approvalCode, input: row.input })
  if (!form.ok) {
    await parkCase(deps, row, { code: mismatchCode, problems: form.problems })
    return undefined
  }
  const title = approval.title(row.input as never)
  const body = { approvalCode, openId: row.applicant, form: form.form, uuid: row.uuid, title }
  await deps.database.db.update(cases).set({ body }).where(eq(cases.id, row.id))
  return body
}

/**
 * Creates the instance with the persisted uuid, or finds the one an earlier try left: the platform refuses a used
 * uuid (60012), and reading by uuid then tells its code. Undefined: not opened now, the case says why.
 */
export async function createInstance(
  deps: CaseDeps,
  definitions: Definitions,
  row: Case,
): Promise<string | undefined> {
  const body = await prepare(deps, definitions, row)
  if (body === undefined) return undefined
  try {
    return await deps.feishu.approvals.create(body, purpose)
  } catch (error) {
    if (!(error instanceof FeishuError)) throw error
    const isRefused = error.failure === 'invalid' || error.failure === 'not-found'
    if (!isRefused && error.failure !== 'already-done') throw error
    // Whatever this call was refused for: an earlier one with this uuid may have been applied.
    const found =
      row.body === null && isRefused ? undefined : await deps.feishu.approvals.get(row.uuid, purpose)
    if (found !== undefined) return found.instanceCode
    if (!isRefused) throw error
    await settleRefusal(deps, definitions, { row, body, error })
    return undefined
  }
}

/** Refused for its content: nothing was created. The form may have changed since we read it; else somebody must mend it. */
async function settleRefusal(
  deps: CaseDeps,
  definitions: Definitions,
  { row, body, error }: { row: Case; body: Body; error: FeishuError },
): Promise<void> {
  const wasFresh = row.body === null && definitions.isFresh(body.approvalCode)
  definitions.forget(body.approvalCode)
  if (wasFresh) return parkCase(deps, row, { code: error.code, problems: [steadyReason(error)] })
  await deps.database.db
    .update(cases)
    .set({ body: null, dueAt: deps.clock.now() })
    .where(eq(cases.id, row.id))
}
