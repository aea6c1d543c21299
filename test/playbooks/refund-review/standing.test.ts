import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type RefundStage, refundStage } from '#src/contracts/canonical.ts'
import { executorOf } from '../../../playbooks/refund-review/executor.ts'
import {
  awaitsDecision,
  type Row,
  type Status,
  statusOf,
  stepsOf,
  toneOf,
} from '../../../playbooks/refund-review/standing.ts'
import { aRefund } from '../../intake/records.ts'

const stages = refundStage.options
const decisions = [undefined, '同意', '拒绝', '撤销']
const statuses: Status[] = [
  '待审批',
  '审批中',
  '已同意',
  '退款中',
  '已退款',
  '已拒绝',
  '已撤回',
  '失败',
  '需人工',
]
const rows = fc.record<Row>(
  {
    decision: fc.constantFrom(...decisions) as fc.Arbitrary<string>,
    status: fc.constantFrom(...statuses),
    approvalInstance: fc.constantFrom('I-1'),
    payer: fc.constantFrom('ERP', '渠道', '人工'),
    writeBack: fc.constantFrom('无需', '待回写', '已回写', '失败'),
  },
  { requiredKeys: [] },
)

describe('where a refund stands', () => {
  it.each<[RefundStage, Row | undefined, Status]>([
    ['requested', undefined, '待审批'],
    ['requested', {}, '待审批'],
    ['requested', { approvalInstance: 'I-1' }, '审批中'],
    ['requested', { decision: '同意' }, '已同意'],
    ['requested', { decision: '拒绝' }, '已拒绝'],
    ['requested', { decision: '同意', status: '需人工' }, '需人工'],
    ['requested', { decision: '撤销', status: '需人工' }, '需人工'],
    ['unknown', { approvalInstance: 'I-1' }, '审批中'],
    ['waiting-return', { decision: '同意' }, '已同意'],
    ['agreed', undefined, '已同意'],
    ['agreed', { decision: '拒绝' }, '已同意'],
    ['agreed', { status: '需人工' }, '需人工'],
    ['refunding', { decision: '同意' }, '退款中'],
    ['refunding', { status: '需人工' }, '退款中'],
    ['refunded', { decision: '拒绝', status: '需人工' }, '已退款'],
    ['refused', { decision: '同意', status: '需人工' }, '已拒绝'],
    ['withdrawn', { decision: '同意' }, '已撤回'],
    ['failed', { decision: '同意' }, '失败'],
  ])('%s with %o is %s', (stage, row, status) => {
    expect(statusOf(aRefund({ stage }), row)).toBe(status)
  })

  it('已退款 only ever comes from the other side’s confirmation', () => {
    fc.assert(
      fc.property(fc.constantFrom(...stages), rows, (stage, row) => {
        expect(statusOf(aRefund({ stage }), row) === '已退款').toBe(stage === 'refunded')
      }),
    )
  })

  it('every standing has a colour, and ticks that agree with it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...stages), rows, (stage, row) => {
        const status = statusOf(aRefund({ stage }), row)
        expect(toneOf(status)).toBeDefined()
        const [approval, execution, , ledger] = stepsOf(row, status, '王岚')
        expect(execution?.state === 'done').toBe(stage === 'refunded')
        expect(ledger?.state === 'done').toBe(stage === 'refunded')
        expect(approval?.state === 'done').toBe(row.decision != null)
      }),
    )
  })

  it('only a requested refund waits for a decision', () => {
    expect(stages.filter((stage) => awaitsDecision(aRefund({ stage })))).toEqual(['requested'])
  })
})

describe('who executes a refund', () => {
  const shop = { id: 's', name: '店', connector: 'douyin-shop', erp: 'jushuitan' }
  const both = { 'douyin-shop': '1', jushuitan: '2' }
  it.each([
    ['erp', both, 'ERP'],
    ['channel', both, '渠道'],
    ['person', both, '人工'],
    ['erp', { 'douyin-shop': '1' }, '渠道'],
    ['channel', { jushuitan: '2' }, 'ERP'],
    ['erp', {}, '人工'],
    ['channel', { wangdiantong: '9' }, '人工'],
    ['person', {}, '人工'],
  ] as const)('payer %s, known to %o: %s', (payer, refs, executor) => {
    expect(executorOf(aRefund({ refs: { ...refs } }), { ...shop, payer })).toBe(executor)
  })

  it('of a shop without an ERP is its channel, of an unknown shop a person', () => {
    const { erp: _none, ...alone } = shop
    expect(executorOf(aRefund({ refs: both }), { ...alone, payer: 'erp' })).toBe('渠道')
    expect(executorOf(aRefund({ refs: both }), undefined)).toBe('人工')
  })
})
