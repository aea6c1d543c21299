import { ApiFailure, type Kernel } from '../../../kernel/types.ts'
import { findPerson, type Person } from '../../contact/people.ts'

/** The person chosen on a page. @throws ApiFailure 400 for nobody */
export function requireLoginPerson(kernel: Kernel, openId: unknown): Person {
  const person = findPerson(kernel, String(openId ?? ''), 'open_id')
  if (!person || person.resigned)
    throw new ApiFailure(400, '请先选择用谁的身份 choose a person first', { status: 400 })
  return person
}
