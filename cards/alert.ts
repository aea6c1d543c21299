import { z } from 'zod'
import { defineCard } from '#src/contracts/card.ts'
import { facts, frame, markdown, note, plain } from './kit/elements.ts'
import { when } from './kit/format.ts'

const input = z.object({
  code: z.string(),
  subject: z.string(),
  title: z.string(),
  text: z.string(),
  remedy: z.string(),
  raisedAt: z.number(),
  resolved: z.boolean(),
  trace: z.string(),
})

const sample = {
  code: 'approval_form_mismatch',
  subject: 'refund-review',
  title: '审批单无法发起',
  text: '退款单 7300000000000000001：审批定义缺少控件「退款金额」',
  remedy: '请管理员在飞书审批后台补上该控件。',
  raisedAt: 1_795_000_000_000,
  resolved: false,
  trace: 'k3f9a2m4',
}

/** Something a person must act on, in the operations group. */
export const alertCard = defineCard({
  id: 'alert',
  label: '需要处理',
  input,
  render: (d) =>
    frame({
      title: d.resolved ? `已恢复 · ${d.title}` : d.title,
      template: d.resolved ? 'green' : 'red',
      tags: [{ text: d.resolved ? '已恢复' : '需要处理', color: d.resolved ? 'green' : 'red' }],
      summary: d.title,
      elements: [
        markdown(plain(d.text, 800)),
        markdown(`**怎么办**　${plain(d.remedy, 400)}`),
        ...facts([
          ['首次发生', when(d.raisedAt)],
          ['错误码', plain(d.code, 60)],
        ]),
        note(`追踪号 ${d.trace}`),
      ],
    }),
  line: (d) => [markdown(`**${plain(d.title, 60)}**　${plain(d.text, 120)}`)],
  samples: [sample, { ...sample, resolved: true }, { ...sample, text: '很长'.repeat(2000) }],
})
