type CardObject = Record<string, unknown>

/** Something on a card a person can press or fill, with the form around it. */
export interface Pressable {
  tag: string
  name: string | undefined
  elementId: string | undefined
  label: string | undefined
  disabled: boolean
  /** what the callback carries as `value`; undefined: pressing it calls nobody */
  value: unknown
  urls: Record<string, string> | undefined
  isSubmit: boolean
  form: CardObject | undefined
  element: CardObject
}

/** Tags people press or fill. */
const interactive = new Set([
  'button',
  'input',
  'overflow',
  'select_static',
  'multi_select_static',
  'select_person',
  'multi_select_person',
  'date_picker',
  'picker_time',
  'picker_datetime',
  'select_img',
  'checker',
  'interactive_container',
])

/** Data inside a card that is no part of it. */
const opaque = new Set(['behaviors', 'chart_spec', 'rows', 'value'])

/** Every pressable of a card, in reading order. */
export function pressablesOf(card: CardObject): Pressable[] {
  const found: Pressable[] = []
  const visit = (value: unknown, form: CardObject | undefined): void => {
    if (typeof value !== 'object' || value === null) return
    const element = value as CardObject
    if (interactive.has(String(element.tag))) found.push(describe(element, form))
    const around = element.tag === 'form' ? element : form
    for (const [key, item] of Object.entries(element)) {
      if (!opaque.has(key)) visit(item, around)
    }
  }
  visit(card, undefined)
  return found.filter(isLive)
}

/** By the element itself; by name, element id or label; or by a callback value that holds at least what is wanted. */
export function findPressable(
  all: readonly Pressable[],
  wanted: { element?: unknown; name?: unknown; value?: unknown },
): Pressable | undefined {
  if (wanted.element !== undefined) {
    const text = JSON.stringify(wanted.element)
    return all.find(({ element }) => JSON.stringify(element) === text)
  }
  if (wanted.name !== undefined) {
    return all.find((one) => [one.name, one.elementId, one.label].includes(String(wanted.name)))
  }
  return all.find((one) => one.value !== undefined && holds(one.value, wanted.value))
}

/** The input components of a form, by name. */
export function fieldsOf(form: CardObject): Map<string, CardObject> {
  const fields = new Map<string, CardObject>()
  for (const { element, tag, name } of pressablesOf(form)) {
    if (name !== undefined && tag !== 'button' && tag !== 'interactive_container') fields.set(name, element)
  }
  return fields
}

/** Has the form a field without a name? The client does not submit it then (200530). */
export function hasNamelessField(form: unknown): boolean {
  if (typeof form !== 'object' || form === null) return false
  const element = form as CardObject
  const isField = interactive.has(String(element.tag)) && element.tag !== 'interactive_container'
  if (isField && text(element.name) === undefined) return true
  return Object.entries(element).some(
    ([key, item]) => !opaque.has(key) && key !== 'button_area' && hasNamelessField(item),
  )
}

function describe(element: CardObject, form: CardObject | undefined): Pressable {
  const behaviors = (Array.isArray(element.behaviors) ? element.behaviors : []) as CardObject[]
  const callback = behaviors.find((behavior) => behavior.type === 'callback')
  const isSubmit =
    element.form_action_type === 'submit' ||
    element.action_type === 'form_submit' ||
    behaviors.some(({ type, behavior }) => type === 'form_action' && behavior === 'submit')
  return {
    tag: String(element.tag),
    name: text(element.name),
    elementId: text(element.element_id),
    label: text((element.text as CardObject | undefined)?.content),
    disabled: element.disabled === true,
    value: calledWith(element, { callback, isSubmit, hasBehaviors: behaviors.length > 0 }),
    urls: urlsOf(
      element,
      behaviors.find((behavior) => behavior.type === 'open_url'),
    ),
    isSubmit,
    form,
    element,
  }
}

/** A behaviour's value; an old `value`; nothing but a call for a submit button or a choice behind the three dots. */
function calledWith(
  element: CardObject,
  known: { callback: CardObject | undefined; isSubmit: boolean; hasBehaviors: boolean },
): unknown {
  if (known.callback) return known.callback.value
  if (!known.hasBehaviors && element.value !== undefined) return element.value
  return known.isSubmit || element.tag === 'overflow' ? (element.value ?? {}) : undefined
}

function urlsOf(element: CardObject, link: CardObject | undefined): Record<string, string> | undefined {
  if (link) {
    const { type: _type, ...urls } = link as Record<string, string>
    return urls
  }
  const { url, multi_url } = element
  if (typeof multi_url === 'object' && multi_url !== null) return multi_url as Record<string, string>
  return typeof url === 'string' && url !== '' ? { url } : undefined
}

/** Something happens when it is pressed, or a form takes its value. */
function isLive(one: Pressable): boolean {
  const isField = one.form !== undefined && one.name !== undefined
  return one.value !== undefined || one.urls !== undefined || isField
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function holds(value: unknown, wanted: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) return value === wanted
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(wanted).every(([key, item]) => holds((value as CardObject)[key], item))
}
