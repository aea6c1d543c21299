import { type ApiCall, ApiFailure, type Kernel } from '../../kernel/types.ts'
import { page } from '../paging.ts'
import { type IdType, idTypeOf, listUsers, type Person, requirePerson } from './people.ts'

export { addUser, findPerson, listUsers, type Person } from './people.ts'

const limit = { perMinute: 1000, perSecond: 50 }
const mostIds = 50
const companyDepartment = {
  department_id: '0',
  open_department_id: '0',
  name: '汇流旅行',
  parent_department_id: '',
}

/** Contact v3, as far as apps look people up. */
export function registerContact(kernel: Kernel): void {
  kernel.api({
    method: 'POST',
    path: '/open-apis/contact/v3/users/batch_get_id',
    limit,
    handle: (call) => lookUpIds(kernel, call),
  })
  kernel.api({
    method: 'GET',
    path: '/open-apis/contact/v3/users/batch',
    limit,
    handle: (call) => {
      const ids = listOf(call.query.user_ids)
      if (ids.length === 0 || ids.length > mostIds) throw invalid(`user_ids must hold 1 to ${mostIds} ids`)
      return { items: ids.map((id) => profile(requirePerson(kernel, id, idTypeOf(call.query.user_id_type)))) }
    },
  })
  kernel.api({
    method: 'GET',
    path: '/open-apis/contact/v3/users/find_by_department',
    limit,
    handle: (call) => {
      const members = listUsers(kernel).filter((person) => person.department_id === call.query.department_id)
      return page(members.map(profile), call.query, { size: 10, most: 50 })
    },
  })
  kernel.api({
    method: 'GET',
    path: '/open-apis/contact/v3/users/:user_id',
    limit,
    handle: (call) => ({
      user: profile(requirePerson(kernel, call.params.user_id ?? '', idTypeOf(call.query.user_id_type))),
    }),
  })
  kernel.api({
    method: 'GET',
    path: '/open-apis/contact/v3/departments/:department_id/children',
    limit,
    handle: () => ({ has_more: false, items: [] }),
  })
  kernel.api({
    method: 'GET',
    path: '/open-apis/contact/v3/departments/:department_id',
    limit,
    handle: (call) => {
      if (call.params.department_id !== '0') throw new ApiFailure(40003, 'department not found')
      return { department: { ...companyDepartment, member_count: listUsers(kernel).length } }
    },
  })
  kernel.describe('users', () =>
    listUsers(kernel).map(({ open_id, user_id, union_id, name, roles, mobile, email }) => ({
      open_id,
      user_id,
      union_id,
      name,
      roles,
      mobile,
      email,
    })),
  )
}

/** Unknown people come back without a user_id, as on the platform. */
function lookUpIds(kernel: Kernel, call: ApiCall): unknown {
  const type: IdType = idTypeOf(call.query.user_id_type)
  const withResigned = call.body.include_resigned === true
  const find = (key: 'email' | 'mobile', values: unknown) =>
    listOf(values as string[] | undefined).map((value) => {
      const person = listUsers(kernel).find(
        (one) => sameContact(one[key], value) && (withResigned || !one.resigned),
      )
      return person ? { user_id: person[type], [key]: value, status: statusOf(person) } : { [key]: value }
    })
  const emails = find('email', call.body.emails)
  const mobiles = find('mobile', call.body.mobiles)
  if (emails.length > mostIds || mobiles.length > mostIds)
    throw invalid(`at most ${mostIds} emails and mobiles`)
  return { user_list: [...emails, ...mobiles] }
}

/** Numbers are stored without +86; both spellings find the person. */
function sameContact(stored: string, asked: string): boolean {
  return (
    stored !== '' && stored.replace(/^\+86/, '').toLowerCase() === asked.replace(/^\+86/, '').toLowerCase()
  )
}

function profile(person: Person): Record<string, unknown> {
  const { open_id, user_id, union_id, name, mobile, email } = person
  return {
    open_id,
    user_id,
    union_id,
    name,
    en_name: '',
    nickname: '',
    email,
    mobile,
    mobile_visible: true,
    gender: 0,
    avatar: {},
    status: statusOf(person),
    department_ids: [person.department_id],
    is_tenant_manager: false,
    employee_type: 1,
  }
}

function statusOf(person: Person): Record<string, boolean> {
  return {
    is_frozen: false,
    is_resigned: person.resigned,
    is_activated: true,
    is_exited: false,
    is_unjoin: false,
  }
}

function listOf(value: string | string[] | undefined): string[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value]
}

function invalid(message: string): ApiFailure {
  return new ApiFailure(40001, `param error: ${message}`)
}
