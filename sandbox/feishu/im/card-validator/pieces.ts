import { CardProblem, malformed } from './problem.ts'

export type CardObject = Record<string, unknown>
export type Path = readonly string[]

/** What the validator asks the world. */
export interface Known {
  image(key: string): boolean
  person(id: string): boolean
}

export function isObject(value: unknown): value is CardObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function objectAt(value: unknown, path: Path, name: string): CardObject {
  if (!isObject(value)) throw malformed(path, `${name} must be an object`)
  return value
}

export function arrayAt(value: unknown, path: Path, name: string): unknown[] {
  if (!Array.isArray(value)) throw malformed(path, `${name} must be an array`)
  return value
}

/** Refuses what schema 2.0 does not know. */
export function onlyProperties(value: CardObject, allowed: readonly string[], path: Path): void {
  const unknown = Object.keys(value).find((key) => !allowed.includes(key))
  if (unknown !== undefined) throw malformed(path, `unknown property: ${unknown}`)
}

const textProperties = [
  'tag',
  'element_id',
  'content',
  'i18n_content',
  'text_size',
  'text_align',
  'text_color',
  'lines',
  'margin',
]

/** A text object: `{tag, content}` with one of the allowed tags. */
export function checkText(
  value: unknown,
  tags: readonly string[],
  where: { path: Path; name: string; known: Known },
): void {
  const text = objectAt(value, where.path, where.name)
  onlyProperties(text, [...textProperties, 'icon'], [...where.path, where.name])
  if (!tags.includes(String(text.tag))) {
    throw malformed(
      [...where.path, where.name],
      `${where.name}.tag must be ${tags.join(' or ')}, got ${String(text.tag)}`,
    )
  }
  if (typeof text.content !== 'string')
    throw malformed([...where.path, where.name], `${where.name}.content must be a string`)
  if (text.tag !== 'plain_text') checkMentions(text.content, where.known)
}

/** `<at id=ou_…>` and `<person id=…>` must name people of the tenant. */
export function checkMentions(content: string, known: Known): void {
  for (const match of content.matchAll(/<(?:at|person)\s+id=["']?([^\s"'>/]+)/g)) {
    const id = match[1] ?? ''
    if (id !== 'all' && !known.person(id)) throw unknownPerson(id)
  }
}

export function unknownPerson(id: string): CardProblem {
  return new CardProblem(100290, 'There is an invalid user resource(at/person) in your card', { value: id })
}

export function checkImage(key: unknown, known: Known): void {
  if (typeof key !== 'string' || !known.image(key)) {
    throw new CardProblem(200570, 'card contains invalid image keys', { value: `image key ${String(key)}` })
  }
}

export function checkIcon(value: unknown, path: Path, known: Known): void {
  const icon = objectAt(value, path, 'icon')
  onlyProperties(icon, ['tag', 'token', 'color', 'img_key', 'size'], [...path, 'icon'])
  if (icon.tag === 'custom_icon') checkImage(icon.img_key, known)
  else if (icon.tag !== 'standard_icon' || typeof icon.token !== 'string') {
    throw malformed(
      [...path, 'icon'],
      'icon must be a standard_icon with a token or a custom_icon with an img_key',
    )
  }
}

const behaviorProperties: Readonly<Record<string, readonly string[]>> = {
  open_url: ['type', 'default_url', 'pc_url', 'ios_url', 'android_url'],
  callback: ['type', 'value'],
  form_action: ['type', 'behavior'],
}

export function checkBehaviors(value: unknown, path: Path): void {
  for (const item of arrayAt(value, path, 'behaviors')) {
    const behavior = objectAt(item, path, 'behavior')
    const allowed = behaviorProperties[String(behavior.type)]
    if (!allowed) throw malformed([...path, 'behaviors'], `unknown behavior type: ${String(behavior.type)}`)
    onlyProperties(behavior, allowed, [...path, 'behaviors'])
    if (behavior.type === 'open_url' && typeof behavior.default_url !== 'string') {
      throw malformed([...path, 'behaviors'], 'open_url needs default_url')
    }
    if (behavior.type === 'form_action' && !['submit', 'reset'].includes(String(behavior.behavior))) {
      throw malformed([...path, 'behaviors'], 'form_action.behavior must be submit or reset')
    }
    if (behavior.type === 'callback' && !isObject(behavior.value) && typeof behavior.value !== 'string') {
      throw malformed([...path, 'behaviors'], 'callback needs a value object')
    }
  }
}

export function checkConfirm(value: unknown, path: Path, known: Known): void {
  const confirm = objectAt(value, path, 'confirm')
  onlyProperties(confirm, ['title', 'text'], [...path, 'confirm'])
  for (const name of ['title', 'text']) {
    if (confirm[name] === undefined) throw malformed([...path, 'confirm'], `confirm.${name} is required`)
    checkText(confirm[name], ['plain_text'], { path: [...path, 'confirm'], name, known })
  }
}
