/** The check of the crash test, checked: a world in which everything happened once, then each way of going wrong. */
import { describe, expect, it } from 'vitest'
import { type Book, openBook } from './book.ts'
import { judge } from './judge.ts'
import type { CardMessage, Effects } from './world.ts'

const [orderNo, other, refundNo] = ['691700000000001', '691700000000002', '731700000000001']
const follower = [{ id: 'ou_lin' }]
const heading = (title: string, tags: string[]) => ({
  title: { content: title },
  text_tag_list: tags.map((content) => ({ text: { content } })),
})
const said = (content: string, extra: object = {}) => ({ tag: 'markdown', content, ...extra })
const fact = (label: string, value: string) => said(`<font color='grey'>${label}</font>\n${value}`)

function message(id: string, content: unknown): CardMessage {
  const about = { message_id: id, chat_id: 'oc_1', msg_type: 'interactive', recalled: false, created_at: 1 }
  return { ...about, content }
}

const orderMessage = (id: string, mark: string) =>
  message(id, {
    header: heading('订单 · 抖店', ['待使用']),
    body: {
      elements: [said('券', { element_id: mark }), fact('订单号', orderNo), said('**林小夏** 已认领')],
    },
  })
const digestMessage = (id: string) =>
  message(id, {
    header: heading('新订单 · 2 条', ['合并播报']),
    body: {
      elements: [said(`券\n[查看订单](https://shop.example/?id=${other})`, { element_id: 'pdigest' })],
    },
  })
const refundMessage = (id: string) =>
  message(id, {
    header: heading('退款 ¥1.00 · 已退款', ['仅退款']),
    body: { elements: [said('券', { element_id: 'prefund' }), fact('退款单号', refundNo)] },
  })
const instance = (code: string, status: 'APPROVED' | 'PENDING' | 'CANCELED' = 'APPROVED') => ({
  instance_code: code,
  uuid: code,
  status,
  key: refundNo,
  values: { 退款金额: 1 },
})

function rightWorld(): { book: Book; effects: Effects } {
  const book = openBook()
  book.orders.push(orderNo, other)
  book.claims.push({ orderNo, openId: 'ou_lin', name: '林小夏', toast: '认领成功' })
  book.pressedBy.set(orderNo, new Set(['ou_lin']))
  const made = { system: 'douyin-shop', no: refundNo, id: refundNo, orderNo: other } as const
  book.refunds.push({ ...made, amounts: [100], withdrawn: false })
  const row = (fields: Record<string, unknown>) => ({ record_id: 'rec', fields })
  const effects: Effects = {
    messages: [orderMessage('om_1', 'porder'), digestMessage('om_2'), refundMessage('om_3')],
    rows: [
      {
        table: '订单',
        rows: [row({ 订单号: orderNo, 状态: '待使用', 跟进人: follower }), row({ 订单号: other })],
      },
      { table: '退款单', rows: [row({ 退款单号: refundNo, 状态: '已退款' })] },
      { table: '财务流水', rows: [row({ 退款单号: refundNo, 金额: -1 })] },
    ],
    instances: [instance('A'), instance('B', 'CANCELED')],
    refundsExecuted: [{ system: 'douyin-shop', refund_no: refundNo, amount: 100, times: 1 }],
    orders: [orderNo, other].map((order_no) => ({ order_no, status: 2 })),
    platformRefunds: [{ refund_no: refundNo, order_no: other, amount: 100, status: 12, refund_status: 3 }],
    erpRefunds: [],
  }
  return { book, effects }
}

const tableNamed = (effects: Effects, name: string) =>
  effects.rows.find((one) => one.table === name)?.rows ?? []
const doubled = (effects: Effects, name: string) => {
  const rows = tableNamed(effects, name)
  rows.push(...rows.slice(0, 1))
}

it('finds nothing wrong when everything happened once', () => {
  const { book, effects } = rightWorld()
  expect(judge(book, effects)).toEqual([])
})

describe('finds', () => {
  const wrongs: [string, RegExp, (effects: Effects, book: Book) => void][] = [
    ['a row written twice', /2 rows instead of 1/, (e) => doubled(e, '订单')],
    ['a lost row', /0 rows instead of 1/, (e) => void tableNamed(e, '订单').pop()],
    ['a table made twice', /2 tables are called/, (e) => void e.rows.push({ table: '订单', rows: [] })],
    [
      'a card sent twice',
      /card porder was sent 2/,
      (e) => void e.messages.push(orderMessage('om_4', 'porder')),
    ],
    ['two cards of one order', /2 cards or lines/, (e) => void e.messages.push(orderMessage('om_4', 'p2'))],
    ['a line in two digests', /2 cards or lines/, (e) => void e.messages.push(digestMessage('om_4'))],
    ['a card nobody sent', /0 cards or lines/, (e) => void e.messages.shift()],
    ['a claim that was lost', /was told/, (e) => void delete tableNamed(e, '订单')[0]?.fields.跟进人],
    [
      'a press that was received and forgotten',
      /nobody has it/,
      (_e, book) => void book.answered.set(other, '已收到'),
    ],
    ['a claim nobody made', /never pressed/, (_e, book) => void book.pressedBy.clear()],
    ['two live approvals', /2 live approvals/, (e) => void e.instances.push(instance('C', 'PENDING'))],
    ['no live approval', /0 live approvals/, (e) => void e.instances.shift()],
    [
      'money paid twice',
      /executed 2 times/,
      (e) => void Object.assign(e.refundsExecuted[0] ?? {}, { times: 2 }),
    ],
    ['money not paid', /executed 0 times/, (e) => void e.refundsExecuted.pop()],
    ['another sum', /executed 99 fen/, (e) => void Object.assign(e.refundsExecuted[0] ?? {}, { amount: 99 })],
    ['a second ledger row', /2 ledger rows/, (e) => doubled(e, '财务流水')],
    ['a missing ledger row', /0 ledger rows/, (e) => void tableNamed(e, '财务流水').pop()],
    [
      'a stale status',
      /the card says 待使用/,
      (e) => void Object.assign(tableNamed(e, '订单')[0]?.fields ?? {}, { 状态: '已预约' }),
    ],
    [
      'money for a withdrawn refund',
      /withdrawn, but executed/,
      (_e, book) => void Object.assign(book.refunds[0] ?? {}, { withdrawn: true }),
    ],
  ]
  it.each(wrongs)('%s', (_name, says, spoil) => {
    const { book, effects } = rightWorld()
    spoil(effects, book)
    expect(judge(book, effects).join('\n')).toMatch(says)
  })
})
