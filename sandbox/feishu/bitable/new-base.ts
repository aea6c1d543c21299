import { fieldType } from './field-types.ts'
import { newField, newTable } from './new-table.ts'
import { insertRows } from './row-writes.ts'
import { type Base, bases, structureChanged, type World } from './state.ts'

/** UNVERIFIED: how many empty rows a new base starts with. */
const emptyRows = 10

/** A new base with the table the platform puts into every new base: default fields and empty rows. */
export function createBase(
  world: World,
  wanted: { name: string; folder_token: string; time_zone: string; owner: string },
): Base {
  const { kernel } = world
  const base: Base = {
    app_token: kernel.id('bas'),
    name: wanted.name || '未命名多维表格',
    folder_token: wanted.folder_token,
    owner: wanted.owner,
    shared_with_app: wanted.owner === 'app',
    time_zone: wanted.time_zone || 'Asia/Shanghai',
    revision: 1,
    is_advanced: false,
    copying_until: 0,
    tables: [],
  }
  const table = newTable(world, { name: '数据表', viewName: '表格', fields: defaultFields(world) })
  base.tables.push(table)
  bases(world).push(base)
  const by = wanted.owner === 'app' ? kernel.identity().botOpenId : wanted.owner
  insertRows(
    world,
    { base, table },
    Array.from({ length: emptyRows }, () => ({})),
    by,
  )
  structureChanged(world)
  return base
}

/** The fields of a table nobody described. */
export function defaultFields(world: World) {
  const date = { date_formatter: 'yyyy/MM/dd', auto_fill: false }
  return [
    newField(world, { name: '文本', type: fieldType.text, property: null, primary: true }),
    newField(world, { name: '单选', type: fieldType.singleSelect, property: { options: [] } }),
    newField(world, { name: '日期', type: fieldType.dateTime, property: date }),
    newField(world, { name: '附件', type: fieldType.attachment, property: null }),
  ]
}

export function baseUrl(world: World, base: Base): string {
  return `${world.kernel.baseUrl()}/base/${base.app_token}`
}
