import type { ApiCall } from '../../kernel/types.ts'
import { requireStructure } from './app-rights.ts'
import { spotOf } from './find.ts'
import { rates } from './limits.ts'
import { refuse } from './refusal.ts'
import { paths, serve } from './route.ts'
import { type FieldGroup, type Spot, structureChanged, type Table, type World } from './state.ts'
import { oneWriteAtATime } from './write-guard.ts'

const most = { groups: 300, children: 300, name: 100, description: 2_000 }
const body = {
  type: 'object',
  required: ['field_groups'],
  properties: {
    field_groups: {
      type: 'array',
      items: {
        type: 'object',
        required: ['name', 'children'],
        properties: {
          id: { type: 'string' },
          name: { type: 'string' },
          description: { type: 'string' },
          children: { type: 'array', items: { type: 'object', required: ['type', 'id'] } },
        },
      },
    },
  },
}

/** 创建字段编组. The answer is JSON text, as documented. */
export function registerFieldGroups(world: World): void {
  serve(
    world,
    'fieldGroups',
    { method: 'POST', path: `${paths.table}/field_groups`, limit: rates.structureWrite, body },
    (call) => {
      const spot = spotOf(world, call.params)
      requireStructure(world, spot.base)
      return oneWriteAtATime(world, spot.base, () => create(world, spot, call.body))
    },
  )
}

function create(world: World, { table }: Spot, given: ApiCall['body']) {
  const wanted = given.field_groups as FieldGroup[]
  if (wanted.length === 0) refuse(1254120, 'no groups')
  if (wanted.length > most.groups) refuse(1254121, `at most ${most.groups} groups`)
  const known = table.field_groups ?? []
  const groups: FieldGroup[] = []
  for (const one of wanted) {
    checkGroup(one, [...known, ...groups])
    for (const child of one.children) checkChild(table, child, [...known, ...groups])
    groups.push({
      id: one.id || world.kernel.id('fld'),
      name: one.name.trim(),
      children: one.children.map(({ type, id }) => ({ type, id })),
      description: one.description ?? '',
    })
  }
  table.field_groups = [...known, ...groups]
  table.revision++
  structureChanged(world)
  return { field_groups: JSON.stringify(groups.map(({ id, name }) => ({ id, name }))) }
}

function checkGroup(one: FieldGroup, known: FieldGroup[]): void {
  const name = one.name.trim()
  if (name === '') refuse(1254114, 'a group has no name')
  if (name.length > most.name || /[[\]]/.test(name)) refuse(1254115, `the name "${name}" is not allowed`)
  if ((one.description ?? '').length > most.description)
    refuse(1254116, `a description has at most ${most.description} characters`)
  if (known.some((other) => other.name === name)) refuse(1254117, `two groups are named "${name}"`)
  if (one.children.length === 0) refuse(1254118, `group "${name}" is empty`)
  if (one.children.length > most.children) refuse(1254119, `at most ${most.children} fields per group`)
  const ids = one.children.map((child) => child.id)
  if (new Set(ids).size < ids.length) refuse(1254122, 'a field is named twice')
}

function checkChild(table: Table, child: FieldGroup['children'][number], known: FieldGroup[]): void {
  if (child.type !== 'field') refuse(1254123, `a child is of type ${child.type}`)
  if (!table.fields.some((field) => field.field_id === child.id)) refuse(1254044, `no field ${child.id}`)
  if (known.some((group) => group.children.some(({ id }) => id === child.id)))
    refuse(1254122, `field ${child.id} belongs to a group already`)
}
