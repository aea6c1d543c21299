import { userByOpenId } from '../contact/people.ts'
import { driveState, type Member } from '../drive/files.ts'
import { findChat } from '../im/chats.ts'
import type { Base, DocumentPermission, RoleMember, World } from './state.ts'

const rank = { none: 0, view: 1, edit: 2, full_access: 3 } as const
const linkPermission: Record<string, DocumentPermission> = {
  tenant_readable: 'view',
  anyone_readable: 'view',
  tenant_editable: 'edit',
  anyone_editable: 'edit',
}

/**
 * What somebody (a person's open_id, or the bot's for the app) may do with a base as a document: owner, collaborators
 * (people and groups they are in), the link's own permission. Advanced permissions come on top: see roles.ts.
 */
export function documentPermission(world: World, base: Base, openId: string): DocumentPermission | 'none' {
  const { kernel } = world
  if (openId === kernel.identity().botOpenId) return appPermission(base)
  if (base.owner === openId) return 'full_access'
  const state = driveState(kernel)
  const given = (state.members[base.app_token] ?? [])
    .filter((member) => isMeant(world, member, openId))
    .map((member) => member.perm)
  // UNVERIFIED (a tenant's admin chooses it): a link nobody set lets this tenant edit, so that a product's base can be tried by everybody.
  const link =
    linkPermission[String(state.publicSettings[base.app_token]?.link_share_entity ?? 'tenant_editable')]
  return [...given, ...(link ? [link] : [])].reduce<DocumentPermission | 'none'>(
    (best, one) => (rank[one] > rank[best] ? one : best),
    'none',
  )
}

function appPermission(base: Base): DocumentPermission | 'none' {
  if (base.owner === 'app') return 'full_access'
  return base.shared_with_app ? (base.app_perm ?? 'full_access') : 'none'
}

export function mayManage(permission: DocumentPermission | 'none'): boolean {
  return permission === 'full_access'
}

export function mayEdit(permission: DocumentPermission | 'none'): boolean {
  return rank[permission] >= rank.edit
}

function isMeant(world: World, member: Member, openId: string): boolean {
  const person = userByOpenId(world.kernel, openId)
  switch (member.member_type) {
    case 'openid':
      return member.member_id === openId
    case 'userid':
      return person?.user_id === member.member_id
    case 'unionid':
      return person?.union_id === member.member_id
    case 'email':
      return person !== undefined && person.email !== '' && person.email === member.member_id
    case 'openchat':
      return findChat(world.kernel, member.member_id)?.members.includes(openId) ?? false
    case 'opendepartmentid':
      return member.member_id === '0' || person?.department_id === member.member_id
    default:
      return false
  }
}

/** Whether a role's member stands for this person (or, for a group with the bot in it, the app). */
export function isRoleMember(world: World, member: RoleMember, openId: string): boolean {
  if (member.type === 'user') return member.id === openId
  if (member.type === 'department') {
    return member.id === '0' || userByOpenId(world.kernel, openId)?.department_id === member.id
  }
  const chat = findChat(world.kernel, member.id)
  const isBot = openId === world.kernel.identity().botOpenId
  return isBot ? chat?.hasBot === true : chat?.members.includes(openId) === true
}
