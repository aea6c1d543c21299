import { ApiFailure, type ControlCall } from '../../kernel/types.ts'
import {
  addRowAs,
  changeFieldAs,
  createBaseAs,
  deleteFieldAs,
  deleteRowAs,
  editRowAs,
  fieldNamedOrId,
  shareBase,
  showAllTables,
  showTable,
  spotNamed,
} from './by-hand.ts'
import { Refusal } from './refusal.ts'
import { bases, type Spot, type World } from './state.ts'

/** People's work on bases for tests and scripts. Base, table and field may be named by id or by name. */
export function registerControl(world: World): void {
  const table = 'bases/:app_token/tables/:table_id'
  on(world, `${table}/records`, (spot, call) => {
    return { record_id: addRowAs(world, spot, openId(call), fieldsOf(call)) }
  })
  on(world, `${table}/records/:record_id/edit`, (spot, call) =>
    editRowAs(world, spot, openId(call), { recordId: call.params.record_id ?? '', fields: fieldsOf(call) }),
  )
  on(world, `${table}/records/:record_id/delete`, (spot, call) =>
    deleteRowAs(world, spot, openId(call), call.params.record_id ?? ''),
  )
  on(world, `${table}/fields/:field_id/rename`, (spot, call) => {
    const field = fieldNamedOrId(spot, call.params.field_id ?? '')
    changeFieldAs(world, spot, openId(call), { field, name: textOf(call, 'name') })
  })
  on(world, `${table}/fields/:field_id/retype`, (spot, call) => {
    const field = fieldNamedOrId(spot, call.params.field_id ?? '')
    const { type, ui_type, property } = call.body
    const uiType = typeof ui_type === 'string' ? ui_type : undefined
    changeFieldAs(world, spot, openId(call), { field, type: Number(type), uiType, property })
  })
  on(world, `${table}/fields/:field_id/delete`, (spot, call) =>
    deleteFieldAs(world, spot, openId(call), fieldNamedOrId(spot, call.params.field_id ?? '')),
  )
  world.kernel.control('POST', 'bases', (call) =>
    answer(() => ({ app_token: createBaseAs(world, openId(call), textOf(call, 'name')).app_token })),
  )
  world.kernel.control('POST', 'bases/:app_token/share', ({ params, body }) =>
    answer(() => shareWithApp(world, params.app_token ?? '', body)),
  )
  world.kernel.control('GET', 'rows', (call) => answer(() => rows(world, call)))
  world.kernel.effect('rows', () => showAllTables(world))
  world.kernel.describe('bases', () =>
    bases(world).map(({ app_token, name, tables }) => ({
      app_token,
      name,
      tables: tables.map(({ table_id, name }) => ({ table_id, name })),
    })),
  )
}

/** 添加文档应用: `{shared: false}` takes the app out, `{perm: "view" | "edit" | "full_access"}` says what it may do (default: manage). */
function shareWithApp(world: World, appToken: string, body: ControlCall['body']): void {
  const { perm } = body
  if (perm !== undefined && perm !== 'view' && perm !== 'edit' && perm !== 'full_access')
    throw new ApiFailure(400, 'perm must be view, edit or full_access.', { status: 400 })
  shareBase(world, appToken, body.shared !== false)
  const base = bases(world).find((one) => one.app_token === appToken)
  if (base && perm !== undefined) base.app_perm = perm
}

function on(world: World, path: string, act: (spot: Spot, call: ControlCall) => unknown): void {
  world.kernel.control('POST', path, (call) =>
    answer(
      () =>
        act(spotNamed(world, call.params.app_token ?? '', call.params.table_id ?? ''), call) ?? { ok: true },
    ),
  )
}

function answer<T>(act: () => T): T | { ok: true } {
  try {
    return act() ?? { ok: true }
  } catch (error) {
    if (error instanceof Refusal) throw new ApiFailure(error.code, error.message, { status: 400 })
    throw error
  }
}

/** `?table=订单` (id or name; also `app_token`): one entry per matching table. */
function rows(world: World, { query }: ControlCall) {
  const [table, base] = [query.table, query.app_token]
  return bases(world)
    .filter((b) => base === undefined || b.app_token === base || b.name === base)
    .flatMap((b) => b.tables.map((t) => ({ base: b, table: t })))
    .filter((spot) => table === undefined || spot.table.table_id === table || spot.table.name === table)
    .map((spot) => showTable(world, spot))
}

function openId(call: ControlCall): string {
  return textOf(call, 'open_id')
}

function textOf({ body }: ControlCall, name: string): string {
  const value = body[name]
  if (typeof value === 'string' && value !== '') return value
  throw new ApiFailure(400, `The body needs "${name}" as text.`, { status: 400 })
}

function fieldsOf({ body }: ControlCall): Record<string, unknown> {
  const { fields } = body
  if (typeof fields === 'object' && fields !== null && !Array.isArray(fields))
    return fields as Record<string, unknown>
  throw new ApiFailure(400, 'The body needs "fields": an object of field name and value.', { status: 400 })
}
