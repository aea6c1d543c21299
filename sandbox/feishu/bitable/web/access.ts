import { isReadOnly } from '../field-types.ts'
import { refuse } from '../refusal.ts'
import { type TableSight, visibleTo } from '../roles.ts'
import type { Base, Field, Table, View, World } from '../state.ts'
import type { BaseRight, WebTable } from './base-shapes.ts'

/** What one person sees and may do in a base. */
export interface Eyes {
  right: BaseRight
  /** '' when everybody sees the same rows; else what the person's rows depend on. */
  key: string
  tables: readonly Table[]
  /** @throws Refusal 1254041: to this person the table does not exist */
  sight(table: Table): TableSight
  may(table: Table): WebTable['may']
  fields(table: Table): Field[]
  views(table: Table): View[]
  edits(table: Table, field: Field): boolean
  /** @throws Refusal 1254302 */
  mustMay(table: Table, act: keyof WebTable['may']): void
}

const rights = { view: 'view', edit: 'edit', full_access: 'manage' } as const

/** The person's view of a base; undefined: it is not open to them. */
export function eyesIn(world: World, base: Base, openId: string): Eyes | undefined {
  const sight = visibleTo(world, base, openId)
  if (!sight) return undefined
  const tables = new Map(sight.tables.map((one) => [one.table, one]))
  const of = (table: Table) => tables.get(table) ?? refuse(1254041, `no table ${table.table_id}`)
  const restricted = base.is_advanced && !sight.canManage
  const eyes: Eyes = {
    right: rights[sight.permission],
    key: restricted ? `${openId} ${JSON.stringify(base.roles ?? [])}` : '',
    tables: [...tables.keys()],
    sight: of,
    may(table) {
      const { canManage, canAdd, canEditViews } = of(table)
      const edits = canManage || table.fields.some((field) => eyes.edits(table, field))
      return { edit: edits, add: canAdd, delete: edits, manage: canManage, views: canEditViews }
    },
    fields: (table) => table.fields.filter((field) => of(table).field(field) !== 'none'),
    views(table) {
      const seen = table.views.filter((view) => of(table).seesView(view))
      return seen.length > 0 ? seen : table.views.slice(0, 1)
    },
    edits: (table, field) => !isReadOnly(field.type) && of(table).field(field) === 'edit',
    mustMay(table, act) {
      if (!eyes.may(table)[act]) refuse(1254302, `you may not ${act} in table ${table.name}`)
    },
  }
  return eyes
}

/** @throws Refusal 91403 when the base is not open to the person */
export function eyesOf(world: World, base: Base, openId: string): Eyes {
  return eyesIn(world, base, openId) ?? refuse(91403, 'this base is not shared with you')
}

/** Whether a person sees only some rows. */
export function seesEveryRow(eyes: Eyes): boolean {
  return eyes.key === ''
}
