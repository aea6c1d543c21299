import type { Kernel } from '../../kernel/types.ts'
import { appSettings, mayUseApp } from '../application/app-state.ts'
import { companyId, type Department, departmentsBelow } from './departments.ts'
import type { Person } from './people.ts'

/** May the app look this person up? Feishu docs: 权限范围资源介绍. */
export function seesPerson(kernel: Kernel, person: Person): boolean {
  const { type, users } = appSettings(kernel).contacts
  if (type === 'all') return true
  if (type === 'equal_to_availability') return mayUseApp(kernel, person)
  return users.includes(person.open_id) || rangeDepartments(kernel).has(person.department_id)
}

export function seesDepartment(kernel: Kernel, department: Department): boolean {
  return seesEverything(kernel) || rangeDepartments(kernel).has(department.open_department_id)
}

export function seesEverything(kernel: Kernel): boolean {
  const { contacts, visibility } = appSettings(kernel)
  return contacts.type === 'all' || (contacts.type === 'equal_to_availability' && visibility.toAll)
}

/** open_department_ids granted, with all below them. */
function rangeDepartments(kernel: Kernel): Set<string> {
  const granted = grantedDepartments(kernel)
  const below = granted.flatMap((id) => departmentsBelow(kernel, id).map((one) => one.open_department_id))
  return new Set([...granted, ...below])
}

/** The list an administrator made: what GET /contact/v3/scopes shows. */
export function grantedDepartments(kernel: Kernel): string[] {
  const { contacts, visibility } = appSettings(kernel)
  if (seesEverything(kernel)) return [companyId]
  return contacts.type === 'some' ? contacts.departments : visibility.departments
}

export function grantedUsers(kernel: Kernel): string[] {
  const { contacts, visibility } = appSettings(kernel)
  if (seesEverything(kernel)) return []
  return contacts.type === 'some' ? contacts.users : visibility.users
}
