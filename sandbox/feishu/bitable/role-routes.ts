import type { ApiCall } from '../../kernel/types.ts'
import { requireManage } from './app-rights.ts'
import { baseOf } from './find.ts'
import { limits, rates } from './limits.ts'
import { page } from './paging.ts'
import { listPageSize, queryText } from './query.ts'
import { refuse } from './refusal.ts'
import { readRoleName, readTableRoles, roleBody, shownRole } from './role-input.ts'
import { registerRoleMembers } from './role-member-routes.ts'
import { paths, serve } from './route.ts'
import { type Base, type Role, structureChanged, type World } from './state.ts'
import { oneWriteAtATime } from './write-guard.ts'

/** 自定义角色：新增、列出、更新（base/v2，也答历史版本的地址）、删除，以及协作者 */
export function registerRoles(world: World): void {
  const limit = rates.structureWrite
  for (const root of ['/open-apis/base/v2/apps/:app_token', paths.app]) {
    const path = `${root}/roles`
    serve(world, 'roles', { method: 'GET', path, limit: rates.read }, ({ params, query }) => {
      const base = advancedBase(world, params)
      const wanted = { token: queryText(query, 'page_token'), size: listPageSize(query) }
      const { items, ...rest } = page(base.roles ?? [], wanted, (role) => role.role_id)
      return { ...rest, items: items.map((role) => shownRole(base, role)) }
    })
    const unverified = [
      'several roles of one person add up',
      'codes for tables and fields nobody has (1254041, 1254045)',
    ]
    serve(world, 'roles', { method: 'POST', path, limit, body: roleBody, unverified }, (call) =>
      write(world, call, (base) => create(world, base, call.body)),
    )
    serve(world, 'roles', { method: 'PUT', path: `${path}/:role_id`, limit, body: roleBody }, (call) =>
      write(world, call, (base) => update(base, roleOf(base, call.params), call.body)),
    )
  }
  serve(world, 'roles', { method: 'DELETE', path: `${paths.app}/roles/:role_id`, limit }, (call) =>
    write(world, call, (base) => {
      const doomed = roleOf(base, call.params)
      base.roles = base.roles?.filter((role) => role !== doomed) ?? []
      return {}
    }),
  )
  registerRoleMembers(world)
}

/** The base with its advanced permissions on, when the app may manage it; else 1254301 or 1254304. */
export function advancedBase(world: World, params: ApiCall['params']): Base {
  const base = baseOf(world, params)
  requireManage(world, base)
  if (!base.is_advanced) refuse(1254301, 'advanced permissions are off')
  return base
}

export function roleOf(base: Base, params: ApiCall['params']): Role {
  const found = base.roles?.find((role) => role.role_id === params.role_id)
  return found ?? refuse(1254047, `no role ${params.role_id}`)
}

function write<T>(world: World, call: ApiCall, change: (base: Base) => T): Promise<T> {
  const base = advancedBase(world, call.params)
  return oneWriteAtATime(world, base, () => {
    const answer = change(base)
    base.revision++
    structureChanged(world)
    return answer
  })
}

function create(world: World, base: Base, given: Record<string, unknown>) {
  const roles = base.roles ?? []
  if (roles.length >= limits.roles) refuse(1254110, `a base has at most ${limits.roles} roles`)
  const role: Role = {
    role_id: world.kernel.id('rol'),
    role_name: readRoleName(base, given.role_name),
    table_roles: readTableRoles(base, given.table_roles),
    block_roles: (given.block_roles as Role['block_roles'] | undefined) ?? [],
    base_rule: (given.base_rule as Record<string, number> | undefined) ?? null,
    members: [],
  }
  base.roles = [...roles, role]
  return { role: shownRole(base, role) }
}

function update(base: Base, role: Role, given: Record<string, unknown>) {
  const role_name = readRoleName(base, given.role_name, role)
  const table_roles = readTableRoles(base, given.table_roles)
  Object.assign(role, { role_name, table_roles })
  if (given.block_roles !== undefined) role.block_roles = given.block_roles as Role['block_roles']
  if (given.base_rule !== undefined) role.base_rule = given.base_rule as Role['base_rule']
  return { role: shownRole(base, role) }
}
