import type { Kernel } from '../../kernel/types.ts'
import { companyId, findDepartment } from '../contact/departments.ts'
import { findPerson } from '../contact/people.ts'
import { approvalChanged, approvalState } from './state.ts'

export function setSupervisor(kernel: Kernel, openId: string, supervisorOpenId: string): void {
  approvalState(kernel).supervisors[openId] = supervisorOpenId
  approvalChanged(kernel)
}

/** The whole line above somebody, nearest first. */
export function supervisorsOf(kernel: Kernel, openId: string): string[] {
  const line: string[] = []
  let current = approvalState(kernel).supervisors[openId]
  while (current !== undefined && !line.includes(current)) {
    line.push(current)
    current = approvalState(kernel).supervisors[current]
  }
  return line
}

/** Leaders of somebody's department and of those above it, nearest first; nobody leads themself. */
export function managersOf(kernel: Kernel, openId: string): string[] {
  const leaders: string[] = []
  let department = findDepartment(
    kernel,
    findPerson(kernel, openId, 'open_id')?.department_id ?? '',
    'open_department_id',
  )
  while (department && department.open_department_id !== companyId) {
    const { leader } = department
    if (leader !== undefined && leader !== openId && !leaders.includes(leader)) leaders.push(leader)
    department = findDepartment(kernel, department.parent, 'open_department_id')
  }
  return leaders
}
