import type { Kernel } from '../../kernel/types.ts'
import { findPerson, idTypeOf, type Person } from '../contact/people.ts'
import { approvalFailure } from './failures.ts'

/** The employee, or 1390004; people who left cannot act either. */
export function requireEmployee(kernel: Kernel, id: unknown, idType: unknown): Person {
  const person = typeof id === 'string' && id !== '' ? findPerson(kernel, id, idTypeOf(idType)) : undefined
  if (!person || person.resigned) throw approvalFailure(1390004)
  return person
}

/** Both ids of a person; a bot has no user_id. '' for nobody. */
export function idsOf(kernel: Kernel, openId: string): { user_id: string; open_id: string } {
  return { user_id: findPerson(kernel, openId, 'open_id')?.user_id ?? '', open_id: openId }
}
