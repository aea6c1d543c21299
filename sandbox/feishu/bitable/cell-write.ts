import { type IdType, toOpenId } from './directory.ts'
import { fieldType, isReadOnly } from './field-types.ts'
import { limits } from './limits.ts'
import { refuse } from './refusal.ts'
import { nextColor, optionsOf } from './select-options.ts'
import {
  type Cell,
  type Cells,
  type Field,
  rowsOf,
  type SelectOption,
  type Spot,
  type World,
} from './state.ts'

/** One write call: what it found out so far about options it will have to create. */
export interface WriteCall {
  world: World
  spot: Spot
  idType: IdType
  fields: Map<string, Field>
  options: Map<string, { known: Map<string, string>; created: SelectOption[] }>
}

export function startWrite(world: World, spot: Spot, idType: IdType): WriteCall {
  return {
    world,
    spot,
    idType,
    fields: new Map(spot.table.fields.map((field) => [field.field_name, field])),
    options: new Map(),
  }
}

/** What a write changes of one row: null empties the cell. */
export type CellChanges = Record<string, Cell | null>

/** The cells of a write's `fields`, by exact name: case, blanks and line ends count. Nothing is changed yet: a whole batch is read before any of it is applied. */
export function readFields(call: WriteCall, fields: unknown): CellChanges {
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) {
    return refuse(1254001, 'fields must be an object of field name and value')
  }
  const changes: CellChanges = {}
  for (const [name, value] of Object.entries(fields)) {
    const field = call.fields.get(name) ?? refuse(1254045, `no field named "${name}"`)
    changes[field.field_id] = toCell(call, field, value)
  }
  return changes
}

/** Makes the options a checked write needs. */
export function createOptions(call: WriteCall): void {
  for (const [fieldId, { created }] of call.options) {
    const field = call.spot.table.fields.find((f) => f.field_id === fieldId)
    if (field && created.length > 0)
      field.property = { ...field.property, options: [...optionsOf(field), ...created] }
  }
}

/** Only cells that hold something. */
export function filled(changes: CellChanges): Cells {
  const cells: Cells = {}
  for (const [fieldId, value] of Object.entries(changes)) if (value !== null) cells[fieldId] = value
  return cells
}

type Converter = (call: WriteCall, field: Field, value: unknown) => Cell | null

/** Stored form of one written value; a value of the wrong kind is refused with the type's own code. Null empties. */
export function toCell(call: WriteCall, field: Field, value: unknown): Cell | null {
  // UNVERIFIED: the code for a value given to a computed field.
  if (isReadOnly(field.type)) return refuse(1254015, `field "${field.field_name}" cannot be written`)
  if (value === null) return null
  const convert = converters[field.type] ?? refuse(1254012, `field "${field.field_name}" cannot be written`)
  return convert(call, field, value)
}

function fail(code: number, field: Field, expected: string): never {
  return refuse(code, `field "${field.field_name}" needs ${expected}`)
}

const converters: Record<number, Converter> = {
  [fieldType.text]: (_call, field, value) => {
    if (typeof value !== 'string') return fail(1254060, field, 'text')
    if (value.length > limits.textChars) return fail(1254130, field, `at most ${limits.textChars} characters`)
    return value === '' ? null : value
  },
  [fieldType.number]: (_call, field, value) =>
    typeof value === 'number' && Number.isFinite(value) ? value : fail(1254061, field, 'a number'),
  [fieldType.singleSelect]: (call, field, value) => {
    if (typeof value !== 'string') return fail(1254062, field, 'the name of one option')
    return value === '' ? null : (optionIds(call, field, [value])[0] ?? null)
  },
  [fieldType.multiSelect]: (call, field, value) => {
    if (!isTextList(value)) return fail(1254063, field, 'a list of option names')
    if (value.length > limits.multiSelect)
      return fail(1254130, field, `at most ${limits.multiSelect} options`)
    return list(optionIds(call, field, value))
  },
  [fieldType.dateTime]: (_call, field, value) =>
    Number.isInteger(value)
      ? (value as number)
      : fail(1254064, field, 'milliseconds since 1970 as a whole number'),
  [fieldType.checkbox]: (_call, field, value) =>
    typeof value === 'boolean' ? value : fail(1254065, field, 'true or false'),
  [fieldType.user]: toPeople,
  [fieldType.phone]: (_call, field, value) => {
    if (typeof value !== 'string' || !/^\+?\d*$/.test(value) || value.length > limits.phoneChars) {
      return fail(1254072, field, 'digits with an optional leading +, at most 64')
    }
    return value === '' ? null : value
  },
  [fieldType.url]: (_call, field, value) => {
    const { link, text } = (typeof value === 'object' && value !== null ? value : {}) as Record<
      string,
      unknown
    >
    if (typeof link !== 'string' || link === '') return fail(1254068, field, '{text, link}')
    if (text !== undefined && text !== null && typeof text !== 'string')
      return fail(1254068, field, '{text, link}')
    return { text: text || link, link }
  },
  [fieldType.attachment]: toFiles,
  [fieldType.singleLink]: (call, field, value) => toLinks(call, field, value, 1254067),
  [fieldType.duplexLink]: (call, field, value) => toLinks(call, field, value, 1254074),
  // UNVERIFIED: places and groups have no conversion code of their own in the documentation.
  [fieldType.location]: (_call, field, value) => {
    if (typeof value !== 'string' || !/^-?\d+(\.\d+)?,-?\d+(\.\d+)?$/.test(value)) {
      return fail(1254015, field, '"longitude,latitude"')
    }
    return {
      location: value,
      pname: '',
      cityname: '',
      adname: '',
      address: '',
      name: '',
      full_address: value,
    }
  },
  [fieldType.groupChat]: toGroups,
}

function toPeople(call: WriteCall, field: Field, value: unknown): Cell | null {
  const ids = idList(value)
  if (!ids) return fail(1254066, field, 'a list of {id}')
  if (ids.length > limits.people) return fail(1254130, field, `at most ${limits.people} people`)
  if (ids.length > 1 && field.property?.multiple === false) return fail(1254066, field, 'one person')
  const { directory } = call.world
  return list(
    ids.map(
      (id) =>
        toOpenId(directory, id, call.idType) ??
        fail(1254066, field, `people known by ${call.idType}, not ${id}`),
    ),
  )
}

function toGroups(call: WriteCall, field: Field, value: unknown): Cell | null {
  const ids = idList(value)
  if (!ids || ids.length > limits.groups)
    return fail(1254015, field, `a list of at most ${limits.groups} {id}`)
  const { chat } = call.world.directory
  for (const id of ids)
    if (chat ? !chat(id) : !id.startsWith('oc_')) fail(1254015, field, `chats that exist, not ${id}`)
  return list(ids)
}

function toFiles(call: WriteCall, field: Field, value: unknown): Cell | null {
  if (!Array.isArray(value)) return fail(1254069, field, 'a list of {file_token}')
  if (value.length > limits.attachments) return fail(1254106, field, `at most ${limits.attachments} files`)
  const tokens = value.map((item) => {
    const token = (item as Record<string, unknown> | null)?.file_token
    return typeof token === 'string' && token !== '' ? token : fail(1254069, field, 'a list of {file_token}')
  })
  const { media } = call.world.directory
  for (const token of tokens) {
    if (media && media(token)?.parent_node !== call.spot.base.app_token) {
      refuse(1254303, `file ${token} was not uploaded to this base`)
    }
  }
  return list(tokens)
}

function toLinks(call: WriteCall, field: Field, value: unknown, code: number): Cell | null {
  if (!isTextList(value)) return fail(code, field, 'a list of record ids')
  if (value.length > limits.links) return fail(1254130, field, `at most ${limits.links} links`)
  if (value.length > 1 && field.property?.multiple === false) return fail(code, field, 'one record')
  const { world, spot } = call
  const target = spot.base.tables.find((t) => t.table_id === field.property?.table_id)
  const rows = target ? rowsOf(world, spot.base, target) : {}
  for (const id of value) if (!Object.hasOwn(rows, id)) fail(code, field, `records that exist, not ${id}`)
  return list([...new Set(value)])
}

/** Option ids by name; names nobody knows become options, as the platform does without a word. */
function optionIds(call: WriteCall, field: Field, names: string[]): string[] {
  const options = call.options.get(field.field_id) ?? {
    known: new Map(optionsOf(field).map((option) => [option.name, option.id])),
    created: [],
  }
  call.options.set(field.field_id, options)
  // A new name given twice in one cell makes two options. Feishu docs: 新增多条记录.
  const fresh: SelectOption[] = []
  const ids = names.map((name) => {
    const known = options.known.get(name)
    if (known !== undefined) return known
    const color = nextColor([...optionsOf(field).slice(-1), ...options.created.slice(-1), ...fresh.slice(-1)])
    const option = { id: call.world.kernel.id('opt'), name, color }
    fresh.push(option)
    return option.id
  })
  for (const option of fresh) options.known.set(option.name, option.id)
  options.created.push(...fresh)
  if (optionsOf(field).length + options.created.length > limits.options) fail(1254130, field, 'fewer options')
  return ids
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string' && item !== '')
}

function idList(value: unknown): string[] | undefined {
  if (!Array.isArray(value)) return undefined
  const ids = value.map((item) => (item as Record<string, unknown> | null)?.id)
  return isTextList(ids) ? ids : undefined
}

function list(ids: string[]): string[] | null {
  return ids.length === 0 ? null : ids
}
