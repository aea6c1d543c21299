/** Where a refund stands: one pure function from what we know to what people see. */
import type { Refund } from '#src/contracts/canonical.ts'
import type { RowOf } from '#src/contracts/table.ts'
import type { refunds } from '../../bitable-schemas/index.ts'
import type { RefundCardInput } from '../../cards/refund.ts'

export type Row = RowOf<typeof refunds>
export type Status =
  | '待审批'
  | '审批中'
  | '已同意'
  | '退款中'
  | '已退款'
  | '已拒绝'
  | '已撤回'
  | '失败'
  | '需人工'

/** Stages after which nothing is left to decide. */
export const settledStages: readonly Refund['stage'][] = ['refunded', 'refused', 'withdrawn', 'failed']

/** Whether somebody must still decide. A return that already was agreed waits for goods, not for a decision. */
export const awaitsDecision = (refund: Refund): boolean => refund.stage === 'requested'

/**
 * The status of the row: the other side's word for what happened to the money (refunding, refunded, withdrawn …)
 * stands above our own decision; 已退款 comes from nowhere else.
 */
export function statusOf(refund: Refund, row: Row | undefined): Status {
  if (refund.stage === 'refunded') return '已退款'
  if (refund.stage === 'withdrawn') return '已撤回'
  if (refund.stage === 'failed') return '失败'
  if (row?.status === '需人工') return '需人工'
  if (refund.stage === 'refunding') return '退款中'
  if (refund.stage === 'refused' || row?.decision === '拒绝') return '已拒绝'
  if (refund.stage === 'agreed' || refund.stage === 'waiting-return' || row?.decision === '同意')
    return '已同意'
  return row?.approvalInstance == null ? '待审批' : '审批中'
}

const tones: Record<Status, RefundCardInput['tone']> = {
  待审批: 'waiting',
  审批中: 'waiting',
  已同意: 'working',
  退款中: 'working',
  已退款: 'done',
  已拒绝: 'refused',
  已撤回: 'ended',
  失败: 'trouble',
  需人工: 'trouble',
}
export const toneOf = (status: Status): RefundCardInput['tone'] => tones[status]

type Step = RefundCardInput['steps'][number]
type StepState = Step['state']

function approvalStep(row: Row, status: Status, by: string | undefined): Step {
  const decided: StepState = row.decision == null ? (status === '已撤回' ? 'skipped' : 'doing') : 'done'
  const waits = settled(status) && row.decision == null ? 'skipped' : decided
  return {
    label: '主管审批',
    state: waits,
    ...(row.decision == null ? {} : { detail: `${row.decision}${by === undefined ? '' : ` · ${by}`}` }),
  }
}

const settled = (status: Status) =>
  status === '已退款' || status === '已撤回' || status === '已拒绝' || status === '失败'

function executionStep(row: Row, status: Status): Step {
  const label = `执行退款（${row.payer ?? '—'}）`
  if (status === '已退款') return { label, state: 'done', detail: '对方已确认' }
  if (status === '需人工' || status === '失败') return { label, state: 'failed' }
  if (status === '已拒绝' || status === '已撤回') return { label, state: 'skipped' }
  if (status === '退款中') return { label, state: 'doing', detail: '退款中，等待对方确认' }
  return { label, state: row.decision === '同意' ? 'doing' : 'todo' }
}

const writeBackStates: Record<string, StepState> = {
  无需: 'skipped',
  待回写: 'doing',
  已回写: 'done',
  失败: 'failed',
}

/** The ticks on the card: approval, execution, ERP, ledger. */
export function stepsOf(row: Row, status: Status, by: string | undefined): Step[] {
  const writeBack = row.writeBack == null ? 'todo' : (writeBackStates[row.writeBack] ?? 'todo')
  const ledger: StepState = status === '已退款' ? 'done' : settled(status) ? 'skipped' : 'todo'
  return [
    approvalStep(row, status, by),
    executionStep(row, status),
    { label: '回写 ERP', state: writeBack },
    { label: '财务流水', state: ledger },
  ]
}
