/**
 * The platform's limits for card JSON 2.0 (Feishu docs: 卡片 JSON 2.0 结构, 组件概述). A card that breaks one is
 * refused by Feishu with 230099, so every card is checked in tests for every state, and once more before it leaves.
 */
import type { CardJson } from '#src/contracts/card.ts'

const maxBytes = 30 * 1024
const maxElements = 200
/** The docs say five; reports fail from the fourth on. */
const maxTables = 3
const maxDepth = 5

const containers = new Set(['column_set', 'column', 'form', 'interactive_container', 'collapsible_panel'])
const contents = new Set([
  'div',
  'markdown',
  'img',
  'img_combination',
  'person',
  'person_list',
  'chart',
  'table',
  'hr',
  'audio',
])
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
])
const texts = new Set(['plain_text', 'lark_md', 'text_tag', 'standard_icon', 'custom_icon'])
const removed = new Set(['note', 'action', 'i18n_elements', 'fallback', 'stretch_without_padding'])
const rootOnly = new Set(['form', 'table'])
const buttonTypes = new Set([
  'default',
  'primary',
  'danger',
  'text',
  'primary_text',
  'danger_text',
  'primary_filled',
  'danger_filled',
  'laser',
])
const templates = new Set([
  'blue',
  'wathet',
  'turquoise',
  'green',
  'yellow',
  'orange',
  'red',
  'carmine',
  'violet',
  'purple',
  'indigo',
  'grey',
  'default',
])

interface Walk {
  problems: string[]
  elements: number
  tables: number
  ids: Set<string>
  names: Set<string>
}

type Node = Record<string, unknown>
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Phones open apps by schemes of their own; everything else opens web pages. Scripts and files are opened nowhere. */
const appAddress = /^(?!(?:javascript|vbscript|data|file|blob|about):)[a-z][a-z0-9+.-]*:/i
const webAddress = /^https?:\/\//i

function checkAddresses(behavior: Node, path: string, walk: Walk): void {
  if (typeof behavior.default_url !== 'string') walk.problems.push(`${path}: open_url needs default_url`)
  for (const [key, form] of [
    ['default_url', webAddress],
    ['pc_url', webAddress],
    ['ios_url', appAddress],
    ['android_url', appAddress],
  ] as const) {
    const url = behavior[key]
    if (typeof url === 'string' && !form.test(url))
      walk.problems.push(`${path}: ${key} is not an address that may be opened`)
  }
}

function checkBehaviors(node: Node, path: string, walk: Walk): void {
  if (node.behaviors === undefined) return
  if (!Array.isArray(node.behaviors)) {
    walk.problems.push(`${path}: behaviors must be a list`)
    return
  }
  for (const behavior of node.behaviors) {
    if (!isNode(behavior)) walk.problems.push(`${path}: behavior must be an object`)
    else if (behavior.type === 'open_url') checkAddresses(behavior, path, walk)
    else if (behavior.type === 'callback' && !isNode(behavior.value))
      walk.problems.push(`${path}: a callback's value must be an object`)
    else if (behavior.type !== 'callback')
      walk.problems.push(`${path}: unknown behavior ${String(behavior.type)}`)
  }
}

function checkElement(node: Node, path: string, depth: number, walk: Walk): void {
  const tag = String(node.tag)
  if (removed.has(tag)) walk.problems.push(`${path}: tag ${tag} does not exist in JSON 2.0`)
  else if (!containers.has(tag) && !contents.has(tag) && !interactive.has(tag) && !texts.has(tag))
    walk.problems.push(`${path}: unknown tag ${tag}`)
  if (tag === 'table') walk.tables += 1
  if (rootOnly.has(tag) && depth > 0) walk.problems.push(`${path}: ${tag} may only stand at the card's root`)
  if (tag === 'button' && node.type !== undefined && !buttonTypes.has(String(node.type)))
    walk.problems.push(`${path}: unknown button type ${String(node.type)}`)
  checkBehaviors(node, path, walk)
  checkId(node, path, walk)
}

function checkId(node: Node, path: string, walk: Walk): void {
  if (node.element_id !== undefined) {
    const id = String(node.element_id)
    if (!/^[A-Za-z][A-Za-z0-9_]{0,19}$/.test(id)) walk.problems.push(`${path}: element_id ${id} is not valid`)
    if (walk.ids.has(id)) walk.problems.push(`${path}: element_id ${id} is used twice`)
    walk.ids.add(id)
  }
  if (node.name !== undefined && (interactive.has(String(node.tag)) || node.tag === 'form')) {
    const name = String(node.name)
    if (name === '' || walk.names.has(name))
      walk.problems.push(`${path}: name "${name}" is empty or used twice`)
    walk.names.add(name)
  }
}

function visit(value: unknown, path: string, depth: number, walk: Walk): void {
  if (Array.isArray(value)) {
    value.forEach((item, index) => {
      visit(item, `${path}[${index}]`, depth, walk)
    })
    return
  }
  if (!isNode(value)) return
  let inner = depth
  if (typeof value.tag === 'string') {
    walk.elements += 1
    checkElement(value, path, depth, walk)
    if (containers.has(value.tag)) inner = depth + 1
    if (inner > maxDepth) walk.problems.push(`${path}: nested deeper than ${maxDepth} levels`)
  }
  for (const [key, child] of Object.entries(value)) {
    if (key !== 'value' && key !== 'rows' && key !== 'chart_spec') visit(child, `${path}.${key}`, inner, walk)
  }
}

function checkRoot(card: CardJson, walk: Walk): void {
  if (card.schema !== '2.0') walk.problems.push('schema must be the string "2.0"')
  if (card.config?.update_multi !== true)
    walk.problems.push('config.update_multi must be true, or the card can never change')
  const template = card.header?.template
  if (template !== undefined && !templates.has(String(template)))
    walk.problems.push(`header.template ${String(template)} is unknown`)
  const known = new Set(['schema', 'config', 'card_link', 'header', 'body'])
  for (const key of Object.keys(card))
    if (!known.has(key)) walk.problems.push(`unknown key ${key} at the root`)
}

/** Everything about the card that Feishu would refuse; empty means it may go out. */
export function lintCard(card: CardJson): string[] {
  const walk: Walk = { problems: [], elements: 0, tables: 0, ids: new Set(), names: new Set() }
  checkRoot(card, walk)
  visit(card.header, 'header', 0, walk)
  visit(card.body.elements, 'body.elements', 0, walk)
  const bytes = Buffer.byteLength(JSON.stringify(card))
  if (bytes > maxBytes) walk.problems.push(`${bytes} bytes, the limit is ${maxBytes}`)
  if (walk.elements > maxElements)
    walk.problems.push(`${walk.elements} elements, the limit is ${maxElements}`)
  if (walk.tables > maxTables) walk.problems.push(`${walk.tables} tables, the limit is ${maxTables}`)
  return walk.problems
}
