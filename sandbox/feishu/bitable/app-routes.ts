import type { ApiCall } from '../../kernel/types.ts'
import { requireManage, requireStructure } from './app-rights.ts'
import { callerOf, isPerson } from './caller.ts'
import { baseOf } from './find.ts'
import { limits, rates } from './limits.ts'
import { baseUrl, createBase } from './new-base.ts'
import { refuse } from './refusal.ts'
import { paths, serve } from './route.ts'
import { type Base, bases, rowsChanged, rowsOf, structureChanged, type World } from './state.ts'
import { oneWriteAtATime } from './write-guard.ts'
import { isTimeZone } from './zoned-day.ts'

/** UNVERIFIED: how long a copy takes; until then the new base answers 1254036. */
const copyMs = 2_000

const text = { type: 'string' }
const newApp = { type: 'object', properties: { name: text, folder_token: text, time_zone: text } }

/** 创建、复制、获取、更新多维表格 */
export function registerApps(world: World): void {
  serve(world, 'app', { method: 'POST', path: paths.apps, limit: rates.app, body: newApp }, (call) =>
    create(world, call),
  )
  serve(
    world,
    'copy',
    {
      method: 'POST',
      path: `${paths.app}/copy`,
      limit: rates.app,
      body: newApp,
      unverified: ['a copy takes 2 s', 'tables, fields, options, views and records of a copy keep their ids'],
    },
    (call) => copy(world, call),
  )
  serve(world, 'app', { method: 'GET', path: paths.app, limit: rates.read }, ({ params }) => {
    const base = baseOf(world, params)
    const { app_token, name, revision, is_advanced, time_zone } = base
    return {
      app: { app_token, name, revision, is_advanced, time_zone, formula_type: 1, advance_version: 'v2' },
    }
  })
  const change = { type: 'object', properties: { name: text, is_advanced: { type: 'boolean' } } }
  serve(
    world,
    'app',
    { method: 'PUT', path: paths.app, limit: rates.structureWrite, body: change },
    (call) => {
      const base = baseOf(world, call.params)
      if (call.body.is_advanced !== undefined) requireManage(world, base)
      requireStructure(world, base)
      return oneWriteAtATime(world, base, () => update(world, base, call))
    },
  )
}

function create(world: World, { body }: ApiCall) {
  const base = createBase(world, {
    name: appName(body.name) ?? '',
    folder_token: String(body.folder_token ?? ''),
    time_zone: timeZone(body.time_zone) ?? '',
    owner: isPerson(world) ? callerOf(world) : 'app',
  })
  const { app_token, name, folder_token, time_zone } = base
  const default_table_id = base.tables[0]?.table_id
  return { app: { app_token, name, folder_token, default_table_id, time_zone, url: baseUrl(world, base) } }
}

function update(world: World, base: Base, { body }: ApiCall) {
  const name = appName(body.name)
  if (name) base.name = name
  if (typeof body.is_advanced === 'boolean') base.is_advanced = body.is_advanced
  base.revision++
  structureChanged(world)
  const { app_token, is_advanced, time_zone } = base
  return { app: { app_token, name: base.name, is_advanced, time_zone } }
}

function copy(world: World, { params, body }: ApiCall) {
  const base = copyBase(world, baseOf(world, params), {
    name: appName(body.name),
    folder_token: String(body.folder_token ?? ''),
    time_zone: timeZone(body.time_zone),
    empty: body.without_content === true,
  })
  const { app_token, name, folder_token, time_zone } = base
  return { app: { app_token, name, folder_token, time_zone, url: baseUrl(world, base) } }
}

/**
 * A copy its maker owns; until it is ready it answers 1254036. Roles, collaborators and subscriptions do not come along.
 * UNVERIFIED: that tables, fields, options, views and records of a copy keep their ids.
 */
export function copyBase(
  world: World,
  source: Base,
  wanted: {
    name?: string | undefined
    folder_token: string
    time_zone?: string | undefined
    empty?: boolean
  },
): Base {
  const { app_perm: _perm, roles: _roles, ...kept } = structuredClone(source)
  const base: Base = {
    ...kept,
    app_token: world.kernel.id('bas'),
    name: wanted.name || `${source.name} 副本`,
    folder_token: wanted.folder_token,
    time_zone: wanted.time_zone ?? source.time_zone,
    owner: isPerson(world) ? callerOf(world) : 'app',
    shared_with_app: !isPerson(world),
    is_advanced: false,
    revision: 1,
    copying_until: world.kernel.clock.now() + copyMs,
  }
  bases(world).push(base)
  for (const table of base.tables) {
    const rows = rowsOf(world, base, table)
    if (wanted.empty) table.row_count = 0
    else Object.assign(rows, structuredClone(rowsOf(world, source, table)))
    rowsChanged(world, base, table)
  }
  return base
}

function appName(given: unknown): string | undefined {
  if (given === undefined || given === null) return undefined
  const name = String(given)
  if (name.length > limits.appNameChars)
    refuse(1254031, `a base's name has at most ${limits.appNameChars} characters`)
  return name
}

function timeZone(given: unknown): string | undefined {
  if (given === undefined || given === null || given === '') return undefined
  const zone = String(given)
  // UNVERIFIED: the code for a time zone that does not exist.
  return isTimeZone(zone) ? zone : refuse(1254001, `time_zone ${zone} is unknown`)
}
