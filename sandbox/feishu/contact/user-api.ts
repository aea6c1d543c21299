import { type ApiCall, ApiFailure, type Kernel } from '../../kernel/types.ts'
import { grantedDepartments, grantedUsers, seesDepartment, seesPerson } from './contact-range.ts'
import { findDepartment } from './departments.ts'
import { findPerson, type IdType, idTypeOf, listUsers, requirePerson } from './people.ts'
import { contactPage, departmentIdType, invalid, listOf, statusOf, wirePerson } from './wire.ts'

const limit = { perMinute: 1000, perSecond: 50 }
const mostIds = 50
const mostBasic = 10

/** contact/v3/users and scopes. */
export function registerUserApi(kernel: Kernel): void {
  const root = '/open-apis/contact/v3/users'
  kernel.api({
    method: 'POST',
    path: `${root}/batch_get_id`,
    limit,
    handle: (call) => lookUpIds(kernel, call),
  })
  kernel.api({
    method: 'GET',
    path: `${root}/batch`,
    auth: 'any',
    limit,
    handle: (call) => batch(kernel, call),
  })
  kernel.api({
    method: 'POST',
    path: `${root}/basic_batch`,
    auth: 'any',
    limit: { perSecond: 5 },
    handle: (call) => basicBatch(kernel, call),
  })
  kernel.api({
    method: 'GET',
    path: `${root}/find_by_department`,
    auth: 'any',
    limit,
    handle: (call) => findByDepartment(kernel, call),
  })
  kernel.api({
    method: 'GET',
    path: `${root}/:user_id`,
    auth: 'any',
    limit,
    handle: (call) => {
      const person = requirePerson(kernel, call.params.user_id ?? '', idTypeOf(call.query.user_id_type))
      if (!seesPerson(kernel, person)) throw new ApiFailure(41050, 'no user authority error')
      return { user: wirePerson(kernel, person, departmentIdType(call)) }
    },
  })
  kernel.api({
    method: 'GET',
    path: '/open-apis/contact/v3/scopes',
    limit,
    handle: (call) => {
      const users = grantedUsers(kernel).flatMap((id) => findPerson(kernel, id, 'open_id') ?? [])
      const departments = grantedDepartments(kernel).flatMap(
        (id) => findDepartment(kernel, id, 'open_department_id') ?? [],
      )
      const { has_more } = contactPage([...departments, ...users], call, 50, 100)
      return {
        has_more,
        department_ids: departments.map((one) => one[departmentIdType(call)]),
        user_ids: users.map((one) => one[idTypeOf(call.query.user_id_type)]),
        group_ids: [],
      }
    },
  })
}

/** Unknown people, and people outside the app's range, come back without a user_id, as on the platform. */
function lookUpIds(kernel: Kernel, call: ApiCall): unknown {
  const type: IdType = idTypeOf(call.query.user_id_type)
  const withResigned = call.body.include_resigned === true
  const find = (key: 'email' | 'mobile', values: unknown) =>
    listOf(values).map((value) => {
      const person = listUsers(kernel).find(
        (one) => sameContact(one[key], value) && (withResigned || !one.resigned) && seesPerson(kernel, one),
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
  const plain = (text: string) => text.replace(/^\+86/, '').toLowerCase()
  return stored !== '' && plain(stored) === plain(asked)
}

function batch(kernel: Kernel, call: ApiCall): unknown {
  const ids = listOf(call.query.user_ids)
  if (ids.length === 0 || ids.length > mostIds) throw invalid(`user_ids must hold 1 to ${mostIds} ids`)
  const people = ids.map((id) => requirePerson(kernel, id, idTypeOf(call.query.user_id_type)))
  return {
    items: people
      .filter((person) => seesPerson(kernel, person))
      .map((person) => wirePerson(kernel, person, departmentIdType(call))),
  }
}

function basicBatch(kernel: Kernel, call: ApiCall): unknown {
  const ids = listOf(call.body.user_ids)
  if (ids.length === 0 || ids.length > mostBasic) throw invalid(`user_ids must hold 1 to ${mostBasic} ids`)
  const type = idTypeOf(call.query.user_id_type)
  const people = ids.flatMap((id) => findPerson(kernel, id, type) ?? [])
  return {
    users: people
      .filter((person) => seesPerson(kernel, person))
      .map((person) => ({ user_id: person[type], name: person.name, i18n_name: { zh_cn: person.name } })),
  }
}

function findByDepartment(kernel: Kernel, call: ApiCall): unknown {
  const department = findDepartment(kernel, String(call.query.department_id ?? ''), departmentIdType(call))
  if (!department) throw new ApiFailure(40015, 'department not exist')
  if (!seesDepartment(kernel, department))
    throw new ApiFailure(40004, 'no dept authority error', { status: 403 })
  const members = listUsers(kernel).filter(
    (person) => person.department_id === department.open_department_id && !person.resigned,
  )
  return contactPage(
    members.map((person) => wirePerson(kernel, person, departmentIdType(call))),
    call,
  )
}
