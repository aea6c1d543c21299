import { checkShared, componentChecks } from './component.ts'
import { arrayAt, type CardObject, type Known, objectAt, onlyProperties, type Path } from './pieces.ts'
import { CardProblem, malformed, tooMuch } from './problem.ts'
import { removedTags, type TagRule, tagRules } from './tags.ts'

const mostNesting = 5
const mostTables = 5
const elementIdShape = /^[A-Za-z][A-Za-z0-9_]{0,19}$/

/** What is counted or unique over the whole card. */
export interface Walk {
  known: Known
  elementIds: Set<string>
  names: Set<string>
  tables: number
}

interface Place {
  path: Path
  /** containers around this element */
  depth: number
  inForm: boolean
}

/** Checks the components of an `elements` list and everything inside them. */
export function checkElements(list: unknown, place: Place, walk: Walk): void {
  arrayAt(list, place.path, 'elements').forEach((item, index) => {
    const element = objectAt(item, [...place.path, `[${index}]`], 'element')
    const tag = String(element.tag ?? '')
    checkElement(element, { ...place, path: [...place.path, `[${index}](tag: ${tag})`] }, walk)
  })
}

function checkElement(element: CardObject, place: Place, walk: Walk): void {
  const tag = String(element.tag ?? '')
  const rule = ruleOf(tag, place)
  onlyProperties(element, ['tag', 'element_id', 'margin', ...rule.properties], place.path)
  for (const name of rule.required ?? []) {
    if (element[name] === undefined) throw malformed(place.path, `${tag}.${name} is required`)
  }
  for (const [name, values] of Object.entries(rule.enums ?? {})) {
    if (element[name] !== undefined && !values.includes(String(element[name]))) {
      throw malformed(place.path, `${tag}.${name} must be one of ${values.join(', ')}`)
    }
  }
  claimIds(element, rule, place, walk)
  checkShared(element, place.path, walk.known)
  componentChecks[tag]?.(element, place.path, walk.known)
  if (tag === 'table' && ++walk.tables > mostTables) throw tooMuch('card table number over limit')
  if (rule.container) checkInside(element, { ...place, inForm: place.inForm || tag === 'form' }, walk)
}

function ruleOf(tag: string, place: Place): TagRule {
  if (removedTags.has(tag)) {
    throw new CardProblem(200861, 'cards of schema V2 no longer support this capability', {
      path: place.path,
      value: `unsupported tag ${tag}`,
    })
  }
  const rule = Object.hasOwn(tagRules, tag) ? tagRules[tag] : undefined
  const isMisplaced =
    (rule?.rootOnly && place.depth > 0) || (tag === 'column') !== place.path.includes('columns', -2)
  if (!rule || isMisplaced) throw malformed(place.path, `type of element is not supported tag: ${tag}`)
  return rule
}

function claimIds(element: CardObject, rule: TagRule, place: Place, walk: Walk): void {
  const id = element.element_id
  if (id !== undefined) {
    if (typeof id !== 'string' || !elementIdShape.test(id))
      throw malformed(place.path, `invalid element_id: ${String(id)}`)
    if (walk.elementIds.has(id))
      throw new CardProblem(300301, 'element_id is duplicated', { path: place.path, value: id })
    walk.elementIds.add(id)
  }
  const isNamed = rule.interactive || element.tag === 'form'
  if (!isNamed) return
  const name = element.name
  if (name === undefined || name === '') {
    if (place.inForm || element.tag === 'form') {
      throw new CardProblem(200530, 'the name of a form element is empty', {
        path: place.path,
        value: String(element.tag),
      })
    }
    return
  }
  if (walk.names.has(String(name))) {
    throw new CardProblem(200530, 'the name of an element is duplicated', {
      path: place.path,
      value: String(name),
    })
  }
  walk.names.add(String(name))
}

function checkInside(element: CardObject, place: Place, walk: Walk): void {
  const isColumn = element.tag === 'column'
  const depth = isColumn ? place.depth : place.depth + 1
  if (depth > mostNesting)
    throw malformed(place.path, `containers are nested more than ${mostNesting} levels`)
  const key = element.tag === 'column_set' ? 'columns' : 'elements'
  if (element[key] === undefined) return
  checkElements(element[key], { ...place, depth, path: [...place.path, key] }, walk)
}
