import { date, grid, money, select, table, text } from '#src/contracts/table.ts'

/** One row per money fact, written once and never changed. Every row may leave the table; the database keeps all. */
export const ledger = table(
  'ledger',
  '财务流水',
  {
    entryNo: text('流水号').key().en('Entry No.').describe('由系统填写，一笔钱一个号'),
    kind: select('类型', ['收入', '退款', '平台补贴', '佣金', '其他']).en('Kind'),
    shop: text('店铺').en('Shop'),
    orderNo: text('订单号').en('Order No.'),
    refundNo: text('退款单号').en('Refund No.'),
    amount: money('金额').en('Amount').describe('收入为正，退款为负'),
    happenedAt: date('发生时间').en('Happened at'),
    source: text('来源').en('Source'),
    trace: text('追踪号').en('Trace id'),
  },
  { description: '只增不改的流水', views: [grid('全部流水')], window: { closed: () => true } },
)
