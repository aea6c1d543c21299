import { z } from 'zod'
import type { Refund } from '#src/contracts/canonical.ts'
import type { CommandResult, RefundCommand } from '#src/contracts/connector.ts'
import { defineJob, type HandlerContext, type JobContext, type Outward } from '#src/contracts/playbook.ts'
import { DataError } from '#src/errors.ts'
import { refunds } from '../../bitable-schemas/index.ts'
import { approvedAmount, refundApproval } from './approval.ts'
import { decideAnew } from './decide-anew.ts'
import { refundSubject, systemWord } from './refund-words.ts'
import { showRefund } from './show-refund.ts'
import { awaitsDecision, type Row, settledStages } from './standing.ts'

export const refundInput = z.object({ platform: z.string(), refundNo: z.string(), source: z.string() })

interface Case {
  refund: Refund
  /** The approval that was decided. */
  approval: string
  /** fen: what it was about; whatever the platform says by now, no other amount is paid. */
  amount: number
  row: Row
  decision: 'approved' | 'rejected'
  source: string
}

/** `undefined`: nothing to do there. */
type Step = CommandResult | undefined

const refusedHere = (message: string): CommandResult => ({
  outcome: 'refused',
  code: 'not_possible',
  message,
  detail: {},
})

async function load(ctx: JobContext, input: z.infer<typeof refundInput>): Promise<Case | undefined> {
  const refund = await ctx.records.refund(input.platform, input.refundNo)
  if (refund === undefined)
    throw new DataError('refund_unknown', `No refund ${input.platform} ${input.refundNo}`)
  if (settledStages.includes(refund.stage)) return undefined
  return ctx.transaction(async (tx) => {
    const row = await tx.rows.get(refunds, refund.refundNo)
    const last = await tx.approvals.find(refundApproval, refundSubject(refund))
    if (row === undefined || last === undefined) return undefined
    if (row.decision !== '同意' && row.decision !== '拒绝') return undefined
    const decision = row.decision === '同意' ? 'approved' : 'rejected'
    return { refund, row, approval: last.id, amount: approvedAmount(last), decision, source: input.source }
  })
}

function commandFor(c: Case, system: Outward, remark: string): RefundCommand | undefined {
  const ref = c.refund.refs[system.id]
  if (ref === undefined) return undefined
  const { refundNo, orderNo, kind, reason } = c.refund
  return { refundNo, orderNo, amount: c.amount, kind, reason, ref, remark }
}

async function onChannel(ctx: JobContext, c: Case, remark: string): Promise<Step> {
  const channel = await ctx.channel(c.refund.shopId)
  const command = commandFor(c, channel, remark)
  if (c.decision === 'rejected') {
    if (command === undefined) return undefined
    return channel.can('refuseRefund')
      ? channel.refuseRefund(command)
      : refusedHere(`${systemWord(channel.id)}不支持由系统拒绝退款`)
  }
  if (c.row.payer !== '渠道') return undefined
  if (command === undefined) return refusedHere(`${systemWord(channel.id)}上没有这笔售后单，无法由渠道执行`)
  const act = c.refund.kind === 'return-and-refund' ? 'agreeReturn' : 'agreeRefund'
  if (!channel.can(act)) return refusedHere(`${systemWord(channel.id)}不支持由系统同意这类退款`)
  return act === 'agreeReturn' ? channel.agreeReturn(command) : channel.agreeRefund(command)
}

async function onErp(ctx: JobContext, c: Case, remark: string): Promise<Step> {
  const erp = await ctx.erp(c.refund.shopId)
  const execute = c.decision === 'approved' && c.row.payer === 'ERP'
  if (erp === undefined) return execute ? refusedHere('该店铺没有连接 ERP，无法由 ERP 执行') : undefined
  const command = commandFor(c, erp, remark)
  if (command === undefined)
    return execute ? refusedHere('ERP 里还没有这笔售后单，无法由 ERP 执行') : undefined
  if (!erp.can('writeBackRefund')) return execute ? refusedHere(`${systemWord(erp.id)}不支持回写`) : undefined
  return erp.writeBackRefund({ ...command, decision: c.decision, execute })
}

/** In shadow mode a command is only recorded: nothing was written anywhere, and the row must not say it was. */
function writeBackWord(step: Step): NonNullable<Row['writeBack']> {
  if (step === undefined) return '无需'
  if (step.outcome === 'refused') return '失败'
  return step.detail.shadow === true ? '无需' : '已回写'
}

async function tellTrouble(ctx: HandlerContext, c: Case, steps: Step[]): Promise<void> {
  const problems = steps.flatMap((s) => (s?.outcome === 'refused' ? [`${s.message}（${s.code}）`] : []))
  await ctx.alert({
    code: 'refund_needs_person',
    subject: c.refund.refundNo,
    title: '退款需要人工处理',
    text: `退款单 ${c.refund.refundNo}（订单 ${c.refund.orderNo}）已审批，但没有执行成功：${problems.join('；')}`,
    remedy: '请在平台或 ERP 后台处理该售后单；处理后系统会自动核对结果并入账。',
  })
}

const amountMoved = (step: Step) => step?.outcome === 'refused' && step.code === 'refund_amount_changed'

/** Nothing was done because the amount changed before anybody could act: people decide about the new one. */
async function askAgain(ctx: JobContext, c: Case): Promise<boolean> {
  const { refund } = c
  for (const [connector, ref] of Object.entries(refund.refs)) {
    await ctx.refresh('refunds', refund.shopId, ref, connector)
  }
  return ctx.transaction(async (tx) => {
    const last = await tx.approvals.find(refundApproval, refundSubject(refund))
    // Somebody was faster: they are being asked already.
    if (last?.id !== c.approval) return true
    const fresh = (await tx.records.refund(refund.platform, refund.refundNo)) ?? refund
    if (!awaitsDecision(fresh) || fresh.amount === c.amount) return false
    await decideAnew(tx, fresh, c.source)
    return true
  })
}

/**
 * Takes the decision to the shop's one payer and to the ERP. Every command reads before it acts, so running this
 * again after a crash executes nothing twice. A refusal for good becomes 需人工; anything else is retried.
 */
export const carryOut = defineJob({
  input: refundInput,
  async run(ctx, input) {
    const c = await load(ctx, input)
    if (c === undefined) return
    const remark = c.decision === 'approved' ? '飞书审批已同意' : '飞书审批未通过'
    const channel = await onChannel(ctx, c, remark)
    const erp = await onErp(ctx, c, remark)
    const moved = amountMoved(channel) || amountMoved(erp)
    if (moved && channel?.outcome !== 'done' && erp?.outcome !== 'done' && (await askAgain(ctx, c))) return
    const failed = channel?.outcome === 'refused' || erp?.outcome === 'refused'
    const patch: Row = { writeBack: writeBackWord(erp), ...(failed ? { status: '需人工' } : {}) }
    await ctx.transaction(async (tx) => {
      const fresh = (await tx.records.refund(c.refund.platform, c.refund.refundNo)) ?? c.refund
      await showRefund(tx, fresh, { source: c.source, patch })
      if (failed) await tellTrouble(tx, c, [channel, erp])
      await tx.enqueue('watch', { ...input, round: 0 }, { key: refundSubject(c.refund), at: tx.now + 1_000 })
    })
  },
})
