/** Reads the body of 创建审批定义: texts are `@i18n@…` keys resolved by i18n_resources. */
import type { Kernel } from '../../kernel/types.ts'
import { approvalFailure } from './failures.ts'
import { requireEmployee } from './people.ts'
import type { NewDefinition } from './refund-definition.ts'
import { type ApproverRule, type FlowNode, newCode, type Option, type Widget } from './state.ts'

type Body = Record<string, unknown>

/** Widget types a definition can be made of; the others exist in Feishu's own console only. */
export const creatableTypes: ReadonlySet<string> = new Set([
  'input',
  'textarea',
  'number',
  'image',
  'attachmentV2',
  'amount',
  'text',
  'radioV2',
  'checkboxV2',
  'date',
  'dateInterval',
  'connect',
  'contact',
  'address',
  'telephone',
  'fieldList',
  'department',
  'document',
])

export function readDefinition(kernel: Kernel, body: Body, idType: unknown): NewDefinition {
  const text = readTexts(body)
  const nodes = listOf(body.node_list, 'node_list')
  if (nodes[0]?.id !== 'START' || nodes.at(-1)?.id !== 'END' || nodes.length < 2) {
    throw approvalFailure(1390001, 'node_list must begin with START and end with END')
  }
  if (listOf(body.viewers, 'viewers').length > 200) throw approvalFailure(1390001, 'viewers: at most 200')
  return {
    name: text(body.approval_name),
    form: parseWidgets((body.form as Body | undefined)?.form_content, text),
    nodes: nodes.slice(1, -1).map((node) => readNode(kernel, node, { text, idType })),
  }
}

type TextOf = (key: unknown) => string

function readTexts(body: Body): TextOf {
  const resources = listOf(body.i18n_resources, 'i18n_resources')
  const main = resources.find((resource) => resource.is_default === true)
  if (!main) throw approvalFailure(1390001, 'i18n_resources needs a default locale')
  const texts = new Map(listOf(main.texts, 'texts').map((entry) => [String(entry.key), String(entry.value)]))
  return (key) => {
    if (typeof key !== 'string' || !key.startsWith('@i18n@') || key.length < 9) {
      throw approvalFailure(1390001, `${String(key)} must be an @i18n@ key of at least 9 characters`)
    }
    const found = texts.get(key)
    if (found === undefined) throw approvalFailure(1390001, `${key} has no text in the default locale`)
    return found
  }
}

function listOf(value: unknown, name: string): Body[] {
  if (!Array.isArray(value)) throw approvalFailure(1390001, `${name} must be a list`)
  return value as Body[]
}

function parseWidgets(content: unknown, text: TextOf): Widget[] {
  try {
    const widgets: unknown = JSON.parse(String(content))
    return listOf(widgets, 'form_content').map((widget) => readWidget(widget, text))
  } catch (error) {
    if (error instanceof SyntaxError)
      throw approvalFailure(1390001, 'form_content must be a JSON array as text')
    throw error
  }
}

function readWidget(widget: Body, text: TextOf): Widget {
  const type = String(widget.type)
  if (!creatableTypes.has(type)) throw approvalFailure(60006, `type ${type} is not available`)
  return {
    id: String(widget.id),
    name: text(widget.name),
    type,
    required: widget.required === true,
    printable: true,
    ...(type === 'amount' ? { value: String(widget.value ?? 'CNY'), option: currencies(widget) } : {}),
    ...(type === 'radioV2' || type === 'checkboxV2' ? { option: readOptions(widget, text) } : {}),
    ...(type === 'fieldList'
      ? { children: listOf(widget.children ?? [], 'children').map((child) => readWidget(child, text)) }
      : {}),
  }
}

function currencies(widget: Body): { currencyRange: string[] } {
  const range = (widget.option as { currencyRange?: string[] } | undefined)?.currencyRange
  return { currencyRange: range ?? ['CNY'] }
}

function readOptions(widget: Body, text: TextOf): Option[] {
  return listOf(widget.value, 'value').map((option) => ({
    value: String(option.key),
    text: text(option.text),
  }))
}

function readNode(kernel: Kernel, node: Body, how: { text: TextOf; idType: unknown }): FlowNode {
  const type = node.node_type
  if (type !== 'AND' && type !== 'OR' && type !== 'SEQUENTIAL')
    throw approvalFailure(1390001, 'node_type is unknown')
  const approvers = listOf(node.approver, 'approver').map((rule) => readRule(kernel, rule, how.idType))
  if (type === 'SEQUENTIAL' && approvers.some((rule) => rule.type !== 'Free')) {
    throw approvalFailure(1390001, 'SEQUENTIAL nodes need Free approvers')
  }
  return {
    node_id: newCode(kernel).replaceAll('-', '').toLowerCase(),
    custom_node_id: String(node.id),
    name: how.text(node.name),
    node_type: type,
    approvers,
    whenNobody: node.starter_assignee === 'STARTER' ? 'STARTER' : 'AUTO_PASS',
  }
}

function readRule(kernel: Kernel, rule: Body, idType: unknown): ApproverRule {
  const { type } = rule
  if (type === 'Personal') return { type, openId: requireEmployee(kernel, rule.user_id, idType).open_id }
  if (type === 'Free') return { type }
  const line = lines[String(type)]
  if (!line) throw approvalFailure(1390001, `approver type ${String(type)} is unknown`)
  const level = Number(rule.level)
  if (!(level >= 1)) throw approvalFailure(1390001, `${String(type)} needs a level`)
  return { ...line, level }
}

const lines: Readonly<Record<string, { type: 'Supervisor' | 'DepartmentManager'; topDown?: true }>> = {
  Supervisor: { type: 'Supervisor' },
  SupervisorTopDown: { type: 'Supervisor', topDown: true },
  DepartmentManager: { type: 'DepartmentManager' },
  DepartmentManagerTopDown: { type: 'DepartmentManager', topDown: true },
}
