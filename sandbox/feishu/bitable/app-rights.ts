import { documentPermission, mayEdit, mayManage } from './access.ts'
import { callerOf } from './caller.ts'
import { refuse } from './refusal.ts'
import { type TableSight, tableVisibleTo } from './roles.ts'
import type { Base, Spot, World } from './state.ts'

/** The caller needs 可管理 on the base, e.g. for roles. */
export function requireManage(world: World, base: Base): void {
  if (!mayManage(appPermission(world, base))) refuse(1254304, 'the caller must be able to manage the base')
}

/**
 * Before the caller changes tables, fields, views or forms: edit rights on the base; with advanced permissions it must
 * manage it. Feishu docs: 错误码 1254302.
 */
export function requireStructure(world: World, base: Base): void {
  const permission = appPermission(world, base)
  if (mayManage(permission)) return
  if (base.is_advanced)
    refuse(1254302, 'advanced permissions are on: the caller must be able to manage the base')
  if (!mayEdit(permission)) refuse(91403, 'the caller may only read this base')
}

/** The caller's sight of a table for writing records: with advanced permissions it is made of roles, if they cannot manage. */
export function requireWrite(world: World, spot: Spot): TableSight {
  const sight = appSight(world, spot)
  if (sight && (spot.base.is_advanced || mayEdit(appPermission(world, spot.base)))) return sight
  return spot.base.is_advanced
    ? refuse(1254302, 'advanced permissions are on and the caller has no role here')
    : refuse(91403, 'the caller may only read this base')
}

/** undefined: nothing of the table is visible to the caller. */
export function appSight(world: World, spot: Spot): TableSight | undefined {
  return tableVisibleTo(world, spot, callerOf(world))
}

function appPermission(world: World, base: Base) {
  return documentPermission(world, base, callerOf(world))
}
