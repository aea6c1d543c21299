import { limits } from './limits.ts'
import { refuse } from './refusal.ts'
import type { Base, RecordRule, Role, Table, TableRole } from './state.ts'

type Given = Record<string, unknown>

const text = { type: 'string' }
const perms = { type: 'object', additionalProperties: { type: 'integer' } }
const rule = (others: object) => ({
  type: ['object', 'null'],
  properties: {
    conditions: {
      type: 'array',
      maxItems: 10,
      items: {
        type: 'object',
        required: ['field_name'],
        properties: {
          field_name: text,
          operator: { enum: ['is', 'isNot', 'contains', 'doesNotContain', 'isEmpty', 'isNotEmpty'] },
          value: { type: 'array', maxItems: 50, items: text },
        },
      },
    },
    conjunction: { enum: ['and', 'or'] },
    ...others,
  },
})

/** Body of creating and updating a role. Feishu docs: 新增自定义角色. */
export const roleBody = {
  type: 'object',
  required: ['role_name', 'table_roles'],
  properties: {
    role_name: text,
    table_roles: {
      type: 'array',
      maxItems: 100,
      items: {
        type: 'object',
        required: ['table_perm'],
        properties: {
          table_perm: { enum: [0, 1, 2, 4] },
          table_id: { ...text, maxLength: 50 },
          table_name: { ...text, maxLength: 50 },
          rec_rule: rule({ other_perm: { enum: [0, 1] } }),
          other_rec_rule: rule({}),
          field_perm: { type: ['object', 'null'], additionalProperties: { enum: [0, 1, 2, 3] } },
          allow_add_record: { type: 'boolean' },
          allow_delete_record: { type: 'boolean' },
          view_perm: { enum: [0, 1, 2] },
          view_rules: { type: ['object', 'null'], additionalProperties: { enum: [0, 1] } },
          field_action_rules: { type: ['object', 'null'], additionalProperties: perms },
        },
      },
    },
    block_roles: {
      type: 'array',
      maxItems: 100,
      items: {
        type: 'object',
        required: ['block_id', 'block_perm'],
        properties: { block_id: text, block_perm: { enum: [0, 1] } },
      },
    },
    base_rule: { type: ['object', 'null'], additionalProperties: { enum: [0, 1] } },
  },
}

/** A role's name: not empty, at most 100 characters, not taken by another role. */
export function readRoleName(base: Base, given: unknown, self?: Role): string {
  const name = typeof given === 'string' ? given.trim() : ''
  if (name === '' || name.length > limits.nameChars)
    refuse(1254032, 'role_name must have 1 to 100 characters')
  if (base.roles?.some((role) => role !== self && role.role_name === name))
    refuse(1254033, `there is a role named "${name}"`)
  return name
}

/** Table roles with tables and fields by id. UNVERIFIED: the codes for a table or field nobody knows. */
export function readTableRoles(base: Base, given: unknown): TableRole[] {
  const roles = (given as Given[]).map((one) => readTableRole(base, one))
  if (new Set(roles.map((role) => role.table_id)).size < roles.length)
    refuse(1254001, 'table_roles names a table twice')
  return roles
}

function readTableRole(base: Base, given: Given): TableRole {
  const table = tableOfRole(base, given)
  const perm = given.field_perm as Record<string, number> | null | undefined
  const actions = given.field_action_rules as Record<string, Record<string, number>> | null | undefined
  return {
    table_id: table.table_id,
    table_perm: Number(given.table_perm),
    rec_rule: readRule(table, given.rec_rule),
    other_rec_rule: readRule(table, given.other_rec_rule),
    field_perm: perm ? byFieldId(table, perm) : null,
    allow_add_record: given.allow_add_record !== false,
    allow_delete_record: given.allow_delete_record !== false,
    view_perm: Number(given.view_perm ?? 2),
    view_rules: (given.view_rules as Record<string, number> | undefined) ?? null,
    field_action_rules: actions
      ? Object.fromEntries(Object.entries(actions).map(([name, rules]) => [name, byFieldId(table, rules)]))
      : null,
  }
}

function tableOfRole(base: Base, given: Given): Table {
  const { table_id, table_name } = given
  if (!table_id && !table_name) return refuse(1254001, 'a table role needs table_id or table_name')
  const found = base.tables.find((t) => (table_id ? t.table_id === table_id : t.name === table_name))
  return found ?? refuse(1254041, `no table ${String(table_id || table_name)}`)
}

function readRule(table: Table, given: unknown): RecordRule | null {
  const { conditions, conjunction, other_perm } = (given ?? {}) as Given
  if (!Array.isArray(conditions) || conditions.length === 0) return null
  return {
    conjunction: String(conjunction ?? 'and'),
    other_perm: Number(other_perm ?? 0),
    conditions: (conditions as Given[]).map(({ field_name, operator, value }) => ({
      field_id: field_name === '' ? '' : fieldIdNamed(table, String(field_name)),
      operator: String(operator ?? 'is'),
      value: (value as string[] | undefined) ?? [],
    })),
  }
}

function byFieldId(table: Table, given: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [fieldIdNamed(table, name), value]))
}

function fieldIdNamed(table: Table, name: string): string {
  const field = table.fields.find((one) => one.field_name === name)
  return field?.field_id ?? refuse(1254045, `no field named "${name}" in table ${table.name}`)
}

/** A role as answers show it: fields by their present names, tables and fields that are gone left out. */
export function shownRole(base: Base, role: Role) {
  const { role_id, role_name, base_rule } = role
  return {
    role_id,
    role_name,
    table_roles: role.table_roles.flatMap((one) => shownTableRole(base, one)),
    block_roles: role.block_roles.map((block) => ({ ...block, block_type: 'dashboard' })),
    ...(base_rule ? { base_rule } : {}),
  }
}

function shownTableRole(base: Base, role: TableRole): Given[] {
  const table = base.tables.find((one) => one.table_id === role.table_id)
  if (!table) return []
  const { table_id, table_perm, allow_add_record, allow_delete_record, view_perm, view_rules } = role
  return [
    {
      table_id,
      table_name: table.name,
      table_perm,
      ...(role.rec_rule ? { rec_rule: shownRule(table, role.rec_rule, role.table_perm) } : {}),
      ...(role.other_rec_rule ? { other_rec_rule: shownRule(table, role.other_rec_rule, 1) } : {}),
      ...(role.field_perm ? { field_perm: byFieldName(table, role.field_perm) } : {}),
      allow_add_record,
      allow_delete_record,
      view_perm,
      ...(view_rules ? { view_rules } : {}),
      ...(role.field_action_rules
        ? {
            field_action_rules: Object.fromEntries(
              Object.entries(role.field_action_rules).map(([name, rules]) => [
                name,
                byFieldName(table, rules),
              ]),
            ),
          }
        : {}),
    },
  ]
}

function shownRule(table: Table, rule: RecordRule, perm: number) {
  const conditions = rule.conditions.flatMap(({ field_id, operator, value }) => {
    const field = table.fields.find((one) => one.field_id === field_id)
    if (field_id !== '' && !field) return []
    return [{ field_name: field?.field_name ?? '', operator, value, field_type: field?.type ?? 1003 }]
  })
  return { conditions, conjunction: rule.conjunction, perm, other_perm: rule.other_perm }
}

function byFieldName(table: Table, perms: Record<string, number>): Record<string, number> {
  return Object.fromEntries(
    table.fields.flatMap((field) => {
      const perm = perms[field.field_id]
      return perm === undefined ? [] : [[field.field_name, perm]]
    }),
  )
}
