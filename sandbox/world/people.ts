/** Who works at the demo company. Names and numbers are invented. */
import { addUser, type Person } from '../feishu/contact/people.ts'
import type { Kernel } from '../kernel/types.ts'

export const staff = [
  { name: '林小夏', roles: ['operator'], mobile: '13800000001' },
  { name: '周宁', roles: ['operator'], mobile: '13800000002' },
  { name: '陈果', roles: ['operator'], mobile: '13800000003' },
  { name: '苏晴', roles: ['host'], mobile: '13800000004' },
  { name: '王岚', roles: ['supervisor'], mobile: '13800000005' },
  { name: '赵敏', roles: ['finance'], mobile: '13800000006' },
  { name: '何志远', roles: ['admin'], mobile: '13800000007' },
] as const

export type StaffName = (typeof staff)[number]['name']

export function seedPeople(kernel: Kernel): Record<StaffName, Person> {
  const added = staff.map(({ name, roles, mobile }) => [
    name,
    addUser(kernel, { name, roles, mobile, email: `${mobile}@example.com` }),
  ])
  return Object.fromEntries(added) as Record<StaffName, Person>
}
