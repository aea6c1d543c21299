import { factsOf, fieldType, isSelect, propertyErrorOf } from './field-types.ts'
import { refuse } from './refusal.ts'
import { readOptions } from './select-options.ts'
import type { AutoSerial, Base, Field, FieldProperty, World } from './state.ts'

type Given = Record<string, unknown>

export interface PropertyRequest {
  type: number
  uiType: string
  property: unknown
  /** The field as it was, when it is being overwritten: options are matched by id. */
  previous?: Field
}

const decimals = ['0', '0.0', '0.00', '0.000', '0.0000']
const numberFormats = [...decimals, '1,000', '1,000.00', '%', '0.00%', '¥', '¥0.00', '$', '$0.00']
const progressFormats = ['0', '0.0', '0.00', '0%', '0.0%', '0.00%']
const dateFormats = [
  'yyyy/MM/dd',
  'yyyy/MM/dd HH:mm',
  'yyyy-MM-dd',
  'yyyy-MM-dd HH:mm',
  'MM-dd',
  'MM/dd/yyyy',
  'dd/MM/yyyy',
]
const formulaFormats = [...numberFormats, ...dateFormats]
const currencies = new Set(
  'CNY USD EUR GBP AED AUD BRL CAD CHF HKD INR IDR JPY KRW MOP MXN MYR PHP PLN RUB SGD THB TRY TWD VND'.split(
    ' ',
  ),
)
const symbols = ['star', 'heart', 'thumbsup', 'fire', 'smile', 'lightning', 'flower', 'number']
const createdFormats = ['yyyyMMdd', 'yyyyMM', 'yyyy', 'MMdd', 'MM', 'dd']

/**
 * The complete property of a field from what a caller gave, with the platform's defaults; a bad one is refused with
 * the type's own code. Feishu docs: 字段编辑指南.
 */
export function toProperty(world: World, base: Base, request: PropertyRequest): FieldProperty | null {
  const wrong = (why: string): never => refuse(propertyErrorOf(request.type), `property: ${why}`)
  const { property } = request
  const plainText = request.type === fieldType.text && request.uiType !== 'Barcode'
  if (plainText || factsOf(request.type)?.noProperty) {
    return property === undefined || property === null ? null : wrong('this type has none, leave it out')
  }
  if (
    property !== undefined &&
    property !== null &&
    (typeof property !== 'object' || Array.isArray(property))
  ) {
    return wrong('must be an object')
  }
  const given = (property ?? {}) as Given
  if (isSelect(request.type)) return { options: readOptions(world, given.options, request, wrong) }
  if (request.type === fieldType.number) return numberProperty(given, request.uiType, wrong)
  return otherProperty(base, given, request, wrong)
}

type Wrong = (why: string) => never

function otherProperty(
  base: Base,
  given: Given,
  request: PropertyRequest,
  wrong: Wrong,
): FieldProperty | null {
  switch (request.type) {
    case fieldType.text:
      return barcodeProperty(given, wrong)
    case fieldType.dateTime:
      return { date_formatter: dateFormat(given, wrong), auto_fill: flag(given, 'auto_fill', false, wrong) }
    case fieldType.createdTime:
    case fieldType.modifiedTime:
      return { date_formatter: dateFormat(given, wrong) }
    case fieldType.user:
    case fieldType.groupChat:
      return { multiple: flag(given, 'multiple', true, wrong) }
    case fieldType.singleLink:
    case fieldType.duplexLink:
      return linkProperty(base, given, request, wrong)
    case fieldType.formula:
      return formulaProperty(given, wrong)
    case fieldType.location:
      return locationProperty(given, wrong)
    case fieldType.autoNumber:
      return { auto_serial: autoSerial(given.auto_serial, wrong) }
    default:
      return null
  }
}

function numberProperty(given: Given, uiType: string, wrong: Wrong): FieldProperty {
  if (uiType === 'Currency') {
    const formatter = oneOf(given, 'formatter', decimals, wrong)
    if (!currencies.has(String(given.currency_code)))
      wrong('currency_code is not a currency the platform knows')
    return { formatter, currency_code: String(given.currency_code) }
  }
  if (uiType === 'Progress') return progressProperty(given, wrong)
  if (uiType === 'Rating') {
    const formatter = oneOf(given, 'formatter', ['0'], wrong)
    const [min, max] = [given.min, given.max]
    if (min !== 0 && min !== 1) wrong('min must be 0 or 1')
    if (!Number.isInteger(max) || Number(max) < 1 || Number(max) > 10)
      wrong('max must be a whole number 1 to 10')
    const rating = (given.rating ?? {}) as Given
    return {
      formatter,
      min: Number(min),
      max: Number(max),
      rating: { symbol: oneOf(rating, 'symbol', symbols, wrong, 'star') },
    }
  }
  return { formatter: oneOf(given, 'formatter', numberFormats, wrong, '0.0') }
}

function progressProperty(given: Given, wrong: Wrong): FieldProperty {
  const formatter = oneOf(given, 'formatter', progressFormats, wrong)
  if (!flag(given, 'range_customize', false, wrong))
    return { formatter, range_customize: false, min: 0, max: 1 }
  const { min, max } = given
  if (typeof min !== 'number' || typeof max !== 'number' || min >= max) {
    return wrong('range_customize needs numbers min < max')
  }
  return { formatter, range_customize: true, min, max }
}

function barcodeProperty(given: Given, wrong: Wrong): FieldProperty {
  const modes = (given.allowed_edit_modes ?? {}) as Given
  return {
    allowed_edit_modes: {
      manual: flag(modes, 'manual', true, wrong),
      scan: flag(modes, 'scan', true, wrong),
    },
  }
}

function linkProperty(base: Base, given: Given, request: PropertyRequest, wrong: Wrong): FieldProperty {
  const tableId = given.table_id
  if (!base.tables.some((t) => t.table_id === tableId)) wrong('table_id must be a table of this base')
  const link = { multiple: flag(given, 'multiple', true, wrong), table_id: String(tableId) }
  if (request.type === fieldType.singleLink) return link
  const back = given.back_field_name
  if (back !== undefined && (typeof back !== 'string' || back.trim() === ''))
    wrong('back_field_name must be a name')
  const previous = request.previous?.property
  const kept = previous?.table_id === tableId ? previous?.back_field_id : undefined
  return {
    ...link,
    ...(typeof back === 'string' ? { back_field_name: back.trim() } : {}),
    ...(kept ? { back_field_id: kept } : {}),
  }
}

function formulaProperty(given: Given, wrong: Wrong): FieldProperty {
  const expression = given.formula_expression ?? ''
  if (typeof expression !== 'string') return wrong('formula_expression must be text')
  const formatter = given.formatter ?? ''
  if (formatter !== '' && !formulaFormats.includes(String(formatter)))
    wrong(`formatter ${formatter} is unknown`)
  const type = given.type
  return {
    formatter: String(formatter),
    formula_expression: expression,
    ...(typeof type === 'object' && type !== null ? { type: type as Given } : {}),
  }
}

function locationProperty(given: Given, wrong: Wrong): FieldProperty {
  const location = (given.location ?? {}) as Given
  return {
    location: { input_type: oneOf(location, 'input_type', ['only_mobile', 'not_limit'], wrong, 'not_limit') },
  }
}

function autoSerial(given: unknown, wrong: Wrong): AutoSerial {
  if (given === undefined || given === null) return { type: 'auto_increment_number' }
  const { type, options } = given as Given
  if (type === 'auto_increment_number') return { type }
  if (type !== 'custom' || !Array.isArray(options) || options.length === 0) {
    return wrong('auto_serial needs type custom with options, or auto_increment_number')
  }
  return { type, options: options.map((option) => serialPart(option as Given, wrong)) }
}

function serialPart(part: Given, wrong: Wrong): { type: string; value: string } {
  const value = String(part.value ?? '')
  const fine =
    (part.type === 'system_number' && /^[1-9]$/.test(value)) ||
    (part.type === 'fixed_text' && value.length > 0 && value.length <= 20) ||
    (part.type === 'created_time' && createdFormats.includes(value))
  if (!fine) wrong(`auto_serial option ${JSON.stringify(part)} is not allowed`)
  return { type: String(part.type), value }
}

function dateFormat(given: Given, wrong: Wrong): string {
  return oneOf(given, 'date_formatter', dateFormats, wrong, 'yyyy/MM/dd')
}

function oneOf(
  given: Given,
  name: string,
  allowed: readonly string[],
  wrong: Wrong,
  otherwise?: string,
): string {
  const value = given[name] ?? otherwise
  if (typeof value !== 'string' || !allowed.includes(value))
    return wrong(`${name} must be one of ${allowed.join(' ')}`)
  return value
}

function flag(given: Given, name: string, otherwise: boolean, wrong: Wrong): boolean {
  const value = given[name] ?? otherwise
  return typeof value === 'boolean' ? value : wrong(`${name} must be true or false`)
}

/** The property as answers show it: links also tell the other table's name. */
export function shownProperty(base: Base, field: Field): Record<string, unknown> | null {
  if (field.property === null) return null
  const tableName = base.tables.find((t) => t.table_id === field.property?.table_id)?.name
  return { ...field.property, ...(tableName === undefined ? {} : { table_name: tableName }) }
}
