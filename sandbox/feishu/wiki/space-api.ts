import { type ApiCall, ApiFailure, type Kernel } from '../../kernel/types.ts'
import { page } from '../paging.ts'
import { requireSpace, spaceRight, wikiReader } from './rights.ts'
import { addSpace, type Space, type SpaceMember, wikiChanged, wikiFailure, wikiState } from './wiki-state.ts'

const root = '/open-apis/wiki/v2/spaces'
const limit = { perMinute: 100 }
const memberTypes = ['openid', 'userid', 'unionid', 'email', 'openchat', 'opendepartmentid']

/** wiki/v2 spaces and their members. */
export function registerSpaceApi(kernel: Kernel): void {
  const one = (call: ApiCall, asAdmin = false) =>
    requireSpace(kernel, call.params.space_id, { reader: wikiReader(call), asAdmin })
  kernel.api({
    method: 'GET',
    path: root,
    limit,
    auth: 'any',
    handle: (call) => {
      const mine = wikiState(kernel).spaces.filter((space) => spaceRight(kernel, space, wikiReader(call)))
      return page(mine.map(wireSpace), call.query, { size: 20, most: 50, code: 131002 })
    },
  })
  kernel.api({
    method: 'POST',
    path: root,
    limit: { perMinute: 10 },
    auth: 'user',
    handle: (call) => {
      const creator: SpaceMember = {
        member_type: 'openid',
        member_id: call.user ?? '',
        member_role: 'admin',
      }
      const space = addSpace(kernel, {
        name: String(call.body.name ?? ''),
        description: String(call.body.description ?? ''),
        members: [creator],
      })
      if (call.body.open_sharing === 'open') space.open_sharing = 'open'
      return { space: wireSpace(space) }
    },
  })
  kernel.api({
    method: 'GET',
    path: `${root}/:space_id`,
    limit,
    auth: 'any',
    handle: (call) => ({ space: wireSpace(one(call)) }),
  })
  kernel.api({
    method: 'PUT',
    path: `${root}/:space_id/setting`,
    limit,
    auth: 'any',
    handle: (call) => {
      const space = one(call, true)
      Object.assign(space.settings, call.body)
      wikiChanged(kernel)
      return { setting: space.settings }
    },
  })
  registerMemberApi(kernel, one)
}

function registerMemberApi(kernel: Kernel, one: (call: ApiCall, asAdmin?: boolean) => Space): void {
  const path = `${root}/:space_id/members`
  kernel.api({
    method: 'GET',
    path,
    limit,
    auth: 'any',
    handle: (call) => {
      const { items, ...rest } = page(one(call, true).members, call.query, {
        size: 20,
        most: 50,
        code: 131002,
      })
      return { members: items, ...rest }
    },
  })
  kernel.api({
    method: 'POST',
    path,
    limit,
    auth: 'any',
    handle: (call) => {
      const space = one(call, true)
      if (space.visibility === 'public') throw new ApiFailure(131101, 'invalid operation: public space')
      const member = readMember(call.body)
      if (space.members.some((known) => known.member_id === member.member_id)) throw wikiFailure.exists()
      space.members.push(member)
      wikiChanged(kernel)
      return { member }
    },
  })
  kernel.api({
    method: 'DELETE',
    path: `${path}/:member_id`,
    limit,
    auth: 'any',
    handle: (call) => {
      const space = one(call, true)
      const known = space.members.find((member) => member.member_id === call.params.member_id)
      if (!known) throw wikiFailure.missing('member not found')
      space.members = space.members.filter((member) => member !== known)
      wikiChanged(kernel)
      return { member: known }
    },
  })
}

function readMember(body: Record<string, unknown>): SpaceMember {
  const { member_type, member_id, member_role } = body
  if (!memberTypes.includes(String(member_type)))
    throw wikiFailure.param(`member_type must be one of ${memberTypes.join(', ')}`)
  if (member_role !== 'admin' && member_role !== 'member')
    throw wikiFailure.param('member_role must be admin or member')
  return { member_type: String(member_type), member_id: String(member_id), member_role }
}

function wireSpace({ members: _members, settings: _settings, ...space }: Space): Record<string, unknown> {
  return space
}
