import { type IdType, personCell, personOf } from './directory.ts'
import { fieldType } from './field-types.ts'
import { formulaValue, plainFormula, shownFormula } from './formula.ts'
import { optionsOf } from './select-options.ts'
import { serialText } from './serial-text.ts'
import {
  type Base,
  type Cell,
  type Field,
  type Place,
  type Row,
  rowsOf,
  type Table,
  type World,
} from './state.ts'

export interface ReadCall {
  world: World
  base: Base
  idType: IdType
  /** Option names by id, built once per field. */
  names: Map<string, Map<string, string>>
}

export function startRead(world: World, base: Base, idType: IdType): ReadCall {
  return { world, base, idType, names: new Map() }
}

/** The stored or computed cell of a field; undefined when empty. */
export function cellOf(field: Field, row: Row): Cell | undefined {
  switch (field.type) {
    case fieldType.createdTime:
      return row.created_time
    case fieldType.modifiedTime:
      return row.last_modified_time
    case fieldType.createdUser:
      return [row.created_by]
    case fieldType.modifiedUser:
      return [row.last_modified_by]
    case fieldType.autoNumber:
      return serialText(field.property?.auto_serial, row)
    default:
      return row.cells[field.field_id]
  }
}

/**
 * A row's fields as search answers them: text is a list of segments, people and files are whole objects, and empty
 * fields are left out. Feishu docs: 多维表格记录数据结构.
 */
export function searchFields(call: ReadCall, fields: readonly Field[], row: Row): Record<string, unknown> {
  const shown: Record<string, unknown> = {}
  for (const field of fields) {
    const value = shownValue(call, field, row)
    if (value !== undefined) shown[field.field_name] = value
  }
  return shown
}

function shownValue(call: ReadCall, field: Field, row: Row): unknown {
  if (field.type === fieldType.formula) {
    const value = formulaValue(call, field, row)
    return value === undefined ? undefined : shownFormula(value)
  }
  const cell = cellOf(field, row)
  return cell === undefined ? undefined : searchValue(call, field, cell)
}

/** Like search, but text is plain: what the legacy list and get answer. */
export function legacyFields(call: ReadCall, fields: readonly Field[], row: Row): Record<string, unknown> {
  const shown = searchFields(call, fields, row)
  for (const field of fields) {
    if (field.type === fieldType.text && field.field_name in shown)
      shown[field.field_name] = cellOf(field, row)
  }
  return shown
}

function searchValue(call: ReadCall, field: Field, cell: Cell): unknown {
  switch (field.type) {
    case fieldType.text:
      return [textSegment(field, String(cell))]
    case fieldType.singleSelect:
      return optionNames(call, field, [String(cell)])[0]
    case fieldType.multiSelect:
      return some(optionNames(call, field, cell as string[]))
    // UNVERIFIED: whether an unticked box is left out or answered as false.
    case fieldType.checkbox:
      return cell === true ? true : undefined
    case fieldType.user:
    case fieldType.createdUser:
    case fieldType.modifiedUser:
      return (cell as string[]).map((id) =>
        personCell(personOf(call.world.kernel, call.world.directory, id), call.idType),
      )
    case fieldType.attachment:
      return (cell as string[]).map((token) => fileValue(call, field, token))
    case fieldType.singleLink:
    case fieldType.duplexLink: {
      const ids = liveLinks(call.world, call.base, field, cell as string[])
      return ids.length === 0 ? undefined : { link_record_ids: ids }
    }
    case fieldType.groupChat:
      return (cell as string[]).map((id) => ({
        id,
        ...(call.world.directory.chat?.(id) ?? { name: '', avatar_url: '' }),
      }))
    default:
      return cell
  }
}

export function textSegment(field: Field, text: string): Record<string, string> {
  return field.ui_type === 'Email' ? { type: 'url', text, link: `mailto:${text}` } : { type: 'text', text }
}

/** Names of options that still exist. */
export function optionNames(call: ReadCall, field: Field, ids: readonly string[]): string[] {
  const names = call.names.get(field.field_id) ?? new Map(optionsOf(field).map((o) => [o.id, o.name]))
  call.names.set(field.field_id, names)
  return ids.map((id) => names.get(id)).filter((name) => name !== undefined)
}

/** Links to records that were deleted since no longer show. */
export function liveLinks(world: World, base: Base, field: Field, ids: readonly string[]): string[] {
  const target: Table | undefined = base.tables.find((t) => t.table_id === field.property?.table_id)
  if (!target) return []
  const rows = rowsOf(world, base, target)
  return ids.filter((id) => Object.hasOwn(rows, id))
}

/** Under advanced permissions the addresses carry the `extra` that a download needs there. */
function fileValue(call: ReadCall, field: Field, token: string): Record<string, unknown> {
  const media = call.world.directory.media?.(token)
  const url = `${call.world.kernel.baseUrl()}/open-apis/drive/v1/medias`
  const table = call.base.is_advanced && call.base.tables.find((one) => one.fields.includes(field))
  const extra = table
    ? encodeURIComponent(JSON.stringify({ bitablePerm: { tableId: table.table_id, rev: table.revision } }))
    : undefined
  return {
    file_token: token,
    name: media?.name ?? '',
    size: media?.size ?? 0,
    type: media?.type ?? '',
    url: `${url}/${token}/download${extra ? `?extra=${extra}` : ''}`,
    tmp_url: `${url}/batch_get_tmp_download_url?file_tokens=${token}${extra ? `&extra=${extra}` : ''}`,
  }
}

/** One value for people and tests: names instead of ids, no wrapping. undefined when empty. */
export function plainValue(call: ReadCall, field: Field, row: Row): unknown {
  if (field.type === fieldType.formula) {
    const value = formulaValue(call, field, row)
    return value === undefined ? undefined : plainFormula(value)
  }
  const cell = cellOf(field, row)
  if (cell === undefined) return undefined
  if (field.type === fieldType.text) return cell
  if (field.type === fieldType.location) return (cell as Place).full_address
  const value = searchValue(call, field, cell)
  if (field.type === fieldType.singleLink || field.type === fieldType.duplexLink) {
    return (value as { link_record_ids: string[] } | undefined)?.link_record_ids
  }
  return value
}

function some<T>(items: T[]): T[] | undefined {
  return items.length === 0 ? undefined : items
}
