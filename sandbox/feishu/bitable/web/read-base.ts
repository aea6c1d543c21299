import { personOf } from '../directory.ts'
import { isLink } from '../field-types.ts'
import { refuse } from '../refusal.ts'
import { type Base, bases, type Field, rowsPart, type Table, type View, type World } from '../state.ts'
import { type Eyes, eyesIn, eyesOf, seesEveryRow } from './access.ts'
import { answerAs } from './answer.ts'
import type { WebBase, WebBaseEntry, WebField, WebTable, WebView } from './base-shapes.ts'
import { layoutOf } from './layout.ts'
import { orderedRows } from './ordered-rows.ts'

/** `GET base`: the bases a person may open. `GET base/:app`: one of them with tables, fields and views. */
export function registerBaseReads(world: World): void {
  answerAs(world, 'GET', '', (_call, openId): WebBaseEntry[] =>
    bases(world).flatMap((base) => {
      const eyes = eyesIn(world, base, openId)
      if (!eyes) return []
      const tables = eyes.tables.map((table) => ({
        table_id: table.table_id,
        name: table.name,
        rows: rowCount(world, base, table, eyes),
      }))
      const { app_token, name } = base
      return [{ app_token, name, owner: ownerName(world, base), tables, right: eyes.right }]
    }),
  )
  answerAs(world, 'GET', ':app', ({ params }, openId) => {
    const base = baseById(world, params.app ?? '')
    return webBase(world, base, eyesOf(world, base, openId))
  })
}

export function baseById(world: World, appToken: string): Base {
  return bases(world).find((base) => base.app_token === appToken) ?? refuse(1254040, `no base ${appToken}`)
}

function webBase(world: World, base: Base, eyes: Eyes): WebBase {
  return {
    app_token: base.app_token,
    name: base.name,
    owner: ownerName(world, base),
    time_zone: base.time_zone,
    right: eyes.right,
    advanced: base.is_advanced,
    tables: eyes.tables.map((table) => webTable(world, base, table, eyes)),
  }
}

function webTable(world: World, base: Base, table: Table, eyes: Eyes): WebTable {
  const fields = eyes.fields(table)
  const linked = fields
    .filter((field) => isLink(field.type))
    .flatMap((field) => base.tables.filter((other) => other.table_id === field.property?.table_id))
  return {
    table_id: table.table_id,
    name: table.name,
    rows: rowCount(world, base, table, eyes),
    parts: [...new Set([table, ...linked].map((one) => rowsPart(base, one))), 'contact'],
    may: eyes.may(table),
    fields: fields.map((field) => webField(field, eyes.edits(table, field))),
    views: eyes.views(table).map((view) => webView(world, table, view)),
  }
}

function rowCount(world: World, base: Base, table: Table, eyes: Eyes): number {
  return seesEveryRow(eyes)
    ? table.row_count
    : orderedRows(world, { base, table }, undefined, eyes).ids.length
}

export function webField(field: Field, editable: boolean): WebField {
  return {
    field_id: field.field_id,
    name: field.field_name,
    type: field.type,
    ui_type: field.ui_type,
    primary: field.is_primary,
    description: field.description?.text ?? '',
    property: field.property,
    editable,
  }
}

export function webView(world: World, table: Table, view: View): WebView {
  const { filter_info, hidden_fields } = view.property
  return {
    view_id: view.view_id,
    name: view.view_name,
    type: view.view_type,
    filter: filter_info && {
      conjunction: filter_info.conjunction === 'or' ? 'or' : 'and',
      conditions: filter_info.conditions.map(({ field_id, operator, value }) => ({
        field_id,
        operator,
        values: value === null ? [] : (JSON.parse(value) as unknown[]).map(String),
      })),
    },
    hidden: hidden_fields ?? [],
    layout: layoutOf(world, table, view.view_id),
  }
}

function ownerName(world: World, base: Base): string {
  const { kernel, directory } = world
  return personOf(kernel, directory, base.owner === 'app' ? kernel.identity().botOpenId : base.owner).name
}
