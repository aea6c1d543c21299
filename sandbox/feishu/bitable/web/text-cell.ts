import { listUsers } from '../../contact/people.ts'
import { listChats } from '../../im/chats.ts'
import { type ReadCall, startRead } from '../cell-read.ts'
import { fieldType, isReadOnly } from '../field-types.ts'
import { type Field, rowsOf, type Spot, type World } from '../state.ts'
import { isTimeZone, zonedInstant } from '../zoned-day.ts'
import { rowTitle } from './web-cell.ts'

/** What pasted or imported text means in a field: a value of the open API, or that it does not fit. */
export type TextValue = { fits: true; value: unknown } | { fits: false }

const nothing: TextValue = { fits: true, value: null }
const misfit: TextValue = { fits: false }
const ticked = new Set(['true', '1', '是', '√', '✓', '✔', '已勾选', 'yes', 'x'])
const unticked = new Set(['false', '0', '否', '未勾选', 'no'])

/** Reads texts for the fields of one table; names of linked records are looked up once. */
export function textReader(world: World, spot: Spot): (field: Field, text: string) => TextValue {
  const read = startRead(world, spot.base, 'open_id')
  const titles = new Map<string, Map<string, string>>()
  return (field, given) => {
    const text = given.trim()
    if (isReadOnly(field.type) || field.type === fieldType.attachment) return misfit
    if (text === '') return nothing
    switch (field.type) {
      case fieldType.number:
        return numberValue(text, field)
      case fieldType.multiSelect:
        return fits(parts(text))
      case fieldType.dateTime:
        return dateValue(text, spot.base.time_zone)
      case fieldType.checkbox:
        return checkValue(text)
      case fieldType.user:
        return refs(text, (name) => listUsers(world.kernel).find((one) => one.name === name)?.open_id)
      case fieldType.groupChat:
        return refs(text, (name) => listChats(world.kernel).find((one) => one.name === name)?.chat_id)
      case fieldType.url:
        return fits({ text, link: text })
      case fieldType.singleLink:
      case fieldType.duplexLink:
        return linkValue(text, titlesOf(read, field, titles))
      default:
        return fits(text)
    }
  }
}

function fits(value: unknown): TextValue {
  return { fits: true, value }
}

function parts(text: string): string[] {
  return [...new Set(text.split(/[,，、\n]/).map((part) => part.trim()))].filter((part) => part !== '')
}

function numberValue(text: string, field: Field): TextValue {
  const plain = text.replace(/[,，\s¥￥$€£]/g, '')
  const percent = plain.endsWith('%')
  const number = Number(percent ? plain.slice(0, -1) : plain)
  if (plain === '' || !Number.isFinite(number)) return misfit
  const stars = field.ui_type === 'Rating' ? Math.min(number, field.property?.max ?? 5) : number
  return fits(percent ? number / 100 : stars)
}

function checkValue(text: string): TextValue {
  const word = text.toLowerCase()
  if (ticked.has(word)) return fits(true)
  return unticked.has(word) ? nothing : misfit
}

/** `2026-03-01`, `2026/3/1 09:30`, `2026年3月1日`, or ms, in the base's time zone. */
function dateValue(text: string, zone: string): TextValue {
  if (/^\d{12,14}$/.test(text)) return fits(Number(text))
  const match = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s]+(\d{1,2}):(\d{2})(?::\d{2})?)?$/.exec(
    text,
  )
  if (!match || !isTimeZone(zone)) return misfit
  const [, year, month, day, hour = '0', minute = '0'] = match
  const [m, d, h, min] = [Number(month), Number(day), Number(hour), Number(minute)]
  if (m < 1 || m > 12 || d < 1 || d > 31 || h > 23 || min > 59) return misfit
  return fits(zonedInstant({ year: Number(year), month: m, day: d, hour: h, minute: min }, zone))
}

function refs(text: string, idOf: (name: string) => string | undefined): TextValue {
  const ids = parts(text).map((name) => idOf(name.replace(/^@/, '')))
  const known = ids.filter((id) => id !== undefined)
  return known.length === ids.length ? fits(known.map((id) => ({ id }))) : misfit
}

function linkValue(text: string, titles: Map<string, string>): TextValue {
  const whole = titles.get(text)
  if (whole) return fits([whole])
  const ids = parts(text).map((title) => titles.get(title))
  const known = ids.filter((id) => id !== undefined)
  return known.length === ids.length ? fits(known) : misfit
}

function titlesOf(
  read: ReadCall,
  field: Field,
  known: Map<string, Map<string, string>>,
): Map<string, string> {
  const target = read.base.tables.find((table) => table.table_id === field.property?.table_id)
  if (!target) return new Map()
  const titles =
    known.get(target.table_id) ??
    new Map(
      Object.values(rowsOf(read.world, read.base, target)).map((row) => [
        rowTitle(read, target, row),
        row.record_id,
      ]),
    )
  known.set(target.table_id, titles)
  return titles
}
