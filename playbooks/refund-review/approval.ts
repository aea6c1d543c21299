import { z } from 'zod'
import { type CaseView, defineApproval } from '#src/contracts/approval.ts'

const input = z.object({
  refundNo: z.string(),
  orderNo: z.string(),
  shop: z.string(),
  product: z.string(),
  buyer: z.string(),
  /** fen */
  orderAmount: z.number().int(),
  refundAmount: z.number().int(),
  reason: z.string(),
  kind: z.enum(['仅退款', '退货退款']),
  voucherState: z.string().optional(),
  /** ms */
  appliedAt: z.number(),
  deadline: z.number().optional(),
  source: z.string(),
  history: z.string(),
  trace: z.string(),
})
export type RefundApprovalInput = z.infer<typeof input>

/** The form 退款审批 as the deployment guide has people make it in the console; widgets are found by custom id, else by name. */
export const refundApproval = defineApproval({
  id: 'refund-review',
  label: '退款审批',
  input,
  widgets: {
    refundNo: { customId: 'refund_no', name: '退款单号', type: 'input', required: true },
    orderNo: { customId: 'order_no', name: '订单号', type: 'input', required: true },
    shop: { customId: 'shop', name: '店铺', type: 'input', required: false },
    product: { customId: 'product', name: '商品', type: 'textarea', required: false },
    buyer: { customId: 'buyer', name: '买家', type: 'input', required: false },
    orderAmount: { customId: 'order_amount', name: '订单金额', type: 'amount', required: false },
    refundAmount: { customId: 'refund_amount', name: '退款金额', type: 'amount', required: true },
    reason: { customId: 'reason', name: '退款原因', type: 'textarea', required: false },
    kind: { customId: 'refund_type', name: '退款类型', type: 'radioV2', required: false },
    voucherState: { customId: 'voucher_state', name: '券状态', type: 'input', required: false },
    appliedAt: { customId: 'applied_at', name: '申请时间', type: 'date', required: false },
    deadline: { customId: 'deadline', name: '平台截止', type: 'date', required: false },
    source: { customId: 'source', name: '来源', type: 'input', required: false },
    history: { customId: 'history', name: '历史退款', type: 'textarea', required: false },
    trace: { customId: 'trace', name: '追踪号', type: 'input', required: false },
  },
  fill: (d) => ({ ...d, reason: d.reason === '' ? '未填写' : d.reason }),
  title: (d) => `退款审批 ${d.shop} ${d.orderNo}`,
  sample: {
    refundNo: '7300000000000000001',
    orderNo: '6917000000000000001',
    shop: '海岛假期旗舰店',
    product: '普吉岛套餐券 × 2',
    buyer: '张** 138****1234',
    orderAmount: 536000,
    refundAmount: 268000,
    reason: '行程有变',
    kind: '仅退款',
    voucherState: '2 张：待使用 2',
    appliedAt: 1_795_000_000_000,
    deadline: 1_795_200_000_000,
    source: '聚水潭',
    history: '无',
    trace: 'k3f9a2m4',
  },
})

/** Fen that people decide about in this case. */
export const approvedAmount = (about: CaseView): number => Number(about.input.refundAmount)

export const isWaiting = (last: CaseView | undefined): boolean =>
  last?.state === 'open' || last?.state === 'wanted'

/** People are asked or have answered. Their answer may still be on its way to us: asking again would lose it. */
export const isUnderway = (last: CaseView | undefined): last is CaseView =>
  isWaiting(last) || last?.state === 'approved' || last?.state === 'rejected'
