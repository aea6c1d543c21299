import { z } from 'zod'
import { defineCard } from '#src/contracts/card.ts'
import {
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
import { when, yuan } from './kit/format.ts'
import { link } from './kit/link.ts'

const step = z.object({
  label: z.string(),
  state: z.enum(['done', 'doing', 'todo', 'failed', 'skipped']),
  detail: z.string().optional(),
})

const input = z.object({
  refundNo: z.string(),
  orderNo: z.string(),
  shop: z.string(),
  source: z.string(),
  status: z.string(),
  tone: z.enum(['waiting', 'working', 'done', 'refused', 'ended', 'trouble']),
  kind: z.string(),
  product: z.string(),
  /** fen */
  amount: z.number().int(),
  refundedAmount: z.number().int().optional(),
  reason: z.string(),
  requestedAt: z.number(),
  deadline: z.number().optional(),
  payer: z.string(),
  decidedBy: z.string().optional(),
  comment: z.string().optional(),
  steps: z.array(step).max(6),
  orderLink: link.optional(),
  /** A person executes the refund and says so here. */
  byHand: z.boolean(),
  trace: z.string(),
})
export type RefundCardInput = z.infer<typeof input>

const templates: Record<RefundCardInput['tone'], Template> = {
  waiting: 'orange',
  working: 'blue',
  done: 'green',
  refused: 'grey',
  ended: 'grey',
  trouble: 'red',
}
const ticks = { done: '✅', doing: '⏳', todo: '▫️', failed: '❌', skipped: '➖' } as const

const sample: RefundCardInput = {
  refundNo: '7300000000000000001',
  orderNo: '6917000000000000001',
  shop: '海岛假期旗舰店',
  source: '聚水潭',
  status: '审批中',
  tone: 'waiting',
  kind: '仅退款',
  product: '普吉岛 5 天 4 晚双人套餐券',
  amount: 268000,
  reason: '行程有变',
  requestedAt: 1_795_000_000_000,
  deadline: 1_795_200_000_000,
  payer: 'ERP',
  byHand: false,
  steps: [
    { label: '主管审批', state: 'doing' },
    { label: '执行退款', state: 'todo' },
    { label: '回写 ERP', state: 'todo' },
    { label: '财务流水', state: 'todo' },
  ],
  trace: 'k3f9a2m4',
}

/** One refund: where it stands, step by step, until the other side confirmed it. */
export const refundCard = defineCard({
  id: 'refund',
  label: '退款',
  input,
  actions: { paid: z.object({}) },
  roles: { paid: ['财务', '主管', '管理员'] },
  render: (d, press) => {
    const buttons = [
      ...(d.orderLink === undefined ? [] : [button('查看订单', { behaviors: opens(d.orderLink) })]),
      ...(d.byHand
        ? [
            button('我已在后台退款', {
              type: 'primary_filled',
              behaviors: press('paid', {}),
              confirm: {
                title: '确认已退款？',
                text: `请确认已在后台为该单退款 ${yuan(d.amount)}；系统随后会向平台核对。`,
              },
            }),
          ]
        : []),
    ]
    return frame({
      title: `退款 ${yuan(d.amount)} · ${d.status}`,
      subtitle: d.shop,
      template: templates[d.tone],
      tags: [
        { text: d.kind, color: 'neutral' },
        { text: `来自${d.source}`, color: 'blue' },
      ],
      summary: `${d.shop} 退款 ${d.status}`,
      elements: [
        markdown(`**${plain(d.product)}**`),
        ...facts([
          ['退款金额', `**${yuan(d.amount)}**`],
          ['原因', plain(d.reason === '' ? '未填写' : d.reason, 120)],
          ['订单号', plain(d.orderNo, 60)],
          ['退款单号', plain(d.refundNo, 60)],
          ['申请时间', when(d.requestedAt)],
          ['执行方', plain(d.payer, 20)],
          ...(d.deadline === undefined ? [] : [['平台截止', when(d.deadline)] as const]),
          ...(d.refundedAmount === undefined ? [] : [['实退金额', `**${yuan(d.refundedAmount)}**`] as const]),
          ...(d.decidedBy === undefined
            ? []
            : [
                [
                  '审批',
                  `${plain(d.decidedBy, 40)}${d.comment === undefined ? '' : `：${plain(d.comment, 100)}`}`,
                ] as const,
              ]),
        ]),
        markdown(
          d.steps
            .map(
              (s) =>
                `${ticks[s.state]} ${plain(s.label, 40)}${s.detail === undefined ? '' : `　${plain(s.detail, 100)}`}`,
            )
            .join('\n'),
        ),
        ...(buttons.length === 0 ? [] : [buttonRow(buttons)]),
        note(`追踪号 ${d.trace}`),
      ],
    })
  },
  line: (d) => [
    markdown(
      `**${yuan(d.amount)}** ${plain(d.status, 20)}　${plain(d.product, 40)}\n${plain(d.orderNo, 40)} · ${when(d.requestedAt)}`,
    ),
  ],
  samples: [
    sample,
    {
      ...sample,
      status: '已退款',
      tone: 'done',
      refundedAmount: 268000,
      decidedBy: '王岚',
      comment: '同意',
      steps: sample.steps.map((s) => ({ ...s, state: 'done' as const })),
    },
    {
      ...sample,
      status: '需人工',
      tone: 'trouble',
      byHand: true,
      steps: sample.steps.map((s) => ({
        ...s,
        state: 'failed' as const,
        detail: '平台返回：该售后单已关闭',
      })),
    },
    { ...sample, status: '已拒绝', tone: 'refused', decidedBy: '王岚' },
  ],
})
