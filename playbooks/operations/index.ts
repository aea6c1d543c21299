import { definePlaybook } from '#src/contracts/playbook.ts'

const areaWords: Record<string, string> = {
  intake: '渠道数据',
  inbound: '外部消息',
}

/** What the machine could not finish by itself becomes a card in the operations group. */
export const operations = definePlaybook({
  id: 'operations',
  label: '运营值班',
  tables: [],
  cards: {},
  approvals: [],
  on: {
    'work.parked': async (ctx, { payload }) => {
      const area = areaWords[payload.area] ?? payload.area
      await ctx.alert({
        code: payload.code,
        subject: payload.subject,
        title: `${area}有一条无法处理`,
        text: `${payload.subject}：${payload.message}`,
        remedy: '原始数据已完整保存，其他数据不受影响。请联系 IT 按追踪号处理后重放。',
      })
    },
  },
  actions: {},
  jobs: {},
  schedules: [],
})
