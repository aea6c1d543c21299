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

/** It ended as somebody wanted: paid, refused or withdrawn. A failure is not the end of it. */
export const isOver = (refund: Refund): boolean =>
  refund.stage === 'refunded' || refund.stage === 'refused' || refund.stage === 'withdrawn'

/** Whether somebody must still decide. A return that already was agreed waits for goods, not for a decision. */
export const awaitsDecision = (refund: Refund): boolean => refund.stage === 'requested'

/** What the other side says has happened to the money: nothing of ours stands above it. */
const words: Partial<Record<Refund['stage'], Status>> = {
  refunded: '已退款',
  refunding: '退款中',
  refused: '已拒绝',
  withdrawn: '已撤回',
  failed: '失败',
}

/**
 * The status of the row: the other side's word stands above our own decision, and above our calling for a person;
 * 已退款 comes from nowhere else.
 */
export function statusOf(refund: Refund, row: Row | undefined): Status {
  const word = words[refund.stage]
  if (word !== undefined) return word
  if (row?.status === '需人工') return '需人工'
  if (refund.stage === 'agreed' || refund.stage === 'waiting-return') return '已同意'
  if (row?.decision === '拒绝') return '已拒绝'
  if (row?.decision === '同意') return '已同意'
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
  const undecided: StepState = settled(status) ? 'skipped' : 'doing'
  return {
    label: '主管审批',
    state: row.decision == null ? undecided : 'done',
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
