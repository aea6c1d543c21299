import { listUsers } from '../../contact/people.ts'
import { listChats } from '../../im/chats.ts'
import { startRead } from '../cell-read.ts'
import { fieldType, isLink } from '../field-types.ts'
import { tableVisibleTo } from '../roles.ts'
import { type Base, type Field, rowsOf, type World } from '../state.ts'
import type { WebRef } from './base-shapes.ts'
import type { WebChoices } from './forms-shapes.ts'
import { rowTitle } from './web-cell.ts'

const most = 50

/** People, groups or records a question may be answered with, as far as this person sees them. */
export function choicesFor(
  world: World,
  { base, field, openId }: { base: Base; field: Field; openId: string },
  search: string,
): WebChoices {
  const wanted = search.trim().toLowerCase()
  const matching = candidates(world, { base, field, openId }).filter(
    ({ name }) => wanted === '' || name.toLowerCase().includes(wanted),
  )
  return { items: matching.slice(0, most) }
}

function candidates(
  world: World,
  { base, field, openId }: { base: Base; field: Field; openId: string },
): WebRef[] {
  if (field.type === fieldType.user)
    return listUsers(world.kernel)
      .filter((person) => !person.resigned)
      .map(({ open_id, name }) => ({ id: open_id, name }))
  if (field.type === fieldType.groupChat)
    return listChats(world.kernel)
      .filter((chat) => chat.members.includes(openId))
      .map(({ chat_id, name }) => ({ id: chat_id, name }))
  if (isLink(field.type)) return records(world, { base, field, openId })
  return []
}

function records(
  world: World,
  { base, field, openId }: { base: Base; field: Field; openId: string },
): WebRef[] {
  const table = base.tables.find((one) => one.table_id === field.property?.table_id)
  const sight = table && tableVisibleTo(world, { base, table }, openId)
  if (!table || !sight) return []
  const read = startRead(world, base, 'open_id')
  return Object.values(rowsOf(world, base, table))
    .filter(sight.seesRow)
    .map((row) => ({ id: row.record_id, name: rowTitle(read, table, row) }))
}
