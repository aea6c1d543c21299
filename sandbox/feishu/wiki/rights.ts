import type { ApiCall, Kernel } from '../../kernel/types.ts'
import { findPerson, type Person } from '../contact/people.ts'
import { findChat } from '../im/chats.ts'
import { type Space, type SpaceMember, wikiFailure, wikiState } from './wiki-state.ts'

export type WikiReader = { kind: 'app' } | { kind: 'person'; openId: string }

export function wikiReader(call: Pick<ApiCall, 'user'>): WikiReader {
  return call.user === undefined ? { kind: 'app' } : { kind: 'person', openId: call.user }
}

/** admin, member, or nothing. The app is a member through its bot: by id, or in a group that is a member. */
export function spaceRight(
  kernel: Kernel,
  space: Space,
  reader: WikiReader,
): SpaceMember['member_role'] | undefined {
  const roles = space.members
    .filter((member) =>
      reader.kind === 'app' ? meansApp(kernel, member) : meansPerson(kernel, member, reader.openId),
    )
    .map((member) => member.member_role)
  return roles.includes('admin') ? 'admin' : roles[0]
}

function meansApp(kernel: Kernel, { member_type, member_id }: SpaceMember): boolean {
  if (member_type === 'openchat') return findChat(kernel, member_id)?.hasBot ?? false
  return member_id === kernel.identity().botOpenId || member_id === kernel.identity().appId
}

function meansPerson(kernel: Kernel, { member_type, member_id }: SpaceMember, openId: string): boolean {
  const person: Person | undefined = findPerson(kernel, openId, 'open_id')
  if (!person) return false
  if (member_type === 'openchat') return findChat(kernel, member_id)?.members.includes(openId) ?? false
  if (member_type === 'opendepartmentid') return member_id === '0' || member_id === person.department_id
  return [person.open_id, person.user_id, person.union_id, person.email].includes(member_id)
}

/** @throws ApiFailure 131005 unknown, 131006 not a member, or not its administrator where that is needed */
export function requireSpace(
  kernel: Kernel,
  spaceId: unknown,
  use: { reader: WikiReader; asAdmin?: boolean },
): Space {
  const space = wikiState(kernel).spaces.find((one) => one.space_id === spaceId)
  if (!space) throw wikiFailure.missing('space not found')
  const right = spaceRight(kernel, space, use.reader)
  if (right === undefined || (use.asAdmin && right !== 'admin')) throw wikiFailure.denied()
  return space
}
