import type { ApiCall, Kernel } from '../../kernel/types.ts'
import { findPerson, listUsers, type Person } from '../contact/people.ts'
import { findChat } from '../im/chats.ts'
import { type DriveFile, driveState, type FileDirectory, isType, type Member, requireFile } from './files.ts'
import { invalid, invalidOperation } from './permission-failures.ts'

const write = { perMinute: 100 }
const read = { perMinute: 1000, perSecond: 50 }
const codes = { missing: 1063005, forbidden: 1063002 }
const idTypes = { openid: 'open_id', userid: 'user_id', unionid: 'union_id' } as const
const mostAtOnce = 10
/** UNVERIFIED: the page speaks of an upper limit without naming it. */
const mostMembers = 200

/** drive/v1/permissions: who may open a document. Feishu docs: 增加协作者权限, 批量增加, 更新, 移除, 转移所有者, 判断权限. */
export function registerPermissionApi(kernel: Kernel, files: FileDirectory): void {
  const members = '/open-apis/drive/v1/permissions/:token/members'
  const on = (
    route: Pick<Parameters<Kernel['api']>[0], 'method' | 'path' | 'limit' | 'unverified'>,
    act: Act,
  ) =>
    kernel.api({
      ...route,
      handle: (call) => {
        const token = call.params.token ?? ''
        return act(call, token, permitted(files, call))
      },
    })
  on({ method: 'POST', path: members, limit: write }, ({ body }, token) => ({
    member: grant(kernel, token, body),
  }))
  on({ method: 'POST', path: `${members}/batch_create`, limit: write }, ({ body }, token) => {
    const wanted = body.members as Record<string, unknown>[]
    if (wanted.length === 0 || wanted.length > mostAtOnce)
      throw invalid(`members must hold 1 to ${mostAtOnce}`)
    for (const member of wanted) check(kernel, member)
    return { members: wanted.map((member) => grant(kernel, token, member)) }
  })
  on({ method: 'GET', path: members, limit: read }, (_call, token) => ({
    items: (driveState(kernel).members[token] ?? []).map((member) => ({
      ...member,
      name: nameOf(kernel, member),
    })),
  }))
  on({ method: 'PUT', path: `${members}/:member_id`, limit: write }, ({ body, params }, token) => {
    existing(kernel, token, params.member_id)
    return { member: grant(kernel, token, { ...body, member_id: params.member_id }) }
  })
  on({ method: 'DELETE', path: `${members}/:member_id`, limit: write }, ({ params }, token) => {
    const doomed = existing(kernel, token, params.member_id)
    const state = driveState(kernel)
    state.members[token] = (state.members[token] ?? []).filter((one) => one !== doomed)
    kernel.changed('drive')
    return {}
  })
  on({ method: 'POST', path: `${members}/transfer_owner`, limit: write }, (call, token, file) => {
    transfer(kernel, files, { call, token, file })
    return {}
  })
  on({ method: 'GET', path: `${members}/auth`, limit: write }, () => ({ auth_result: true }))
  kernel.effect('permissions', () => driveState(kernel).members)
}

type Act = (call: ApiCall, token: string, file: DriveFile) => unknown

function permitted(files: FileDirectory, call: ApiCall): DriveFile {
  const isQuestion = call.method === 'GET'
  const file = requireFile(files, call.params.token ?? '', { ...codes, reading: isQuestion })
  if (!isType(file, call.query.type)) throw invalid("type is not the document's own")
  return file
}

/** Only the owner hands a document on; the app keeps managing it unless it asks to be removed. */
function transfer(
  kernel: Kernel,
  files: FileDirectory,
  { call, token, file }: { call: ApiCall; token: string; file: DriveFile },
): void {
  if (file.owner !== 'app') throw invalidOperation('only the owner may hand a document on')
  const person = personFor(kernel, String(call.body.member_type), String(call.body.member_id))
  if (!person) throw invalid('member_id is not a person of this tenant')
  files.hand(token, person.open_id)
  const perm = call.query.old_owner_perm
  const handed = files.find(token)
  if (!handed) return
  if (call.query.remove_old_owner === 'true') handed.shared_with_app = false
  else if (perm === 'view' || perm === 'edit') handed.app_perm = perm
}

function existing(kernel: Kernel, token: string, memberId: string | undefined): Member {
  const found = driveState(kernel).members[token]?.find((one) => one.member_id === memberId)
  if (!found) throw invalid('member_id is no collaborator of this document')
  return found
}

/** Adding somebody again changes the permission, it never makes a second entry. */
function grant(kernel: Kernel, token: string, wanted: Record<string, unknown>): Member {
  check(kernel, wanted)
  const { member_type, member_id, perm } = wanted as unknown as Member
  const type =
    typeof wanted.type === 'string' && wanted.type !== '' ? wanted.type : (kinds[member_type] ?? 'user')
  const member: Member = { member_type, member_id, perm, type }
  const state = driveState(kernel)
  const others = (state.members[token] ?? []).filter((one) => one.member_id !== member_id)
  if (others.length >= mostMembers) throw invalidOperation(`at most ${mostMembers} collaborators`)
  state.members[token] = [...others, member]
  kernel.changed('drive')
  return member
}

const kinds: Record<string, string> = { openchat: 'chat', opendepartmentid: 'department', groupid: 'group' }

function check(kernel: Kernel, { member_type, member_id }: Record<string, unknown>): void {
  const type = String(member_type)
  const id = String(member_id)
  const isPerson = type in idTypes || type === 'email'
  const isKnown =
    type === 'openchat' ? findChat(kernel, id) !== undefined : !isPerson || personFor(kernel, type, id)
  if (!isKnown) throw invalid('member_id does not exist')
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
