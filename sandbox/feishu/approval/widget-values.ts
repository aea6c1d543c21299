/** What a value of each widget type must look like when an instance is created, and how reading it back shows it. */
import type { Kernel } from '../../kernel/types.ts'
import { findDepartment } from '../contact/departments.ts'
import { findPerson } from '../contact/people.ts'
import { addressInWords } from './districts.ts'
import { fileByCode } from './files.ts'
import { instanceIndex, type Option, type Widget } from './state.ts'

export interface Given {
  value: unknown
  [other: string]: unknown
}

/** A reason when the value does not fit, undefined when it does. */
type Check = (given: Given, widget: Widget, kernel: Kernel) => string | undefined

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/

/** Absent types (text, mutableGroup, account, serialNumber, tripGroup …) cannot be set through the API. */
export const checks: Readonly<Record<string, Check>> = {
  input: isText,
  textarea: isText,
  number: ({ value }) =>
    isNumber(value) || isNumber(Number(value || Number.NaN)) ? undefined : 'a number is expected',
  amount: checkAmount,
  date: ({ value }) => checkDate(value),
  dateInterval: checkInterval,
  radio: checkRadio,
  radioV2: checkRadio,
  checkbox: checkCheckbox,
  checkboxV2: checkCheckbox,
  contact: checkContact,
  department: ({ value }, _widget, kernel) =>
    eachHas(value, 'open_id') ??
    ((value as { open_id: string }[]).every((one) =>
      findDepartment(kernel, one.open_id, 'open_department_id'),
    )
      ? undefined
      : 'unknown department'),
  connect: ({ value }, _widget, kernel) =>
    isTexts(value) && value.every((code) => instanceIndex(kernel).byCode.has(code))
      ? undefined
      : 'unknown instance code',
  document: ({ value }) =>
    hasText(value, 'token') && hasText(value, 'type') ? undefined : 'token and type are expected',
  attachmentV2: checkFiles,
  image: checkFiles,
  imageV2: checkFiles,
  telephone: ({ value }) =>
    hasText(value, 'countryCode') && hasText(value, 'nationalNumber')
      ? undefined
      : 'countryCode and nationalNumber are expected',
  address: ({ value }) => eachHas(value, 'id'),
}

/** Codes of uploaded files, images where images belong. */
function checkFiles({ value }: Given, widget: Widget, kernel: Kernel): string | undefined {
  if (!isTexts(value)) return 'file codes are expected'
  const type = widget.type === 'attachmentV2' ? 'attachment' : 'image'
  return value.every((code) => fileByCode(kernel, code)?.type === type)
    ? undefined
    : `codes of uploaded files of type ${type} are expected`
}

function isText({ value }: Given): string | undefined {
  return typeof value === 'string' && value !== '' ? undefined : 'a text is expected'
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value)
}

function checkAmount({ value, currency }: Given, widget: Widget): string | undefined {
  if (!isNumber(value)) return 'a number is expected'
  const range = widget.option && !Array.isArray(widget.option) ? widget.option.currencyRange : ['CNY']
  return range.includes(String(currency)) ? undefined : `currency must be one of ${range.join(', ')}`
}

function checkDate(value: unknown): string | undefined {
  const fits = typeof value === 'string' && rfc3339.test(value) && !Number.isNaN(Date.parse(value))
  return fits ? undefined : 'an RFC3339 date is expected'
}

function checkInterval({ value }: Given): string | undefined {
  const interval = (value ?? {}) as Record<string, unknown>
  return (
    checkDate(interval.start) ??
    checkDate(interval.end) ??
    (isNumber(interval.interval) ? undefined : 'interval (days) is expected')
  )
}

function optionsOf(widget: Widget): Option[] {
  return Array.isArray(widget.option) ? widget.option : []
}

/** The option's key; its text is refused. */
function checkRadio({ value }: Given, widget: Widget): string | undefined {
  return optionsOf(widget).some((option) => option.value === value) ? undefined : 'not a key of the options'
}

function checkCheckbox({ value }: Given, widget: Widget): string | undefined {
  const keys = new Set(optionsOf(widget).map((option) => option.value))
  return isTexts(value) && value.every((key) => keys.has(key)) ? undefined : 'not keys of the options'
}

function checkContact({ value, open_ids }: Given, _widget: Widget, kernel: Kernel): string | undefined {
  const userIds = Array.isArray(value) ? value : []
  const openIds = Array.isArray(open_ids) ? open_ids : []
  if (userIds.length + openIds.length === 0) return 'user ids are expected'
  const known =
    userIds.every((id) => findPerson(kernel, String(id), 'user_id')) &&
    openIds.every((id) => findPerson(kernel, String(id), 'open_id'))
  return known ? undefined : 'unknown user'
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string')
}

function hasText(value: unknown, key: string): boolean {
  return (
    value !== null && typeof value === 'object' && typeof (value as Record<string, unknown>)[key] === 'string'
  )
}

function eachHas(value: unknown, key: string): string | undefined {
  return Array.isArray(value) && value.length > 0 && value.every((item) => hasText(item, key))
    ? undefined
    : `a list with ${key} is expected`
}

/** Reading back turns option keys into their texts and renames the parts of a telephone. */
export function readBack(value: unknown, widget: Widget): unknown {
  const textOf = (key: unknown) => optionsOf(widget).find((option) => option.value === key)?.text ?? key
  if (widget.type.startsWith('radio')) return textOf(value)
  if (widget.type.startsWith('checkbox')) return (value as unknown[]).map(textOf)
  if (widget.type === 'telephone') {
    const phone = value as Record<string, unknown>
    return { country_code: phone.countryCode, national_number: phone.nationalNumber }
  }
  if (widget.type === 'address')
    return [
      '中国',
      ...(value as { id: string; detailAddress?: string }[]).slice(0, 1).map(addressInWords),
    ].join('/')
  return value
}
