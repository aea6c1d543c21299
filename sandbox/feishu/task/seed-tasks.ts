import type { Kernel } from '../../kernel/types.ts'
import { listUsers } from '../contact/people.ts'
import { type Member, taskState } from './task-state.ts'
import { addTasklist } from './tasklist-api.ts'
import { newTask } from './write-task.ts'

const hourMs = 3_600_000

interface Plan {
  summary: string
  description?: string
  by: string
  to: readonly string[]
  /** hours from now */
  due: number
  inList?: true
  done?: true
}

const plans: readonly Plan[] = [
  {
    summary: '核对昨晚直播的退款名单',
    description: '对照审批记录，逐单确认平台与 ERP 状态一致。',
    by: '王岚',
    to: ['林小夏'],
    due: 6,
    inList: true,
  },
  {
    summary: '补齐三亚套餐券的使用说明',
    by: '王岚',
    to: ['林小夏', '周宁'],
    due: 30,
    inList: true,
  },
  { summary: '整理本周差评并回访', by: '王岚', to: ['陈果'], due: -20, inList: true },
  { summary: '导出上月对账单', description: '发给财务复核。', by: '赵敏', to: ['赵敏'], due: 52 },
  { summary: '更新主播排班表', by: '苏晴', to: ['苏晴'], due: 28 },
  { summary: '更换店铺头图', by: '王岚', to: ['林小夏'], due: -70, inList: true, done: true },
]

/** A few tasks people gave each other, so that the page has something to show. */
export function seedTasks(kernel: Kernel): void {
  const people = listUsers(kernel)
  const idOf = (name: string) => people.find((person) => person.name === name)?.open_id
  const lead = idOf('王岚')
  if (lead === undefined || Object.keys(taskState(kernel).lists).length > 0) return
  const member = (id: string): Member => ({ id, type: 'user', role: 'editor' })
  const list = addTasklist(kernel, {
    name: '店铺运营周计划',
    creator: member(lead),
    members: ['林小夏', '周宁', '陈果'].flatMap((name) => idOf(name) ?? []).map(member),
  })
  const now = kernel.clock.now()
  for (const plan of plans) {
    const by = idOf(plan.by)
    if (by === undefined) continue
    newTask(kernel, {
      user: by,
      query: {},
      body: {
        summary: plan.summary,
        description: plan.description,
        members: plan.to.flatMap((name) => idOf(name) ?? []).map((id) => ({ id, role: 'assignee' })),
        due: { timestamp: String(now + plan.due * hourMs), is_all_day: false },
        ...(plan.inList && { tasklists: [{ tasklist_guid: list.guid }] }),
        ...(plan.done && { completed_at: String(now - 60 * hourMs) }),
      },
    })
  }
}
