import { date, grid, kanban, money, person, select, table, text } from '#src/contracts/table.ts'

/** Refunds that came to an end; 失败 and 需人工 wait for somebody, so they stay. */
const closedStatuses: readonly unknown[] = ['已退款', '已拒绝', '已撤回']

/** One row per refund. 已同意, 退款中 and 已退款 are different states: only the other side's word makes it 已退款. */
export const refunds = table(
  'refunds',
  '退款单',
  {
    refundNo: text('退款单号').key().en('Refund No.').describe('平台售后单号，由系统填写'),
    status: select('状态', [
      { name: '待审批', color: 1 },
      { name: '审批中', color: 2 },
      { name: '已同意', color: 6 },
      { name: '退款中', color: 3 },
      { name: '已退款', color: 8 },
      { name: '已拒绝', color: 10 },
      { name: '已撤回', color: 11 },
      { name: '失败', color: 0 },
      { name: '需人工', color: 5 },
    ]).en('Status'),
    orderNo: text('订单号').en('Order No.'),
    shop: text('店铺').en('Shop'),
    source: text('来源').en('Source').describe('在哪里发起：平台或 ERP'),
    kind: select('类型', ['仅退款', '退货退款', '换货', '其他']).en('Kind'),
    amount: money('退款金额').en('Refund amount').describe('申请退多少'),
    refundedAmount: money('实退金额').en('Refunded').describe('对方确认退了多少'),
    reason: text('原因').en('Reason'),
    requestedAt: date('申请时间').en('Requested at'),
    deadline: date('平台截止').en('Platform deadline').describe('过了这个时间平台会自动处理'),
    reviewer: person('审批人').en('Reviewer'),
    decision: select('审批结果', [
      { name: '同意', color: 8 },
      { name: '拒绝', color: 0 },
      { name: '撤销', color: 10 },
    ]).en('Decision'),
    decidedAt: date('审批时间').en('Decided at'),
    approvalInstance: text('审批实例').en('Approval instance'),
    payer: select('执行方', ['ERP', '渠道', '人工']).en('Payer').describe('这笔退款只由这一方执行'),
    writeBack: select('回写ERP', ['无需', '待回写', '已回写', '失败']).en('Written back to ERP'),
    trace: text('追踪号').en('Trace id').describe('出了问题时报给 IT，卡片、审批和日志里是同一个号'),
    note: text('备注').ownedBy('staff').en('Note').describe('同事自己写，系统不会改'),
  },
  {
    description: '退款申请与结果，一次申请一行',
    views: [
      grid('全部'),
      grid('待审批', { where: [{ field: 'status', operator: 'is', values: ['待审批'] }] }),
      grid('需人工', { where: [{ field: 'status', operator: 'is', values: ['需人工'] }] }),
      kanban('按状态看板'),
    ],
    window: { closed: (row) => closedStatuses.includes(row.status) },
  },
)
