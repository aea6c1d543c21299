import { eq } from 'drizzle-orm'
import { cases } from '#src/db/schema/index.ts'
import { FeishuError } from '#src/feishu/types.ts'
import type { Definitions } from './definitions.ts'
import { buildForm } from './form.ts'
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
export async function parkCase(
  deps: CaseDeps,
  row: Case,
  failure: { code: string; problems: string[] },
): Promise<void> {
  const error = { code: failure.code, message: failure.problems.join('；') }
  await deps.database.db.update(cases).set({ state: 'parked', error }).where(eq(cases.id, row.id))
  deps.log.error({ trace: row.trace, subject: row.subject, ...error }, 'case parked')
  await deps.alert({
    code: failure.code,
    subject: row.approval,
    title: '审批单无法发起',
    text: `${row.subject}：${error.message}`,
    remedy: '请管理员在飞书审批后台按部署文档核对该审批定义的控件与设置；改好后系统会自动重新发起。',
  })
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
  const form = buildForm(approval, await definitions.widgets(approvalCode), row.input)
  if (!form.ok) {
    definitions.forget(approvalCode)
    await parkCase(deps, row, { code: mismatchCode, problems: form.problems })
    return undefined
  }
  const body = {
    approvalCode,
    openId: row.applicant,
    form: form.form,
    uuid: row.uuid,
    title: approval.title(row.input as never),
  }
  await deps.database.db.update(cases).set({ body }).where(eq(cases.id, row.id))
  return body
}

/**
 * Creates the instance with the persisted uuid, or finds the one an earlier try left: the platform refuses a used
 * uuid (60012), and reading by uuid then tells its code. Undefined: the case was parked.
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
    if (error.failure === 'already-done') {
      const found = await deps.feishu.approvals.get(row.uuid, purpose)
      if (found !== undefined) return found.instanceCode
    }
    if (error.failure !== 'invalid' && error.failure !== 'not-found') throw error
    definitions.forget(body.approvalCode)
    // Refused for its content: nothing was created, so the next try may carry a new form.
    await deps.database.db.update(cases).set({ body: null }).where(eq(cases.id, row.id))
    await parkCase(deps, row, { code: error.code, problems: [error.message] })
    return undefined
  }
}
