import type { ApiCall } from '../../kernel/types.ts'
import { userByOpenId } from '../contact/people.ts'
import { findChat } from '../im/chats.ts'
import { toOpenId } from './directory.ts'
import { limits, rates } from './limits.ts'
import { page } from './paging.ts'
import { listPageSize, queryText } from './query.ts'
import { refuse } from './refusal.ts'
import { advancedBase, roleOf } from './role-routes.ts'
import { paths, serve } from './route.ts'
import { type Base, type Role, type RoleMember, structureChanged, type World } from './state.ts'
import { oneWriteAtATime } from './write-guard.ts'

const idTypes = { enum: ['open_id', 'union_id', 'user_id', 'chat_id', 'department_id', 'open_department_id'] }
const list = {
  type: 'object',
  required: ['member_list'],
  properties: {
    member_list: {
      type: 'array',
      maxItems: 100,
      items: { type: 'object', required: ['id'], properties: { type: idTypes, id: { type: 'string' } } },
    },
  },
}

interface Given {
  type?: string
  id: string
}

/** 协作者：列出、新增、删除及其批量接口 */
export function registerRoleMembers(world: World): void {
  const path = `${paths.app}/roles/:role_id/members`
  const limit = rates.structureWrite
  serve(world, 'roles', { method: 'GET', path, limit: rates.read }, ({ params, query }) => {
    const { members } = roleOf(advancedBase(world, params), params)
    const wanted = { token: queryText(query, 'page_token'), size: listPageSize(query) }
    const { items, ...rest } = page(members, wanted, (member) => member.id)
    return { ...rest, items: items.map((member) => shown(world, member)) }
  })
  const unverified = ['adding a member again succeeds']
  serve(world, 'roles', { method: 'POST', path, limit, unverified }, (call) =>
    write(world, call, (base, role) =>
      add(world, { base, role }, [{ type: memberType(call), id: String(call.body.member_id) }]),
    ),
  )
  serve(world, 'roles', { method: 'DELETE', path: `${path}/:member_id`, limit }, (call) =>
    write(world, call, (_base, role) =>
      remove(world, role, [{ type: memberType(call), id: call.params.member_id ?? '' }]),
    ),
  )
  serve(
    world,
    'roleMembersBatch',
    { method: 'POST', path: `${path}/batch_create`, limit, body: list },
    (call) =>
      write(world, call, (base, role) => add(world, { base, role }, call.body.member_list as Given[])),
  )
  serve(
    world,
    'roleMembersBatch',
    { method: 'POST', path: `${path}/batch_delete`, limit, body: list },
    (call) => write(world, call, (_base, role) => remove(world, role, call.body.member_list as Given[])),
  )
}

function write(world: World, call: ApiCall, change: (base: Base, role: Role) => void): Promise<object> {
  const base = advancedBase(world, call.params)
  const role = roleOf(base, call.params)
  return oneWriteAtATime(world, base, () => {
    change(base, role)
    structureChanged(world)
    return {}
  })
}

function memberType({ query }: ApiCall): string {
  return queryText(query, 'member_id_type') || 'open_id'
}

/** UNVERIFIED: that adding somebody who is there already simply succeeds. */
function add(world: World, { base, role }: { base: Base; role: Role }, given: Given[]): void {
  const fresh = given
    .map((one) => readMember(world, one))
    .filter((one) => !role.members.some((known) => known.id === one.id))
  const all = new Set((base.roles ?? []).flatMap(({ members }) => members.map(({ id }) => id)))
  for (const { id } of fresh) all.add(id)
  if (all.size > limits.roleMembers)
    refuse(1254111, `a base's roles have at most ${limits.roleMembers} members`)
  role.members.push(...fresh)
}

function remove(world: World, role: Role, given: Given[]): void {
  const doomed = given.map((one) => {
    const { id } = readMember(world, one)
    if (!role.members.some((known) => known.id === id)) refuse(1254048, `${one.id} is no member of this role`)
    return id
  })
  role.members = role.members.filter(({ id }) => !doomed.includes(id))
}

function readMember(world: World, { type = 'open_id', id }: Given): RoleMember {
  if (type === 'chat_id') {
    const known = world.directory.chat ? world.directory.chat(id) !== undefined : id.startsWith('oc_')
    return known ? { type: 'chat', id } : refuse(1254048, `no chat ${id}`)
  }
  if (type === 'department_id' || type === 'open_department_id') return { type: 'department', id }
  const idType = type === 'union_id' || type === 'user_id' ? type : 'open_id'
  const openId = toOpenId(world.directory, id, idType)
  return { type: 'user', id: openId ?? refuse(1254048, `nobody has the ${type} ${id}`) }
}

function shown(world: World, member: RoleMember) {
  if (member.type === 'chat') {
    const name = findChat(world.kernel, member.id)?.name ?? ''
    return { member_type: 'chat', chat_id: member.id, member_name: name, member_en_name: name }
  }
  if (member.type === 'department') {
    const ids = { department_id: member.id, open_department_id: member.id }
    return { member_type: 'department', ...ids, member_name: '', member_en_name: '' }
  }
  const person = userByOpenId(world.kernel, member.id)
  const name = person?.name ?? ''
  return {
    member_type: 'user',
    open_id: member.id,
    union_id: person?.union_id ?? '',
    user_id: person?.user_id ?? '',
    member_name: name,
    member_en_name: name,
  }
}
