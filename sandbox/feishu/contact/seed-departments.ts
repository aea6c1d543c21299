import type { Kernel } from '../../kernel/types.ts'
import { addDepartment, listDepartments } from './departments.ts'
import { listUsers, type Person } from './people.ts'

const plan = [
  { id: 'ops', name: '运营部', roles: ['operator', 'supervisor'], leads: 'supervisor' },
  { id: 'live', name: '直播部', roles: ['host'], leads: 'host' },
  { id: 'finance', name: '财务部', roles: ['finance'], leads: 'finance' },
  { id: 'it', name: '信息部', roles: ['admin'], leads: 'admin' },
] as const

/** The demo company's departments, once there are people; people go where their role belongs. */
export function seedDepartments(kernel: Kernel): void {
  const people = listUsers(kernel)
  if (people.length === 0 || listDepartments(kernel).length > 0) return
  const has = (person: Person, roles: readonly string[]) => person.roles.some((role) => roles.includes(role))
  for (const { id, name, roles, leads } of plan) {
    const leader = people.find((person) => has(person, [leads]))?.open_id
    const department = addDepartment(kernel, { name, department_id: id, ...(leader && { leader }) })
    for (const person of people) {
      if (has(person, roles)) person.department_id = department.open_department_id
    }
  }
  const ops = listDepartments(kernel)[0]
  if (ops) addDepartment(kernel, { name: '客服组', department_id: 'service', parent: ops.open_department_id })
  kernel.changed('contact')
}
