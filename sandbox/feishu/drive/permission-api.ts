import { type ApiCall, ApiFailure, type Kernel } from '../../kernel/types.ts'
import { findPerson, listUsers, type Person } from '../contact/people.ts'
import { findChat } from '../im/chats.ts'
import { driveState, type FileDirectory, type Member, requireFile } from './files.ts'

const limit = { perMinute: 1000, perSecond: 50 }
const codes = { missing: 1063005, forbidden: 1063002 }
const idTypes = { openid: 'open_id', userid: 'user_id', unionid: 'union_id' } as const
const mostMembers = 10

/** drive/v1/permissions: who may open a document. Feishu docs: 增加协作者权限, 转移所有者. */
export function registerPermissionApi(kernel: Kernel, files: FileDirectory): void {
  const root = '/open-apis/drive/v1/permissions/:token'
  const tokenOf = (call: ApiCall) => call.params.token ?? ''
  kernel.api({
    method: 'POST',
    path: `${root}/members`,
    limit,
    handle: (call) => {
      requireFile(files, tokenOf(call), codes)
      return { member: grant(kernel, tokenOf(call), call.body) }
    },
  })
  kernel.api({
    method: 'POST',
    path: `${root}/members/batch_create`,
    limit,
    handle: (call) => {
      requireFile(files, tokenOf(call), codes)
      const wanted = call.body.members as Record<string, unknown>[]
      if (wanted.length === 0 || wanted.length > mostMembers)
        throw invalid(`members must hold 1 to ${mostMembers}`)
      return { members: wanted.map((member) => grant(kernel, tokenOf(call), member)) }
    },
  })
  kernel.api({
    method: 'GET',
    path: `${root}/members`,
    limit,
    handle: (call) => {
      requireFile(files, tokenOf(call), codes)
      const members = driveState(kernel).members[tokenOf(call)] ?? []
      return { items: members.map((member) => ({ ...member, name: nameOf(kernel, member) })) }
    },
  })
  kernel.api({
    method: 'POST',
    path: `${root}/members/transfer_owner`,
    limit,
    handle: (call) => {
      requireFile(files, tokenOf(call), codes)
      const person = personFor(kernel, String(call.body.member_type), String(call.body.member_id))
      if (!person) throw invalid('member_id is not a person of this tenant')
      files.hand(tokenOf(call), person.open_id)
      return {}
    },
  })
  for (const version of ['v1', 'v2']) {
    kernel.api({
      method: 'PATCH',
      path: `/open-apis/drive/${version}/permissions/:token/public`,
      limit,
      handle: (call) => {
        requireFile(files, tokenOf(call), codes)
        const state = driveState(kernel)
        const settings = { ...state.publicSettings[tokenOf(call)], ...call.body }
        state.publicSettings[tokenOf(call)] = settings
        kernel.changed('drive')
        return { permission_public: settings }
      },
    })
  }
  kernel.effect('permissions', () => driveState(kernel).members)
}

/** Adding somebody again changes the permission, it never makes a second entry. */
function grant(kernel: Kernel, token: string, wanted: Record<string, unknown>): Member {
  const { member_type, member_id, perm } = wanted as unknown as Member
  const isKnown =
    member_type === 'openchat'
      ? findChat(kernel, member_id) !== undefined
      : !(member_type in idTypes || member_type === 'email') ||
        personFor(kernel, member_type, member_id) !== undefined
  if (!isKnown) throw invalid('member_id does not exist')
  const type = typeof wanted.type === 'string' ? wanted.type : member_type === 'openchat' ? 'chat' : 'user'
  const member: Member = { member_type, member_id, perm, type }
  const state = driveState(kernel)
  const others = (state.members[token] ?? []).filter((one) => one.member_id !== member_id)
  state.members[token] = [...others, member]
  kernel.changed('drive')
  return member
}

function personFor(kernel: Kernel, memberType: string, id: string): Person | undefined {
  if (memberType === 'email') {
    return listUsers(kernel).find((one) => one.email !== '' && one.email === id)
  }
  const type = idTypes[memberType as keyof typeof idTypes]
  return type && findPerson(kernel, id, type)
}

function nameOf(kernel: Kernel, member: Member): string {
  if (member.member_type === 'openchat') return findChat(kernel, member.member_id)?.name ?? ''
  return personFor(kernel, member.member_type, member.member_id)?.name ?? ''
}

function invalid(detail: string): ApiFailure {
  return new ApiFailure(1063001, `Invalid parameter: ${detail}`)
}
