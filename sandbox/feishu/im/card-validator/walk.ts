import { checkShared, componentChecks } from './component.ts'
import { checkShape } from './kinds.ts'
import { arrayAt, type CardObject, type Known, objectAt, type Path } from './pieces.ts'
import { CardProblem, malformed, tooMuch } from './problem.ts'
import { commonProperties, removedTags, type TagRule, tagRules } from './tags.ts'

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
  checkShape(
    element,
    { ...commonProperties, ...rule.properties },
    { tag, path: place.path, known: walk.known },
  )
  for (const name of rule.required ?? []) {
    if (element[name] === undefined) throw malformed(place.path, `${tag}.${name} is required`)
  }
  claimIds(element, rule, place, walk)
  checkShared(element, place.path, walk.known)
  componentChecks[tag]?.(element, place.path, walk.known)
  if (tag === 'checker') checkButtons(element, place, walk)
  if (element.multi_select === true && !place.inForm)
    throw malformed(place.path, 'select_img.multi_select is only supported inside a form')
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
  // A field without a name is not refused here: the client shows 200530 when the form is submitted.
  if (name === undefined || name === '') return
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

/** The buttons at the end of a checker are buttons like any other. */
function checkButtons(checker: CardObject, place: Place, walk: Walk): void {
  const area = checker.button_area
  if (area === undefined) return
  const path = [...place.path, 'button_area', 'buttons']
  const buttons = objectAt(area, place.path, 'button_area').buttons
  if (buttons === undefined) return
  arrayAt(buttons, path, 'buttons').forEach((item, index) => {
    const button = objectAt(item, path, 'button')
    if (button.tag !== 'button')
      throw malformed(path, `type of element is not supported tag: ${String(button.tag)}`)
    checkElement(button, { ...place, path: [...path, `[${index}](tag: button)`] }, walk)
  })
}
