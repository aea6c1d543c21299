import { type CardObject, numberOf, objectsOf, textOf, textsOf } from '../json.ts'

export type FieldValue = string | readonly string[] | boolean | undefined

/** People of the sandbox live in this zone; the platform sends it with every date. */
export const zone = '+0800'

/** What a field holds before anybody touched it. */
export function initialOf(field: CardObject): FieldValue {
  switch (field.tag) {
    case 'input':
      return textOf(field.default_value) ?? ''
    case 'select_static':
    case 'select_person':
      return textOf(field.initial_option) ?? optionAt(field)
    case 'multi_select_static':
    case 'multi_select_person':
      return textsOf(field.selected_values ?? field.initial_options)
    case 'date_picker':
      return textOf(field.initial_date)
    case 'picker_time':
      return textOf(field.initial_time)
    case 'picker_datetime':
      return textOf(field.initial_datetime)
    case 'checker':
      return field.checked === true
    case 'select_img':
      return field.multi_select === true ? [] : undefined
    default:
      return undefined
  }
}

/** `initial_index` counts from one. */
function optionAt(field: CardObject): string | undefined {
  const index = numberOf(field.initial_index)
  return index === undefined ? undefined : textOf(objectsOf(field.options)[index - 1]?.value)
}

/** The value as the app gets it: dates with the zone. Feishu docs: 卡片回传交互回调, form_value. */
export function sentValue(field: CardObject, value: FieldValue): unknown {
  const isDate = ['date_picker', 'picker_time', 'picker_datetime'].includes(String(field.tag))
  return isDate && typeof value === 'string' && value !== '' ? `${value} ${zone}` : value
}

export function isEmpty(value: FieldValue): boolean {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
}

const fieldTags = new Set([
  'input',
  'select_static',
  'multi_select_static',
  'select_person',
  'multi_select_person',
  'date_picker',
  'picker_time',
  'picker_datetime',
  'select_img',
  'checker',
])

/** The fields inside a form, wherever they stand. */
export function fieldsIn(container: unknown): CardObject[] {
  if (Array.isArray(container)) return container.flatMap(fieldsIn)
  if (typeof container !== 'object' || container === null) return []
  const element = container as CardObject
  const own = fieldTags.has(String(element.tag)) && textOf(element.name) ? [element] : []
  return [...own, ...fieldsIn(element.elements), ...fieldsIn(element.columns)]
}
