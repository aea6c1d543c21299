/** Checks a definition the editor sends and gives ids to what is new in it. */
import type { Kernel } from '../../../kernel/types.ts'
import { creatableTypes } from '../new-definition.ts'
import type { NewDefinition } from '../refund-definition.ts'
import { type ApproverRule, type FlowNode, newCode, newNumber, type Option, type Widget } from '../state.ts'
import { peopleIn, wrong } from './actions.ts'

type Body = Record<string, unknown>

const longestName = 60
const longestText = 2000

/** @throws ApiFailure 400 naming what is missing */
export function readDraft(kernel: Kernel, body: Body): NewDefinition {
  const form = listOf(body.form).map((one) => readWidget(kernel, one, false))
  const nodes = listOf(body.nodes).map((one) => readNode(kernel, one))
  requireDistinct(form)
  if (nodes.length === 0) throw wrong('流程至少要有一个审批节点 the flow needs a node')
  const settings = (body.settings ?? {}) as Body
  return {
    name: textOf(body.name, '审批名称'),
    description: String(body.description ?? '').slice(0, longestText),
    form,
    nodes,
    startCc: readRules(kernel, body.startCc),
    endCc: readRules(kernel, body.endCc),
    settings: {
      revertInterval: Math.max(0, Math.trunc(Number(settings.revertInterval) || 0)),
      revertAfterFirstNode: settings.revertAfterFirstNode !== false,
      rejectToApplicant: settings.rejectToApplicant === true,
      quickApproval: settings.quickApproval !== false,
      repeated: (['ASK', 'NEXT', 'ALL'] as const).find((one) => one === settings.repeated) ?? 'ASK',
    },
  }
}

function readWidget(kernel: Kernel, given: Body, inside: boolean): Widget {
  const type = String(given.type)
  if (!creatableTypes.has(type) || (inside && type === 'fieldList')) throw wrong(`不支持的控件 ${type}`)
  const name = textOf(given.name, '控件名称')
  const customId = String(given.custom_id ?? '').trim()
  if (customId && !/^\w{1,64}$/.test(customId))
    throw wrong(`「${name}」的自定义 ID 只能用字母、数字和下划线 letters, digits and _ only`)
  return {
    id: typeof given.id === 'string' && given.id !== '' ? given.id : `widget${newNumber(kernel)}`,
    ...(customId && { custom_id: customId }),
    name,
    type,
    required: given.required === true,
    printable: true,
    ...(typeof given.placeholder === 'string' && given.placeholder && { placeholder: given.placeholder }),
    ...particulars(kernel, given, name),
  }
}

function particulars(kernel: Kernel, given: Body, name: string): Partial<Widget> {
  switch (given.type) {
    case 'amount':
      return { value: currenciesOf(given)[0] ?? 'CNY', option: { currencyRange: currenciesOf(given) } }
    case 'radioV2':
    case 'checkboxV2':
      return { option: readOptions(kernel, given, name) }
    case 'text':
      return { value: String(given.value ?? '').slice(0, longestText) }
    case 'fieldList': {
      const children = listOf(given.children).map((child) => readWidget(kernel, child, true))
      if (children.length === 0) throw wrong(`「${name}」里还没有控件 ${name} is empty`)
      requireDistinct(children)
      return { children }
    }
    default:
      return {}
  }
}

function currenciesOf(given: Body): string[] {
  const { currencyRange } = (given.option ?? {}) as { currencyRange?: unknown }
  const known = Array.isArray(currencyRange)
    ? currencyRange.filter((one) => /^[A-Z]{3}$/.test(String(one)))
    : []
  return known.length > 0 ? known : ['CNY']
}

function readOptions(kernel: Kernel, given: Body, name: string): Option[] {
  const options = listOf(given.option).map((one) => ({
    value: String(one.value || `m${newNumber(kernel).slice(-8)}-${kernel.id('').slice(0, 11)}-0`),
    text: textOf(one.text, `「${name}」的选项`),
  }))
  if (options.length === 0) throw wrong(`「${name}」至少要有一个选项 ${name} needs an option`)
  return options
}

function readNode(kernel: Kernel, given: Body): FlowNode {
  const name = textOf(given.name, '节点名称')
  const approvers = readRules(kernel, given.approvers)
  if (approvers.length === 0) throw wrong(`请为「${name}」设置审批人 ${name} needs approvers`)
  const customId = String(given.custom_node_id ?? '').trim()
  const ccers = readRules(kernel, given.ccers)
  return {
    node_id:
      typeof given.node_id === 'string' && given.node_id !== ''
        ? given.node_id
        : newCode(kernel).replaceAll('-', '').toLowerCase(),
    ...(customId && { custom_node_id: customId }),
    name,
    node_type: (['AND', 'OR', 'SEQUENTIAL'] as const).find((one) => one === given.node_type) ?? 'OR',
    approvers,
    ...(ccers.length > 0 && { ccers }),
    whenNobody: given.whenNobody === 'STARTER' ? 'STARTER' : 'AUTO_PASS',
    starterAssignee:
      (['AUTO_PASS', 'SUPERVISOR', 'DEPARTMENT_MANAGER'] as const).find(
        (one) => one === given.starterAssignee,
      ) ?? 'STARTER',
    chosenMulti: given.chosenMulti !== false,
  }
}

function readRules(kernel: Kernel, value: unknown): ApproverRule[] {
  return listOf(value).flatMap((rule): ApproverRule[] => {
    if (rule.type === 'Free') return [{ type: 'Free' }]
    if (rule.type === 'Personal')
      return peopleIn(kernel, [rule.openId]).map((openId) => ({ type: 'Personal', openId }))
    if (rule.type !== 'Supervisor' && rule.type !== 'DepartmentManager') return []
    const level = Math.min(20, Math.max(1, Math.trunc(Number(rule.level) || 1)))
    return [{ type: rule.type, level, ...(rule.topDown === true && { topDown: true as const }) }]
  })
}

function requireDistinct(widgets: readonly Widget[]): void {
  const ids = widgets.flatMap((one) => [one.id, ...(one.custom_id ? [one.custom_id] : [])])
  const twice = ids.find((id, index) => ids.indexOf(id) !== index)
  if (twice) throw wrong(`控件 ID ${twice} 重复了 it is used twice`)
}

function textOf(value: unknown, what: string): string {
  const text = typeof value === 'string' ? value.trim() : ''
  if (text === '' || text.length > longestName)
    throw wrong(`请填写${what}（1–${longestName} 个字） 1 to ${longestName} characters`)
  return text
}

function listOf(value: unknown): Body[] {
  return Array.isArray(value) ? value.filter((one) => one !== null && typeof one === 'object') : []
}
