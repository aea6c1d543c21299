import {
  arrayAt,
  type CardObject,
  checkBehaviors,
  checkConfirm,
  checkImage,
  checkMentions,
  checkText,
  isObject,
  type Known,
  objectAt,
  onlyProperties,
  type Path,
  unknownPerson,
} from './pieces.ts'
import { CardProblem, malformed, tooMuch } from './problem.ts'
import { checkTable } from './table.ts'

type Check = (element: CardObject, path: Path, known: Known) => void

const mostInputLength = 1000
const plain = ['plain_text']
const imagesOf: Readonly<Record<string, number>> = { double: 2, triple: 3, bisect: 4, trisect: 6 }

/** Properties that mean the same wherever they appear. */
export function checkShared(element: CardObject, path: Path, known: Known): void {
  if (element.behaviors !== undefined) checkBehaviors(element.behaviors, path)
  if (element.confirm !== undefined) checkConfirm(element.confirm, path, known)
}

/** Rules of single components, beyond the list of their properties. */
export const componentChecks: Readonly<Record<string, Check>> = {
  div(element, path) {
    if (element.text === undefined && element.fields === undefined)
      throw malformed(path, 'div needs text or fields')
  },
  markdown(element, path, known) {
    checkMentions(String(element.content), known)
    // Variables for links left the language with 2.0, and so did their property.
    if (/\]\(\$\w+\)/.test(String(element.content)))
      throw malformed(path, 'markdown of schema V2 no longer supports url variables')
  },
  img(element, _path, known) {
    checkImage(element.img_key, known)
  },
  img_combination(element, path, known) {
    const images = arrayAt(element.img_list, path, 'img_list')
    if (images.length > (imagesOf[String(element.combination_mode)] ?? 9))
      throw malformed(path, 'too many images')
    for (const image of images) checkImage(isObject(image) ? image.img_key : undefined, known)
  },
  person(element, _path, known) {
    if (!known.person(String(element.user_id))) throw unknownPerson(String(element.user_id))
  },
  person_list(element, path, known) {
    for (const item of arrayAt(element.persons, path, 'persons')) {
      const person = objectAt(item, path, 'person')
      onlyProperties(person, ['id', 'user_id'], [...path, 'persons'])
      const id = String(person.id ?? person.user_id)
      if (!known.person(id) && element.drop_invalid_user_id !== true) throw unknownPerson(id)
    }
  },
  chart(element, path) {
    if (!isObject(element.chart_spec) || typeof element.chart_spec.type !== 'string') {
      throw new CardProblem(200550, 'chart spec is invalid', { path, value: '- (root): type is required\n' })
    }
  },
  table: checkTable,
  button(element, path) {
    if (element.text === undefined && element.icon === undefined)
      throw malformed(path, 'button needs text or icon')
  },
  input(element, path) {
    const most = element.max_length
    if (most === undefined) return
    if (!Number.isInteger(most) || Number(most) < 1)
      throw malformed(path, 'max_length must be a positive integer')
    if (Number(most) > mostInputLength) throw tooMuch(`input max_length over limit ${mostInputLength}`)
  },
  collapsible_panel(element, path, known) {
    if (element.header === undefined) return
    const header = objectAt(element.header, path, 'header')
    if (header.title !== undefined)
      checkText(header.title, ['plain_text', 'markdown'], { path: [...path, 'header'], name: 'title', known })
    if (header.padding === undefined) return
    const edges = String(header.padding).trim().split(/\s+/)
    const isFine = (edge: string) => /^\d{1,2}(?:px)?$/.test(edge)
    if (![1, 4].includes(edges.length) || !edges.every(isFine))
      throw malformed(path, 'invalid panel header padding')
  },
  select_static: checkOptions,
  multi_select_static: checkOptions,
  overflow: checkOptions,
  select_person: checkPeople,
  multi_select_person: checkPeople,
  select_img: checkPictures,
}

function checkOptions(element: CardObject, path: Path, known: Known): void {
  for (const item of arrayAt(element.options, path, 'options')) {
    const option = objectAt(item, path, 'option')
    onlyProperties(option, ['text', 'value', 'icon', 'multi_url', 'confirm'], [...path, 'options'])
    checkText(option.text, plain, { path: [...path, 'options'], name: 'text', known })
    if (typeof option.value !== 'string' && option.multi_url === undefined) {
      throw malformed([...path, 'options'], 'option.value must be a string')
    }
  }
}

function checkPeople(element: CardObject, path: Path, known: Known): void {
  for (const item of element.options === undefined ? [] : arrayAt(element.options, path, 'options')) {
    const option = objectAt(item, path, 'option')
    onlyProperties(option, ['value', 'text', 'icon'], [...path, 'options'])
    if (!known.person(String(option.value))) throw unknownPerson(String(option.value))
  }
}

const pictureProperties = ['img_key', 'value', 'disabled', 'disabled_tips', 'hover_tips']

function checkPictures(element: CardObject, path: Path, known: Known): void {
  for (const item of arrayAt(element.options, path, 'options')) {
    const option = objectAt(item, path, 'option')
    const at = [...path, 'options']
    onlyProperties(option, pictureProperties, at)
    checkImage(option.img_key, known)
    if (option.value !== undefined && typeof option.value !== 'string')
      throw malformed(at, 'option.value must be a string')
    for (const name of ['disabled_tips', 'hover_tips']) {
      if (option[name] !== undefined) checkText(option[name], plain, { path: at, name, known })
    }
  }
}
