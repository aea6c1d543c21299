import type { ApiCall } from '../../kernel/types.ts'
import { documentPermission } from './access.ts'
import { callerOf } from './caller.ts'
import { refuse } from './refusal.ts'
import {
  type Base,
  bases,
  type Field,
  type Row,
  rowsOf,
  type Spot,
  type Table,
  type View,
  type World,
} from './state.ts'

/** The base a call names, once it exists, is not being copied and is open to the app. */
export function baseOf(world: World, params: ApiCall['params']): Base {
  const token = params.app_token ?? ''
  if (!/^[A-Za-z0-9]{1,100}$/.test(token)) refuse(1254003, `app_token ${token} is not an app_token`)
  const base = bases(world).find((b) => b.app_token === token) ?? refuse(1254040, `no base ${token}`)
  if (documentPermission(world, base, callerOf(world)) === 'none')
    refuse(91403, `the caller is no collaborator of base ${token}`)
  if (base.copying_until > world.kernel.clock.now()) refuse(1254036, `base ${token} is still being copied`)
  return base
}

export function tableOf(base: Base, tableId: string): Table {
  if (!/^tbl[A-Za-z0-9]{1,47}$/.test(tableId)) refuse(1254004, `table_id ${tableId} is not a table_id`)
  return base.tables.find((t) => t.table_id === tableId) ?? refuse(1254041, `no table ${tableId}`)
}

export function spotOf(world: World, params: ApiCall['params']): Spot {
  const base = baseOf(world, params)
  return { base, table: tableOf(base, params.table_id ?? '') }
}

export function fieldOf(table: Table, fieldId: string): Field {
  if (!/^fld[A-Za-z0-9]+$/.test(fieldId)) refuse(1254009, `field_id ${fieldId} is not a field_id`)
  return table.fields.find((f) => f.field_id === fieldId) ?? refuse(1254044, `no field ${fieldId}`)
}

export function viewOf(table: Table, viewId: string): View {
  if (!/^vew[A-Za-z0-9]+$/.test(viewId)) refuse(1254005, `view_id ${viewId} is not a view_id`)
  return table.views.find((v) => v.view_id === viewId) ?? refuse(1254042, `no view ${viewId}`)
}

export function rowOf(world: World, spot: Spot, recordId: string): Row {
  if (!/^rec[A-Za-z0-9]+$/.test(recordId)) refuse(1254006, `record_id ${recordId} is not a record_id`)
  const rows = rowsOf(world, spot.base, spot.table)
  return (
    (Object.hasOwn(rows, recordId) ? rows[recordId] : undefined) ?? refuse(1254043, `no record ${recordId}`)
  )
}
