import type { WebField } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { isDate, isLink, isPeople, isSelect, types } from '../cells/types.ts'

export type Operator =
  | 'is'
  | 'isNot'
  | 'contains'
  | 'doesNotContain'
  | 'isEmpty'
  | 'isNotEmpty'
  | 'isGreater'
  | 'isGreaterEqual'
  | 'isLess'
  | 'isLessEqual'

const empties: readonly Operator[] = ['isEmpty', 'isNotEmpty']

/** The operators the platform knows for a field; [] when it cannot be filtered. */
export function operatorsFor(field: WebField): readonly Operator[] {
  const { type } = field
  if (([types.formula, types.lookup, types.stage, types.button] as number[]).includes(type)) return []
  if (type === types.checkbox) return ['is']
  if (type === types.attachment) return empties
  if (isDate(type)) return ['is', 'isLess', 'isGreater', ...empties]
  if (type === types.number)
    return ['is', 'isNot', 'isGreater', 'isGreaterEqual', 'isLess', 'isLessEqual', ...empties]
  return ['is', 'isNot', 'contains', 'doesNotContain', ...empties]
}

export function operatorName(
  operator: string,
  field: WebField,
  t: (zh: string, en: string) => string,
): string {
  const date = isDate(field.type)
  const names: Record<Operator, string> = {
    is: field.type === types.number ? '=' : t('等于', 'is'),
    isNot: field.type === types.number ? '≠' : t('不等于', 'is not'),
    contains: t('包含', 'contains'),
    doesNotContain: t('不包含', 'does not contain'),
    isEmpty: t('为空', 'is empty'),
    isNotEmpty: t('不为空', 'is not empty'),
    isGreater: date ? t('晚于', 'is after') : '>',
    isGreaterEqual: '≥',
    isLess: date ? t('早于', 'is before') : '<',
    isLessEqual: '≤',
  }
  return names[operator as Operator] ?? operator
}

/** Kind of input a condition's value needs. */
export function valueKind(
  field: WebField,
  operator: string,
): 'none' | 'text' | 'number' | 'date' | 'options' | 'people' | 'groups' | 'records' | 'check' {
  if (field.type === types.checkbox) return 'check'
  if (operator === 'isEmpty' || operator === 'isNotEmpty') return 'none'
  if (isDate(field.type)) return 'date'
  if (field.type === types.number) return 'number'
  if (isSelect(field.type)) return 'options'
  if (isPeople(field.type)) return 'people'
  if (field.type === types.groupChat) return 'groups'
  if (isLink(field.type)) return 'records'
  return 'text'
}

export const dateWords: readonly (readonly [string, string, string])[] = [
  ['Today', '今天', 'today'],
  ['Tomorrow', '明天', 'tomorrow'],
  ['Yesterday', '昨天', 'yesterday'],
  ['CurrentWeek', '本周', 'this week'],
  ['LastWeek', '上周', 'last week'],
  ['CurrentMonth', '本月', 'this month'],
  ['LastMonth', '上月', 'last month'],
  ['TheLastWeek', '过去 7 天内', 'the past 7 days'],
  ['TheNextWeek', '未来 7 天内', 'the next 7 days'],
  ['TheLastMonth', '过去 30 天内', 'the past 30 days'],
  ['TheNextMonth', '未来 30 天内', 'the next 30 days'],
]

/** Words that mean one day: the only ones that go with before and after. */
export const oneDayWords = ['Today', 'Tomorrow', 'Yesterday']

/** A condition the server can be asked for: its value is there. */
export function isComplete(field: WebField, operator: string, values: readonly string[]): boolean {
  const kind = valueKind(field, operator)
  if (kind === 'none') return true
  if (kind === 'date') return values[0] === 'ExactDate' ? /^\d+$/.test(values[1] ?? '') : values.length === 1
  if (kind === 'number')
    return values.length === 1 && values[0]?.trim() !== '' && Number.isFinite(Number(values[0]))
  return values.length > 0 && values.every((value) => value !== '')
}
