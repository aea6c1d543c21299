import {
  date,
  grid,
  kanban,
  link,
  money,
  multiSelect,
  number,
  person,
  select,
  table,
  text,
} from '#src/contracts/table.ts'
import { channelOptions } from './channel-options.ts'

/** Orders nobody works on any more: they leave the table first when it nears its row cap. */
const closedStatuses: readonly unknown[] = ['已完成', '已取消', '已退款']

/** One row per order of any channel. The first select field groups the board, so 状态 comes before 渠道. */
export const orders = table(
  'orders',
  '订单',
  {
    orderNo: text('订单号').key().en('Order No.').describe('平台订单号，由系统填写'),
    status: select('状态', [
      { name: '待付款', color: 5 },
      { name: '待发货', color: 1 },
      { name: '待使用', color: 2 },
      { name: '部分发货', color: 3 },
      { name: '已发货', color: 4 },
      { name: '已预约', color: 6 },
      { name: '已完成', color: 8 },
      { name: '已取消', color: 10 },
      { name: '已退款', color: 0 },
      { name: '未知', color: 11 },
    ])
      .en('Status')
      .describe('从卖家角度看订单走到哪一步，由系统更新'),
    channel: select('渠道', channelOptions).en('Channel').describe('订单来自哪个平台'),
    shop: text('店铺').en('Shop'),
    kind: select('类型', ['实物', '套餐券']).en('Kind'),
    platformStatus: text('平台状态').en('Platform status').describe('平台自己的状态原文'),
    product: text('商品').en('Product'),
    quantity: number('数量').en('Quantity'),
    total: money('订单金额').en('Order amount'),
    paid: money('实付金额').en('Paid'),
    buyer: text('买家（脱敏）').en('Buyer (masked)').describe('平台已脱敏；需要联系买家请用平台自己的会话'),
    voucherStates: multiSelect('券状态', [
      '待付款',
      '待使用',
      '已预约',
      '已核销',
      '已过期',
      '退款中',
      '已退款',
    ])
      .en('Voucher states')
      .describe('该订单各张券现在的状态，每种状态一项'),
    vouchersVerified: number('已核销').en('Vouchers verified').describe('已核销的券数'),
    vouchersTotal: number('总券数').en('Vouchers in total'),
    createdAt: date('下单时间').en('Ordered at'),
    paidAt: date('付款时间').en('Paid at'),
    bookedAt: date('预约时间').en('Booked at'),
    verifiedAt: date('核销时间').en('Verified at'),
    completedAt: date('完成时间').en('Completed at'),
    refundedAt: date('退款时间').en('Refunded at'),
    room: text('直播间').en('Live room'),
    author: text('达人').en('Author'),
    orderLink: link('查看订单').en('Open order').describe('在业务系统里打开这笔订单'),
    followStatus: select('跟进状态', [
      { name: '待跟进', color: 1 },
      { name: '已认领', color: 6 },
      { name: '已跟进', color: 8 },
      { name: '无需跟进', color: 10 },
    ])
      .ownedBy('shared')
      .en('Follow-up'),
    follower: person('跟进人').ownedBy('shared').en('Follower').describe('在群里认领，或直接在表里改'),
    followedAt: date('跟进时间').ownedBy('shared').en('Followed up at'),
    responseSeconds: number('首次响应（秒）').en('First response (s)').describe('从通知到认领用了多少秒'),
    note: text('备注').ownedBy('staff').en('Note').describe('同事自己写，系统不会改'),
    trace: text('追踪号').en('Trace id').describe('出了问题时报给 IT，卡片、审批和日志里是同一个号'),
  },
  {
    description: '各渠道订单，一单一行',
    views: [
      grid('全部订单'),
      grid('待跟进', { where: [{ field: 'followStatus', operator: 'is', values: ['待跟进'] }] }),
      kanban('按状态看板'),
    ],
    window: { closed: (row) => closedStatuses.includes(row.status) },
  },
)
