import { z } from 'zod'
import { defineCard } from '#src/contracts/card.ts'
import {
  address,
  button,
  buttonRow,
  facts,
  frame,
  markdown,
  note,
  opens,
  plain,
  type Template,
} from './kit/elements.ts'
import { span, when, yuan } from './kit/format.ts'
import { link } from './kit/link.ts'

const input = z.object({
  orderNo: z.string(),
  channel: z.string(),
  shop: z.string(),
  status: z.string(),
  /** Shapes the header: waiting for somebody, in somebody's hands, ended well, ended otherwise. */
  tone: z.enum(['waiting', 'claimed', 'done', 'ended']),
  product: z.string(),
  quantity: z.number().int(),
  /** fen */
  paid: z.number().int(),
  buyer: z.string(),
  buyerWords: z.string().optional(),
  voucher: z.string().optional(),
  /** ms */
  createdAt: z.number(),
  link: link.optional(),
  /** `tookMs` is unknown for a claim made in the table. */
  claim: z.object({ name: z.string(), at: z.number(), tookMs: z.number().optional() }).optional(),
  /** Nobody needs to follow up any more. */
  closed: z.boolean(),
  trace: z.string(),
})
export type OrderCardInput = z.infer<typeof input>

const templates: Record<OrderCardInput['tone'], Template> = {
  waiting: 'blue',
  claimed: 'turquoise',
  done: 'green',
  ended: 'grey',
}

const took = (claim: NonNullable<OrderCardInput['claim']>, word = ''): string[] =>
  claim.tookMs === undefined ? [] : [`${word}${span(claim.tookMs)}`]

const claimLine = (d: OrderCardInput) =>
  d.claim === undefined
    ? ''
    : [`**${plain(d.claim.name, 40)}** 已认领`, ...took(d.claim, '用时 '), when(d.claim.at)].join(' · ')

const sample: OrderCardInput = {
  orderNo: '6917000000000000001',
  channel: '抖店',
  shop: '海岛假期旗舰店',
  status: '待使用',
  tone: 'waiting',
  product: '普吉岛 5 天 4 晚双人套餐券',
  quantity: 2,
  paid: 536000,
  buyer: '张** 138****1234',
  buyerWords: '希望春节前出行',
  voucher: '2 张：待使用 2',
  createdAt: 1_795_000_000_000,
  link: { url: 'https://fxg.jinritemai.com/ffa/morder/order/detail?id=6917000000000000001' },
  closed: false,
  trace: 'k3f9a2m4',
}

/** One order in its shop's group: what was bought, 查看订单 and 认领. */
export const orderCard = defineCard({
  id: 'order',
  label: '新订单',
  input,
  actions: { claim: z.object({}) },
  render: (d, press) => {
    const buttons = [
      ...(d.link === undefined ? [] : [button('查看订单', { type: 'default', behaviors: opens(d.link) })]),
      ...(d.claim === undefined && !d.closed
        ? [button('认领', { type: 'primary_filled', behaviors: press('claim', {}) })]
        : []),
    ]
    return frame({
      title: d.claim === undefined && !d.closed ? `新订单 · ${d.channel}` : `订单 · ${d.channel}`,
      subtitle: d.shop,
      template: templates[d.tone],
      tags: [
        { text: d.status, color: d.tone === 'done' ? 'green' : d.tone === 'ended' ? 'neutral' : 'blue' },
      ],
      summary: `${d.shop} ${d.status} ${yuan(d.paid)}`,
      elements: [
        markdown(`**${plain(d.product)}** × ${d.quantity}`),
        ...facts([
          ['实付', `**${yuan(d.paid)}**`],
          ['买家', plain(d.buyer, 60)],
          ['下单时间', when(d.createdAt)],
          ['订单号', plain(d.orderNo, 60)],
          ...(d.voucher === undefined ? [] : [['券', plain(d.voucher, 80)] as const]),
          ...(d.buyerWords === undefined || d.buyerWords === ''
            ? []
            : [['买家留言', plain(d.buyerWords, 120)] as const]),
        ]),
        ...(d.claim === undefined ? [] : [markdown(claimLine(d))]),
        ...(buttons.length === 0 ? [] : [buttonRow(buttons)]),
        note(`追踪号 ${d.trace}`),
      ],
    })
  },
  line: (d, press) => {
    const state =
      d.claim === undefined
        ? d.closed
          ? `　${plain(d.status, 20)}`
          : ''
        : `　${[`**${plain(d.claim.name, 20)}** 已认领`, ...took(d.claim)].join(' · ')}`
    const open = d.link === undefined ? '' : `　[查看订单](${address(d.link.url)})`
    const left = markdown(
      `**${plain(d.product, 40)}** × ${d.quantity}　${yuan(d.paid)}\n${plain(d.buyer, 30)} · ${when(d.createdAt)}${open}${state}`,
    )
    if (d.claim !== undefined || d.closed) return [left]
    const claim = button('认领', { type: 'primary', behaviors: press('claim', {}) })
    return [
      {
        tag: 'column_set',
        flex_mode: 'none',
        horizontal_spacing: '8px',
        columns: [
          { tag: 'column', width: 'weighted', weight: 5, elements: [left] },
          { tag: 'column', width: 'auto', vertical_align: 'center', elements: [claim] },
        ],
      },
    ]
  },
  samples: [
    sample,
    { ...sample, claim: { name: '林小夏', at: 1_795_000_042_000, tookMs: 42_000 }, tone: 'claimed' },
    { ...sample, claim: { name: '林小夏', at: 1_795_000_042_000 }, tone: 'claimed' },
    {
      ...sample,
      status: '已完成',
      tone: 'done',
      closed: true,
      claim: { name: '林小夏', at: 1_795_000_042_000, tookMs: 42_000 },
    },
    {
      ...sample,
      status: '已取消',
      tone: 'ended',
      closed: true,
      link: undefined,
      voucher: undefined,
      buyerWords: undefined,
    },
    {
      ...sample,
      product: '<at id=all></at> **假** [链接](http://x) '.repeat(30),
      buyer: '*'.repeat(200),
    },
  ],
})
