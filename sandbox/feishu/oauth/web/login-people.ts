import type { Kernel } from '../../../kernel/types.ts'
import { mayUseApp } from '../../application/app-state.ts'
import { departmentName } from '../../contact/departments.ts'
import { listUsers } from '../../contact/people.ts'
import type { WebLoginPerson } from './login-shapes.ts'

/** Who can sign in or confirm here. */
export function loginPeople(kernel: Kernel): WebLoginPerson[] {
  return listUsers(kernel)
    .filter((person) => !person.resigned)
    .map((person) => ({
      open_id: person.open_id,
      name: person.name,
      roles: person.roles,
      department: departmentName(kernel, person.department_id),
      excluded: !mayUseApp(kernel, person),
    }))
}
