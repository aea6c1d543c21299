import { driveState } from '../drive/files.ts'
import { liveLinks, textSegment } from './cell-read.ts'
import { personOf } from './directory.ts'
import { shownProperty } from './field-property.ts'
import { fieldType, isLink } from './field-types.ts'
import type { Base, Cell, Cells, Field, Spot, World } from './state.ts'

export interface RowChange {
  record_id: string
  action: 'record_added' | 'record_edited' | 'record_deleted'
  before: Cells
  after: Cells
}

export interface FieldChange {
  action: 'field_added' | 'field_edited' | 'field_deleted'
  before?: ShownField
  after?: ShownField
}

export interface ShownField {
  id: string
  name: string
  type: number
  description: string
  property: Record<string, unknown>
}

export interface RowNews {
  spot: Spot
  changes: readonly RowChange[]
  /** open_id */
  by: string
}

const listeners = new WeakMap<World, (news: RowNews) => void>()

/** Tells one listener of every change of rows, subscribed base or not. */
export function onRows(world: World, listener: (news: RowNews) => void): void {
  listeners.set(world, listener)
}

/** UNVERIFIED: how many rows the platform puts into one event; a few keep the body small. */
const rowsPerEvent = 50

function isSubscribed(world: World, appToken: string): boolean {
  return driveState(world.kernel).subscriptions[appToken] === true
}

/** Sends `drive.file.bitable_record_changed_v1` for a subscribed base, whoever changed the rows. Feishu docs: 多维表格记录变更. */
export function announceRows(world: World, spot: Spot, changes: RowChange[], by: string): void {
  if (changes.length > 0) listeners.get(world)?.({ spot, changes, by })
  if (changes.length === 0 || !isSubscribed(world, spot.base.app_token)) return
  for (let start = 0; start < changes.length; start += rowsPerEvent) {
    const actions = changes.slice(start, start + rowsPerEvent).map((change) => ({
      record_id: change.record_id,
      action: change.action,
      before_value: eventCells(world, spot, change.before),
      after_value: eventCells(world, spot, change.after, Object.keys(change.before)),
    }))
    emit(world, spot, by, { type: 'drive.file.bitable_record_changed_v1', actions })
  }
}

/** Sends `drive.file.bitable_field_changed_v1` for a subscribed base. Feishu docs: 多维表格字段变更. */
export function announceField(world: World, spot: Spot, change: FieldChange, by: string): void {
  if (!isSubscribed(world, spot.base.app_token)) return
  const action = {
    action: change.action,
    field_id: (change.after ?? change.before)?.id,
    ...(change.before ? { before_value: change.before } : {}),
    ...(change.after ? { after_value: change.after } : {}),
  }
  emit(world, spot, by, { type: 'drive.file.bitable_field_changed_v1', actions: [action] })
}

export function eventField(base: Base, field: Field): ShownField {
  return {
    id: field.field_id,
    name: field.field_name,
    type: field.type,
    description: field.description?.text ?? '',
    property: structuredClone(shownProperty(base, field) ?? {}),
  }
}

function emit(world: World, spot: Spot, by: string, event: { type: string; actions: object[] }): void {
  const { kernel } = world
  kernel.events.emit({
    schema: '2.0',
    type: event.type,
    event: {
      file_type: 'bitable',
      file_token: spot.base.app_token,
      table_id: spot.table.table_id,
      revision: spot.table.revision,
      operator_id: userIds(world, by),
      action_list: event.actions,
      subscriber_id_list: [userIds(world, kernel.identity().botOpenId)],
      update_time: Math.floor(kernel.clock.now() / 1000),
    },
  })
}

function userIds(world: World, openId: string): Record<string, string> {
  const { union_id, user_id, open_id } = personOf(world.kernel, world.directory, openId)
  return { union_id, user_id, open_id }
}

/** Values by field_id; `emptied` names fields that had a value before and have none now. */
function eventCells(world: World, spot: Spot, cells: Cells, emptied: string[] = []): object[] {
  return spot.table.fields
    .filter((field) => field.field_id in cells || emptied.includes(field.field_id))
    .map((field) => {
      const cell = cells[field.field_id]
      const users = field.type === fieldType.user && Array.isArray(cell) ? eventUsers(world, cell) : undefined
      return {
        field_id: field.field_id,
        field_value: cell === undefined || users ? '' : encode(world, spot.base, field, cell),
        ...(users ? { field_identity_value: { users } } : {}),
      }
    })
}

function eventUsers(world: World, openIds: string[]): object[] {
  return openIds.map((openId) => {
    const { name, en_name, avatar_url } = personOf(world.kernel, world.directory, openId)
    return { user_id: userIds(world, openId), name, en_name, avatar_url }
  })
}

/**
 * The text of `field_value`: JSON, except that one option is its bare id.
 * UNVERIFIED beyond text, number and single select.
 */
function encode(world: World, base: Base, field: Field, cell: Cell): string {
  if (field.type === fieldType.text) return JSON.stringify([textSegment(field, String(cell))])
  if (field.type === fieldType.singleSelect || field.type === fieldType.phone) return String(cell)
  if (isLink(field.type)) {
    return JSON.stringify({ link_record_ids: liveLinks(world, base, field, Array.isArray(cell) ? cell : []) })
  }
  if (field.type === fieldType.attachment || field.type === fieldType.groupChat) {
    const key = field.type === fieldType.attachment ? 'file_token' : 'id'
    return JSON.stringify((Array.isArray(cell) ? cell : []).map((id) => ({ [key]: id })))
  }
  return JSON.stringify(cell)
}
