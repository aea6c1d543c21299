type CardObject = Record<string, unknown>

/** Something on a card a person can press or fill, with the form around it. */
export interface Pressable {
  tag: string
  name: string | undefined
  elementId: string | undefined
  label: string | undefined
  disabled: boolean
  /** value of its callback behaviour; undefined when it has none */
  value: unknown
  urls: Record<string, string> | undefined
  isSubmit: boolean
  form: CardObject | undefined
}

/** Every pressable of a card, in reading order. */
export function pressablesOf(card: CardObject): Pressable[] {
  const found: Pressable[] = []
  const visit = (value: unknown, form: CardObject | undefined): void => {
    if (typeof value !== 'object' || value === null) return
    const element = value as CardObject
    const isPressable = Array.isArray(element.behaviors) || element.form_action_type !== undefined
    if (isPressable && typeof element.tag === 'string') found.push(describe(element, form))
    const around = element.tag === 'form' ? element : form
    for (const [key, item] of Object.entries(element)) {
      if (key !== 'behaviors') visit(item, around)
    }
  }
  visit(card, undefined)
  return found
}

/** By name, element id or label; or by a callback value that holds at least what is wanted. */
export function findPressable(
  all: readonly Pressable[],
  wanted: { name?: unknown; value?: unknown },
): Pressable | undefined {
  if (wanted.name !== undefined) {
    return all.find((one) => [one.name, one.elementId, one.label].includes(String(wanted.name)))
  }
  return all.find((one) => one.value !== undefined && holds(one.value, wanted.value))
}

/** The input components of a form, by name. */
export function fieldsOf(form: CardObject): Map<string, { required: boolean }> {
  const fields = new Map<string, { required: boolean }>()
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    const element = value as CardObject
    if (typeof element.name === 'string' && element.tag !== 'form' && element.tag !== 'button') {
      fields.set(element.name, { required: element.required === true })
    }
    for (const item of Object.values(element)) visit(item)
  }
  visit(form)
  return fields
}

function describe(element: CardObject, form: CardObject | undefined): Pressable {
  const behaviors = (Array.isArray(element.behaviors) ? element.behaviors : []) as CardObject[]
  const callback = behaviors.find((behavior) => behavior.type === 'callback')
  const link = behaviors.find((behavior) => behavior.type === 'open_url')
  const { type: _type, ...urls } = (link ?? {}) as Record<string, string>
  const isSubmit = element.form_action_type === 'submit'
  return {
    tag: String(element.tag),
    name: text(element.name),
    elementId: text(element.element_id),
    label: text((element.text as CardObject | undefined)?.content),
    disabled: element.disabled === true,
    value: callback?.value ?? (isSubmit ? {} : undefined),
    urls: link ? urls : undefined,
    isSubmit,
    form,
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function holds(value: unknown, wanted: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) return value === wanted
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(wanted).every(([key, item]) => holds((value as CardObject)[key], item))
}
