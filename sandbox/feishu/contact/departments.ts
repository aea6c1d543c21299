import type { Kernel } from '../../kernel/types.ts'

export interface Department {
  /** the company's own id */
  department_id: string
  open_department_id: string
  name: string
  /** open_department_id of the one above; '0' is the company */
  parent: string
  /** open_id */
  leader?: string
}

export const companyId = '0'
const companyName = '汇流旅行'

interface DepartmentState {
  departments: Department[]
}

function data(kernel: Kernel): DepartmentState {
  return kernel.state<DepartmentState>('contact-departments', () => ({ departments: [] }))
}

/** Adds a department; departments made earlier come first in lists. */
export function addDepartment(
  kernel: Kernel,
  wanted: { name: string; parent?: string; leader?: string; department_id?: string },
): Department {
  const added: Department = {
    department_id: wanted.department_id ?? kernel.id('').slice(0, 12),
    open_department_id: `od-${kernel.id('_').slice(1)}`,
    name: wanted.name,
    parent: wanted.parent ?? companyId,
    ...(wanted.leader !== undefined && { leader: wanted.leader }),
  }
  data(kernel).departments.push(added)
  kernel.changed('contact-departments')
  return added
}

export function listDepartments(kernel: Kernel): readonly Department[] {
  return data(kernel).departments
}

/** The company itself, as the department everything hangs under. */
export function company(): Department {
  return { department_id: companyId, open_department_id: companyId, name: companyName, parent: '' }
}

export function findDepartment(
  kernel: Kernel,
  id: string,
  type: 'department_id' | 'open_department_id',
): Department | undefined {
  return id === companyId ? company() : listDepartments(kernel).find((one) => one[type] === id)
}

/** Name of a department by its open_department_id. */
export function departmentName(kernel: Kernel, id: string): string {
  return findDepartment(kernel, id, 'open_department_id')?.name ?? companyName
}

/** All departments below one, at any depth. */
export function departmentsBelow(kernel: Kernel, id: string): Department[] {
  const direct = listDepartments(kernel).filter((one) => one.parent === id)
  return direct.flatMap((one) => [one, ...departmentsBelow(kernel, one.open_department_id)])
}
