import { factsOf } from './field-types.ts'
import type { Field, FieldProperty, Table, View, World } from './state.ts'

export function newTable(world: World, wanted: { name: string; viewName: string; fields: Field[] }): Table {
  return {
    table_id: world.kernel.id('tbl'),
    name: wanted.name,
    revision: 1,
    fields: wanted.fields,
    views: [newView(world, wanted.viewName, 'grid')],
    row_count: 0,
    next_serial: 1,
  }
}

export function newView(world: World, name: string, type: string): View {
  return {
    view_id: world.kernel.id('vew'),
    view_name: name,
    view_type: type,
    property: { filter_info: null, hidden_fields: null, hierarchy_config: null },
    form:
      type === 'form'
        ? {
            description: '',
            shared: false,
            shared_limit: 'off',
            submit_limit_once: false,
            order: [],
            questions: {},
          }
        : null,
  }
}

export function newField(
  world: World,
  wanted: { name: string; type: number; uiType?: string; property: FieldProperty | null; primary?: boolean },
): Field {
  return {
    field_id: world.kernel.id('fld'),
    field_name: wanted.name,
    type: wanted.type,
    ui_type: wanted.uiType ?? factsOf(wanted.type)?.uiTypes[0] ?? 'Text',
    property: wanted.property,
    description: null,
    is_primary: wanted.primary ?? false,
  }
}
