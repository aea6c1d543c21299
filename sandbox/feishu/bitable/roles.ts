import { documentPermission, isRoleMember, mayEdit, mayManage } from './access.ts'
import { cellOf } from './cell-read.ts'
import { isSelect } from './field-types.ts'
import { compileCondition, type RowTest } from './filter.ts'
import { Refusal } from './refusal.ts'
import { optionsOf } from './select-options.ts'
import type {
  Base,
  DocumentPermission,
  Field,
  RecordRule,
  Row,
  Table,
  TableRole,
  View,
  World,
} from './state.ts'

export type FieldRight = 'none' | 'read' | 'add' | 'edit'

/** What somebody sees of one table and may do there. */
export interface TableSight {
  table: Table
  /** Fields, views and the table itself may be changed. */
  canManage: boolean
  canAdd: boolean
  /** Views (their filter, order, hidden fields) may be changed or added. */
  canEditViews: boolean
  seesRow: RowTest
  editsRow: RowTest
  deletesRow: RowTest
  /** `add`: only when the record is made. Computed fields are at most `read` whoever asks. */
  field(field: Field): FieldRight
  /** New options may be made by typing them. */
  canAddOptions(field: Field): boolean
  seesView(view: View): boolean
}

export interface BaseSight {
  /** The document permission; with advanced permissions, what counts is each table's own. */
  permission: DocumentPermission
  /** Name, tables, roles and sharing may be changed. */
  canManage: boolean
  /** Only tables the person may open, in their order. */
  tables: TableSight[]
}

const always: RowTest = () => true
const never: RowTest = () => false

/**
 * What a person (or the app, by its bot's open_id) sees of a base: undefined when it may not even be opened. Without
 * advanced permissions the document permission says it all; with them those who cannot manage have the sum of their
 * roles (UNVERIFIED: that several roles add up). Feishu docs: 高级权限概述, 新增自定义角色.
 */
export function visibleTo(world: World, base: Base, openId: string): BaseSight | undefined {
  const permission = documentPermission(world, base, openId)
  if (permission === 'none') return undefined
  const canManage = mayManage(permission)
  if (canManage || !base.is_advanced) {
    const tables = base.tables.map((table) => plainSight(table, permission))
    return { permission, canManage, tables }
  }
  const tables = base.tables.flatMap((table) => roleSight(world, { base, table }, openId) ?? [])
  return { permission, canManage, tables }
}

/** One table of it; undefined when it is hidden. */
export function tableVisibleTo(
  world: World,
  spot: { base: Base; table: Table },
  openId: string,
): TableSight | undefined {
  return visibleTo(world, spot.base, openId)?.tables.find((sight) => sight.table === spot.table)
}

function plainSight(table: Table, permission: DocumentPermission): TableSight {
  const edits = mayEdit(permission)
  return {
    table,
    canManage: edits,
    canAdd: edits,
    canEditViews: edits,
    seesRow: always,
    editsRow: edits ? always : never,
    deletesRow: edits ? always : never,
    field: () => (edits ? 'edit' : 'read'),
    canAddOptions: () => edits,
    seesView: () => true,
  }
}

function roleSight(world: World, spot: { base: Base; table: Table }, openId: string): TableSight | undefined {
  const mine = (spot.base.roles ?? []).filter((role) =>
    role.members.some((member) => isRoleMember(world, member, openId)),
  )
  const sights = mine
    .flatMap((role) => role.table_roles)
    .filter((role) => role.table_id === spot.table.table_id && role.table_perm > 0)
    .map((role) => sightOf(world, spot, role, openId))
  if (sights.length === 0) return undefined
  return sights.reduce((sum, sight) => added(sum, sight))
}

function added(a: TableSight, b: TableSight): TableSight {
  const either =
    (x: RowTest, y: RowTest): RowTest =>
    (row) =>
      x(row) || y(row)
  const order: FieldRight[] = ['none', 'read', 'add', 'edit']
  return {
    table: a.table,
    canManage: a.canManage || b.canManage,
    canAdd: a.canAdd || b.canAdd,
    canEditViews: a.canEditViews || b.canEditViews,
    seesRow: either(a.seesRow, b.seesRow),
    editsRow: either(a.editsRow, b.editsRow),
    deletesRow: either(a.deletesRow, b.deletesRow),
    field: (field) => order[Math.max(order.indexOf(a.field(field)), order.indexOf(b.field(field)))] ?? 'none',
    canAddOptions: (field) => a.canAddOptions(field) || b.canAddOptions(field),
    seesView: (view) => a.seesView(view) || b.seesView(view),
  }
}

function sightOf(
  world: World,
  spot: { base: Base; table: Table },
  role: TableRole,
  openId: string,
): TableSight {
  const { table } = spot
  if (role.table_perm === 4) return plainSight(table, 'full_access')
  const hit = role.rec_rule ? ruleTest(world, spot, role.rec_rule, openId) : always
  const others = otherRows(world, spot, role, openId)
  const edits = role.table_perm === 2
  return {
    table,
    canManage: false,
    canAdd: edits && role.allow_add_record,
    canEditViews: role.view_perm === 2,
    seesRow: (row) => hit(row) || others(row),
    editsRow: edits ? hit : never,
    deletesRow: edits && role.allow_delete_record ? hit : never,
    field: (field) => fieldRight(role, field),
    canAddOptions: (field) => edits && role.field_action_rules?.select_option_edit?.[field.field_id] === 1,
    seesView: ({ view_id }) =>
      role.view_perm === 2 || role.view_rules === null || role.view_rules[view_id] === 1,
  }
}

/** Rows the rule does not meet: readable with other_perm 1, with 0 only those of other_rec_rule. */
function otherRows(
  world: World,
  spot: { base: Base; table: Table },
  role: TableRole,
  openId: string,
): RowTest {
  if (role.table_perm !== 2 || !role.rec_rule) return never
  if (role.rec_rule.other_perm === 1) return always
  return role.other_rec_rule ? ruleTest(world, spot, role.other_rec_rule, openId) : never
}

function fieldRight(role: TableRole, field: Field): FieldRight {
  const most: FieldRight = role.table_perm === 2 ? 'edit' : 'read'
  if (role.field_perm === null) return most
  const right = (['none', 'read', 'add', 'edit'] as const)[role.field_perm[field.field_id] ?? 0] ?? 'none'
  return most === 'read' && right !== 'none' ? 'read' : right
}

function ruleTest(
  world: World,
  spot: { base: Base; table: Table },
  rule: RecordRule,
  openId: string,
): RowTest {
  const tests = rule.conditions.map((condition) => conditionTest(world, spot, condition, openId))
  if (tests.length === 0) return always
  return rule.conjunction === 'or'
    ? (row) => tests.some((test) => test(row))
    : (row) => tests.every((test) => test(row))
}

function conditionTest(
  world: World,
  { base, table }: { base: Base; table: Table },
  condition: RecordRule['conditions'][number],
  openId: string,
): RowTest {
  const { operator, value } = condition
  if (condition.field_id === '') return (row: Row) => row.created_by === openId
  const field = table.fields.find((one) => one.field_id === condition.field_id)
  if (!field) return never
  if (operator === 'isEmpty') return (row) => cellOf(field, row) === undefined
  if (operator === 'isNotEmpty') return (row) => cellOf(field, row) !== undefined
  try {
    // Rules name options by id as the platform's sample does, or by name.
    const optionsById = isSelect(field.type) && optionsOf(field).some((option) => value.includes(option.id))
    const call = { world, base, table, idType: 'open_id' as const, optionsById }
    return compileCondition(call, { field, operator, values: value })
  } catch (error) {
    // A rule that no longer fits its field must not open rows.
    if (error instanceof Refusal) return never
    throw error
  }
}
