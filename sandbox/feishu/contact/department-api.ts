import { type ApiCall, ApiFailure, type Kernel } from '../../kernel/types.ts'
import { seesDepartment, seesEverything } from './contact-range.ts'
import {
  companyId,
  type Department,
  departmentsBelow,
  findDepartment,
  listDepartments,
} from './departments.ts'
import { contactPage, departmentIdType, invalid, listOf, wireDepartment } from './wire.ts'

const limit = { perMinute: 1000, perSecond: 50 }
const mostIds = 50

/** contact/v3/departments: get, batch, children, parent, search. */
export function registerDepartmentApi(kernel: Kernel): void {
  const root = '/open-apis/contact/v3/departments'
  kernel.api({
    method: 'GET',
    path: `${root}/batch`,
    auth: 'any',
    limit,
    handle: (call) => batch(kernel, call),
  })
  kernel.api({ method: 'GET', path: `${root}/parent`, auth: 'any', handle: (call) => parents(kernel, call) })
  kernel.api({ method: 'POST', path: `${root}/search`, auth: 'user', handle: (call) => search(kernel, call) })
  kernel.api({
    method: 'GET',
    path: `${root}/:department_id/children`,
    auth: 'any',
    limit,
    handle: (call) => children(kernel, call),
  })
  kernel.api({
    method: 'GET',
    path: `${root}/:department_id`,
    auth: 'any',
    handle: (call) => ({
      department: wireDepartment(
        kernel,
        requireDepartment(kernel, call, call.params.department_id),
        departmentIdType(call),
      ),
    }),
  })
}

function requireDepartment(kernel: Kernel, call: ApiCall, id: unknown): Department {
  const department = findDepartment(kernel, String(id ?? ''), departmentIdType(call))
  if (!department) throw new ApiFailure(40015, 'department not exist')
  if (!seesDepartment(kernel, department))
    throw new ApiFailure(40004, 'no dept authority error', { status: 403 })
  return department
}

function children(kernel: Kernel, call: ApiCall): unknown {
  const id = call.params.department_id ?? ''
  const parent = findDepartment(kernel, id, departmentIdType(call))
  if (!parent) throw new ApiFailure(40015, 'department not exist')
  if (!seesDepartment(kernel, parent))
    throw new ApiFailure(40014, 'no parent dept authority error', { status: 403 })
  const below =
    call.query.fetch_child === 'true'
      ? departmentsBelow(kernel, parent.open_department_id)
      : listDepartments(kernel).filter((one) => one.parent === parent.open_department_id)
  return contactPage(
    below.map((one) => wireDepartment(kernel, one, departmentIdType(call))),
    call,
  )
}

/** Ids that mean nothing are left out. Feishu docs: 批量获取部门信息. */
function batch(kernel: Kernel, call: ApiCall): unknown {
  const ids = listOf(call.query.department_ids)
  if (ids.length === 0 || ids.length > mostIds) throw invalid(`department_ids must hold 1 to ${mostIds} ids`)
  const known = ids.flatMap((id) => findDepartment(kernel, id, departmentIdType(call)) ?? [])
  return {
    items: known
      .filter((one) => seesDepartment(kernel, one))
      .map((one) => wireDepartment(kernel, one, departmentIdType(call))),
  }
}

/** From the one above up to the company. */
function parents(kernel: Kernel, call: ApiCall): unknown {
  if (call.query.department_id === undefined) throw new ApiFailure(44102, 'miss department_id error')
  if (call.query.department_id === companyId) throw new ApiFailure(40002, 'process root dept error')
  const found: Department[] = []
  let at = requireDepartment(kernel, call, call.query.department_id)
  while (at.parent !== '') {
    const above = findDepartment(kernel, at.parent, 'open_department_id')
    if (!above) break
    found.push(above)
    at = above
  }
  return contactPage(
    found.map((one) => wireDepartment(kernel, one, departmentIdType(call))),
    call,
    20,
  )
}

function search(kernel: Kernel, call: ApiCall): unknown {
  const query = String(call.body.query ?? '')
  if (query === '') throw new ApiFailure(48001, 'invalid param')
  const found = listDepartments(kernel).filter(
    (one) => one.name.includes(query) && (seesEverything(kernel) || seesDepartment(kernel, one)),
  )
  return contactPage(
    found.map((one) => wireDepartment(kernel, one, departmentIdType(call))),
    call,
    20,
  )
}
