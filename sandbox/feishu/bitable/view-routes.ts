import type { ApiCall } from '../../kernel/types.ts'
import { requireStructure } from './app-rights.ts'
import { spotOf, viewOf } from './find.ts'
import { limits, rates } from './limits.ts'
import { newView } from './new-table.ts'
import { page } from './paging.ts'
import { listPageSize, queryText } from './query.ts'
import { refuse } from './refusal.ts'
import { paths, serve } from './route.ts'
import { type Spot, structureChanged, type Table, type View, type World } from './state.ts'
import { readViewName } from './view-name.ts'
import { readViewProperty } from './view-property.ts'
import { oneWriteAtATime } from './write-guard.ts'

const text = { type: 'string' }
const viewTypes = ['grid', 'kanban', 'gallery', 'gantt', 'form']
const create = { type: 'object', required: ['view_name'], properties: { view_name: text, view_type: text } }
const patch = {
  type: 'object',
  properties: {
    view_name: text,
    property: {
      type: 'object',
      properties: {
        filter_info: {
          type: ['object', 'null'],
          required: ['conjunction', 'conditions'],
          properties: {
            conjunction: { enum: ['and', 'or'] },
            conditions: {
              type: 'array',
              maxItems: 50,
              items: {
                type: 'object',
                required: ['field_id', 'operator'],
                properties: { field_id: text, operator: text, value: { type: ['string', 'null'] } },
              },
            },
          },
        },
        hidden_fields: { type: ['array', 'null'], maxItems: limits.fields, items: text },
        hierarchy_config: { type: ['object', 'null'], properties: { field_id: text } },
      },
    },
  },
}

/** 视图：列出、新增、获取、更新、删除 */
export function registerViews(world: World): void {
  const path = `${paths.table}/views`
  const one = `${path}/:view_id`
  const limit = rates.structureWrite
  serve(world, 'views', { method: 'GET', path, limit: rates.read }, ({ params, query }) => {
    const { table } = spotOf(world, params)
    const views = table.views.map((view) => ({ ...named(view), view_public_level: 'Public' }))
    return page(views, { token: queryText(query, 'page_token'), size: listPageSize(query) }, (v) => v.view_id)
  })
  serve(world, 'views', { method: 'POST', path, limit, body: create }, (call) =>
    write(world, call, (spot) => ({ view: named(addView(world, spot, call.body)) })),
  )
  serve(world, 'view', { method: 'GET', path: one, limit: rates.read }, ({ params }) => {
    const { table } = spotOf(world, params)
    return { view: shown(viewOf(table, params.view_id ?? '')) }
  })
  serve(world, 'view', { method: 'PATCH', path: one, limit, body: patch }, (call) =>
    write(world, call, (spot) => ({ view: shown(changeView(world, spot, call)) })),
  )
  serve(world, 'views', { method: 'DELETE', path: one, limit }, (call) =>
    write(world, call, ({ table }) => {
      removeView(world, table, viewOf(table, call.params.view_id ?? ''))
      return {}
    }),
  )
}

function write<T>(world: World, call: ApiCall, change: (spot: Spot) => T): Promise<T> {
  const spot = spotOf(world, call.params)
  requireStructure(world, spot.base)
  return oneWriteAtATime(world, spot.base, () => change(spot))
}

/** Makes a view from `{view_name, view_type}`, whoever asks. */
export function addView(world: World, { table }: Spot, given: Record<string, unknown>): View {
  const name = freeName(table, given.view_name)
  const type = given.view_type === undefined || given.view_type === '' ? 'grid' : String(given.view_type)
  if (!viewTypes.includes(type)) refuse(1254019, `view_type ${type} is unknown`)
  if (table.views.length >= limits.views) refuse(1254101, `a table has at most ${limits.views} views`)
  const view = newView(world, name, type)
  table.views.push(view)
  touched(world, table)
  return view
}

/** Applies `{view_name, property}` to a view, whoever asks. */
export function changeView(
  world: World,
  spot: Spot,
  { params, body }: Pick<ApiCall, 'params' | 'body'>,
): View {
  const view = viewOf(spot.table, params.view_id ?? '')
  const others = { ...spot.table, views: spot.table.views.filter((v) => v !== view) }
  const name = body.view_name === undefined ? view.view_name : freeName(others, body.view_name)
  const property = readViewProperty(world, spot, view, body.property)
  view.view_name = name
  view.property = property
  touched(world, spot.table)
  return view
}

/** @throws Refusal 1254023 for the last view */
export function removeView(world: World, table: Table, view: View): void {
  if (table.views.length === 1) refuse(1254023, 'a table keeps at least one view')
  table.views.splice(table.views.indexOf(view), 1)
  touched(world, table)
}

function freeName(table: Table, given: unknown): string {
  const name = readViewName(given)
  if (table.views.some((view) => view.view_name === name)) refuse(1254020, `there is a view named "${name}"`)
  return name
}

function touched(world: World, table: Table): void {
  table.revision++
  structureChanged(world)
}

function named({ view_id, view_name, view_type }: View) {
  return { view_id, view_name, view_type }
}

function shown(view: View) {
  return { ...named(view), property: view.property }
}
