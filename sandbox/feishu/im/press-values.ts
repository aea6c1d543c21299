import { ApiFailure, type Kernel } from '../../kernel/types.ts'
import { findPerson } from '../contact/people.ts'
import { fieldsOf, type Pressable } from './buttons.ts'

type CardObject = Record<string, unknown>

/** What a person filled in or chose, as the client sends it along with a press. */
export interface PressValues {
  form_value?: Record<string, unknown>
  input_value?: string
  option?: string
  options?: string[]
  checked?: boolean
}

const keys = ['form_value', 'input_value', 'option', 'options', 'checked'] as const

/** Which of them goes with which component. Feishu docs: 卡片回传交互回调, action. */
const keyOf: Readonly<Record<string, (typeof keys)[number]>> = {
  input: 'input_value',
  overflow: 'option',
  select_static: 'option',
  select_person: 'option',
  date_picker: 'option',
  picker_time: 'option',
  picker_datetime: 'option',
  // UNVERIFIED: the docs name no key for pictures; a single choice comes as `option` everywhere else.
  select_img: 'option',
  multi_select_static: 'options',
  multi_select_person: 'options',
  checker: 'checked',
}

const pickers: Readonly<Record<string, RegExp>> = {
  date_picker: /^\d{4}-\d{2}-\d{2} [+-]\d{4}$/,
  picker_time: /^\d{2}:\d{2} [+-]\d{4}$/,
  picker_datetime: /^\d{4}-\d{2}-\d{2} \d{2}:\d{2} [+-]\d{4}$/,
}

/**
 * The values a press carries, if a client could have sent them: only the key of the component, only options it offers,
 * dates with their zone, every required field of a form. Throws ApiFailure 400.
 */
export function pressValues(kernel: Kernel, pressable: Pressable, wanted: PressValues): PressValues {
  const key = pressable.isSubmit && pressable.form ? 'form_value' : keyOf[pressable.tag]
  const stray = keys.find((one) => wanted[one] !== undefined && one !== key)
  if (stray !== undefined && stray !== 'form_value')
    throw new ApiFailure(400, `a ${pressable.tag} does not send ${stray}`)
  if (key === undefined || key === 'form_value') return formValue(kernel, pressable, wanted.form_value)
  refuseFields(wanted.form_value)
  // A bare press of a field (tests, the plain page) sends no choice; a client always does.
  if (wanted[key] === undefined) return {}
  const complaint = complaintAbout(kernel, pressable.element, wanted[key])
  if (complaint !== undefined) throw new ApiFailure(400, complaint)
  return { [key]: wanted[key] }
}

/** The client's zone goes along when a date or time was chosen. */
export function sendsZone(pressable: Pressable): boolean {
  if (pressable.tag in pickers) return true
  if (!pressable.isSubmit || !pressable.form) return false
  return [...fieldsOf(pressable.form).values()].some((field) => String(field.tag) in pickers)
}

function formValue(
  kernel: Kernel,
  pressable: Pressable,
  filled: Record<string, unknown> = {},
): Pick<PressValues, 'form_value'> {
  if (!pressable.isSubmit || !pressable.form) {
    refuseFields(filled)
    return {}
  }
  const fields = fieldsOf(pressable.form)
  const unknown = Object.keys(filled).find((name) => !fields.has(name))
  if (unknown !== undefined) throw new ApiFailure(400, `the form has no field "${unknown}"`)
  for (const [name, field] of fields) {
    const value = filled[name]
    if (field.required === true && isEmpty(value))
      throw new ApiFailure(400, `the field "${name}" is required; the client does not submit`)
    const complaint = isEmpty(value) ? undefined : complaintAbout(kernel, field, value)
    if (complaint !== undefined) throw new ApiFailure(400, `the field "${name}": ${complaint}`)
  }
  return { form_value: filled }
}

function refuseFields(filled: Record<string, unknown> = {}): void {
  const [name] = Object.keys(filled)
  if (name !== undefined) throw new ApiFailure(400, `the form has no field "${name}"`)
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

/** Why a client could not have sent this value for this component. */
function complaintAbout(kernel: Kernel, element: CardObject, value: unknown): string | undefined {
  const tag = String(element.tag)
  const many = tag.startsWith('multi_') || element.multi_select === true
  if (tag === 'checker') return typeof value === 'boolean' ? undefined : 'true or false is needed'
  const values = many ? value : [value]
  if (!Array.isArray(values) || !values.every((one) => typeof one === 'string'))
    return many ? 'a list of texts is needed' : 'a text is needed'
  const shape = pickers[tag]
  if (shape) return shape.test(String(value)) ? undefined : 'a date or time with its zone is needed'
  if (tag === 'input') return tooLong(element, String(value))
  const wrong = values.find((one) => !isOffered(kernel, element, one))
  return wrong === undefined ? undefined : `"${wrong}" is not offered`
}

function tooLong(element: CardObject, value: string): string | undefined {
  const most = Number(element.max_length ?? 1000)
  return [...value].length > most ? `at most ${most} characters` : undefined
}

function isOffered(kernel: Kernel, element: CardObject, value: string): boolean {
  const options = (Array.isArray(element.options) ? element.options : []) as CardObject[]
  if (options.length === 0 && String(element.tag).endsWith('_person'))
    return findPerson(kernel, value, 'open_id') !== undefined
  return options.some((option) => option.value === value && option.disabled !== true)
}
