import type { Kernel } from '../../kernel/types.ts'
import { registerAvatars } from './avatar.ts'
import { registerDepartmentApi } from './department-api.ts'
import { listUsers } from './people.ts'
import { registerUserApi } from './user-api.ts'

export { addUser, findPerson, listUsers, type Person } from './people.ts'

/** Contact v3: people and departments, within the range the administrator gave the app. */
export function registerContact(kernel: Kernel): void {
  registerUserApi(kernel)
  registerDepartmentApi(kernel)
  registerAvatars(kernel)
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
