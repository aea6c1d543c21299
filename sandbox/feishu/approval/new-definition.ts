/** Reads the body of 创建审批定义: texts are `@i18n@…` keys resolved by i18n_resources. */
import type { Kernel } from '../../kernel/types.ts'
import { findDepartment } from '../contact/departments.ts'
import { approvalFailure } from './failures.ts'
import { type I18nTexts, readI18n } from './i18n-texts.ts'
import { readNode, readRules } from './new-nodes.ts'
import { requireEmployee } from './people.ts'
import type { NewDefinition } from './refund-definition.ts'
import type { DefinitionSettings, Option, Viewer, Widget } from './state.ts'

type Body = Record<string, unknown>

export interface IdTypes {
  user: unknown
  department: unknown
}

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

const mostPeople = 200
const plainRevertSeconds = 31 * 86_400

export function readDefinition(kernel: Kernel, body: Body, ids: IdTypes): NewDefinition {
  const texts = readI18n(body.i18n_resources)
  const nodes = listOf(body.node_list, 'node_list')
  const [start, end] = [nodes[0], nodes.at(-1)]
  if (start?.id !== 'START' || end?.id !== 'END' || nodes.length < 2)
    throw approvalFailure(1390001, 'node_list must begin with START and end with END')
  const form = parseWidgets((body.form as Body | undefined)?.form_content, texts)
  return {
    name: texts.of(body.approval_name, 'name'),
    description: body.description === undefined ? '' : texts.of(body.description, 'description'),
    form,
    nodes: nodes.slice(1, -1).map((node) => readNode(kernel, node, { texts, ids, form })),
    startCc: readRules(kernel, start.ccer ?? [], ids.user),
    endCc: readRules(kernel, end.ccer ?? [], ids.user),
    viewers: listOf(body.viewers, 'viewers', mostPeople).map((one) => readViewer(kernel, one, ids)),
    settings: readSettings((body.settings ?? {}) as Body),
    managers: ((body.process_manager_ids ?? []) as unknown[]).map(
      (id) => requireEmployee(kernel, id, ids.user).open_id,
    ),
    texts: texts.collected,
    byApi: true,
  }
}

function readViewer(kernel: Kernel, viewer: Body, ids: IdTypes): Viewer {
  const type = String(viewer.viewer_type ?? 'TENANT') as Viewer['type']
  if (type === 'USER') return { type, id: requireEmployee(kernel, viewer.viewer_user_id, ids.user).open_id }
  if (type !== 'DEPARTMENT') return { type, id: '' }
  const idType = ids.department === 'department_id' ? 'department_id' : 'open_department_id'
  const found = findDepartment(kernel, String(viewer.viewer_department_id ?? ''), idType)
  if (!found) throw approvalFailure(1390001, 'viewer_department_id is unknown')
  return { type, id: found.open_department_id }
}

/** Defaults: 31 days to revoke, withdrawing stays possible after the first node, a rejection ends it. */
function readSettings(settings: Body): DefinitionSettings {
  return {
    revertInterval:
      settings.revert_interval === undefined ? plainRevertSeconds : Number(settings.revert_interval),
    revertAfterFirstNode: settings.revert_option !== 0,
    rejectToApplicant: settings.reject_option === 1,
    quickApproval: settings.quick_approval_option !== 0,
    repeated: 'ASK',
  }
}

function parseWidgets(content: unknown, texts: I18nTexts): Widget[] {
  let widgets: unknown
  try {
    widgets = JSON.parse(String(content))
  } catch {
    throw approvalFailure(1390001, 'form_content must be a JSON array as text')
  }
  const read = listOf(widgets, 'form_content').map((widget) => readWidget(widget, texts))
  const ids = read.map((one) => one.id)
  const twice = ids.find((id, index) => ids.indexOf(id) !== index)
  if (twice) throw approvalFailure(1390001, `控件=${twice} appears twice`)
  return read
}

function readWidget(widget: Body, texts: I18nTexts): Widget {
  const type = String(widget.type)
  if (!creatableTypes.has(type)) throw approvalFailure(60006, `type ${type} is not available`)
  if (typeof widget.id !== 'string' || widget.id === '')
    throw approvalFailure(1390001, 'a widget needs an id')
  const { id } = widget
  return {
    id,
    ...(typeof widget.custom_id === 'string' && { custom_id: widget.custom_id }),
    name: texts.of(widget.name, id),
    type,
    required: widget.required === true,
    printable: true,
    ...(widget.placeholder !== undefined && {
      placeholder: texts.of(widget.placeholder, `${id}#placeholder`),
    }),
    ...(type === 'amount' ? { value: String(widget.value ?? 'CNY'), option: currencies(widget) } : {}),
    ...(type === 'text' && widget.value !== undefined
      ? { value: texts.of(widget.value, `${id}#value`) }
      : {}),
    ...(type === 'radioV2' || type === 'checkboxV2' ? { option: readOptions(widget, texts) } : {}),
    ...(type === 'fieldList'
      ? { children: listOf(widget.children ?? [], 'children').map((child) => readWidget(child, texts)) }
      : {}),
  }
}

function currencies(widget: Body): { currencyRange: string[] } {
  const range = (widget.option as { currencyRange?: string[] } | undefined)?.currencyRange
  return { currencyRange: range ?? ['CNY'] }
}

function readOptions(widget: Body, texts: I18nTexts): Option[] {
  return listOf(widget.value, 'value').map((option) => ({
    value: String(option.key),
    text: texts.of(option.text, `${String(widget.id)}/${String(option.key)}`),
  }))
}

/** @throws ApiFailure 1390001 for no list, or one that is too long */
export function listOf(value: unknown, name: string, most = 1000): Body[] {
  if (!Array.isArray(value)) throw approvalFailure(1390001, `${name} must be a list`)
  if (value.length > most) throw approvalFailure(1390001, `${name}: at most ${most}`)
  return value as Body[]
}
