import { type ApiCall, ApiFailure, type Kernel } from '../../kernel/types.ts'
import { hasScope } from '../application/scopes.ts'
import { type Page, page } from '../paging.ts'
import { companyId, type Department, departmentsBelow, findDepartment } from './departments.ts'
import { listUsers, type Person } from './people.ts'

export type DepartmentIdType = 'department_id' | 'open_department_id'

/** `department_id_type` of a call; open_department_id when absent. */
export function departmentIdType(call: ApiCall): DepartmentIdType {
  return call.query.department_id_type === 'department_id' ? 'department_id' : 'open_department_id'
}

/** A person as the API shows them, with the fields the app's scopes open. */
export function wirePerson(kernel: Kernel, person: Person, type: DepartmentIdType): Record<string, unknown> {
  const may = (scope: string) => hasScope(kernel, scope)
  const department = findDepartment(kernel, person.department_id, 'open_department_id')
  const picture = `${kernel.baseUrl()}/_web/avatar/${person.open_id}.svg`
  return {
    open_id: person.open_id,
    union_id: person.union_id,
    ...(may('contact:user.employee_id:readonly') && { user_id: person.user_id }),
    name: person.name,
    en_name: '',
    nickname: '',
    ...(may('contact:user.email:readonly') && { email: person.email }),
    ...(may('contact:user.phone:readonly') && { mobile: person.mobile }),
    mobile_visible: true,
    gender: 0,
    avatar: { avatar_72: picture, avatar_240: picture, avatar_640: picture, avatar_origin: picture },
    status: statusOf(person),
    ...(may('contact:user.department:readonly') && { department_ids: [department?.[type] ?? companyId] }),
    is_tenant_manager: person.roles.includes('admin'),
    employee_type: 1,
  }
}

export function statusOf(person: Person): Record<string, boolean> {
  return {
    is_frozen: false,
    is_resigned: person.resigned,
    is_activated: true,
    is_exited: false,
    is_unjoin: false,
  }
}

export function wireDepartment(
  kernel: Kernel,
  department: Department,
  type: DepartmentIdType,
): Record<string, unknown> {
  const parent = findDepartment(kernel, department.parent, 'open_department_id')
  const { leader } = department
  return {
    name: department.name,
    i18n_name: { zh_cn: department.name, ja_jp: '', en_us: '' },
    parent_department_id: parent?.[type] ?? '',
    department_id: department.department_id,
    open_department_id: department.open_department_id,
    ...(leader && { leader_user_id: leader, leaders: [{ leaderType: 1, leaderID: leader }] }),
    chat_id: '',
    order: '0',
    member_count: membersOf(kernel, department).length,
    primary_member_count: membersOf(kernel, department).length,
    status: { is_deleted: false },
  }
}

/** People of a department and of all below it. */
function membersOf(kernel: Kernel, department: Department): Person[] {
  const ids = [department, ...departmentsBelow(kernel, department.open_department_id)].map(
    (one) => one.open_department_id,
  )
  return listUsers(kernel).filter((person) => !person.resigned && ids.includes(person.department_id))
}

/** A page of a contact list with this family's two codes for a bad size and a bad token. */
export function contactPage<T>(all: readonly T[], call: ApiCall, size = 10, most = 50): Page<T> {
  const wanted = call.query.page_size === undefined ? size : Number(call.query.page_size)
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > most)
    throw new ApiFailure(40011, 'page size is invalid')
  try {
    return page(all, call.query, { size, most })
  } catch (error) {
    if (error instanceof ApiFailure) throw new ApiFailure(40012, 'page token is invalid error')
    throw error
  }
}

export function listOf(value: unknown): string[] {
  return value === undefined ? [] : (Array.isArray(value) ? value : [value]).map(String)
}

export function invalid(message: string): ApiFailure {
  return new ApiFailure(40001, `param error: ${message}`)
}
