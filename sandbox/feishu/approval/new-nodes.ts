/** Nodes of 创建审批定义 and the people they name. */
import type { Kernel } from '../../kernel/types.ts'
import { approvalFailure } from './failures.ts'
import type { I18nTexts } from './i18n-texts.ts'
import { type IdTypes, listOf } from './new-definition.ts'
import { requireEmployee } from './people.ts'
import { type ApproverRule, type FlowNode, newCode, type StarterAssignee, type Widget } from './state.ts'

type Body = Record<string, unknown>

const assignees: readonly StarterAssignee[] = ['STARTER', 'AUTO_PASS', 'SUPERVISOR', 'DEPARTMENT_MANAGER']

export function readNode(
  kernel: Kernel,
  node: Body,
  { texts, ids, form }: { texts: I18nTexts; ids: IdTypes; form: readonly Widget[] },
): FlowNode {
  const type = node.node_type
  if (type !== 'AND' && type !== 'OR' && type !== 'SEQUENTIAL')
    throw approvalFailure(1390001, 'node_type is unknown')
  const approvers = readRules(kernel, node.approver, ids.user)
  if (approvers.length === 0) throw approvalFailure(1390001, `node ${String(node.id)} needs an approver`)
  if (type === 'SEQUENTIAL' && approvers.some((rule) => rule.type !== 'Free'))
    throw approvalFailure(1390001, 'SEQUENTIAL nodes need Free approvers')
  const ccers = readRules(kernel, node.ccer ?? [], ids.user)
  if (ccers.some((rule) => rule.type === 'Free')) throw approvalFailure(1390001, 'ccer cannot be Free')
  const from = chosenFrom(kernel, node, ids)
  const nodeId = newCode(kernel).replaceAll('-', '').toLowerCase()
  return {
    node_id: nodeId,
    custom_node_id: String(node.id),
    name: texts.of(node.name, nodeId),
    node_type: type,
    approvers,
    whenNobody: 'AUTO_PASS',
    starterAssignee: assignees.find((one) => one === node.starter_assignee) ?? 'STARTER',
    chosenMulti: node.approver_chosen_multi === true,
    ...(ccers.length > 0 && { ccers }),
    ...(from && { chosenFrom: from }),
    ...privileges(node.privilege_field as Body | undefined, form),
  }
}

function chosenFrom(kernel: Kernel, node: Body, ids: IdTypes): string[] | undefined {
  const ranges = (node.approver_chosen_range ?? []) as Body[]
  const personal = ranges.filter((one) => one.type === 'PERSONAL')
  if (personal.length === 0) return undefined
  return personal.flatMap((one) =>
    ((one.id_list ?? []) as unknown[]).map((id) => requireEmployee(kernel, id, ids.user).open_id),
  )
}

function privileges(
  field: Body | undefined,
  form: readonly Widget[],
): Pick<FlowNode, 'writable' | 'readable'> {
  if (!field) return {}
  const known = new Set(form.map((widget) => widget.id))
  const [writable, readable] = [field.writable, field.readable].map((value) => (value ?? []) as string[])
  const unknown = [...(writable ?? []), ...(readable ?? [])].find((id) => !known.has(id))
  if (unknown) throw approvalFailure(1390001, `privilege_field: 控件=${unknown} is not in the form`)
  return { writable: writable ?? [], readable: [...new Set([...(readable ?? []), ...(writable ?? [])])] }
}

export function readRules(kernel: Kernel, value: unknown, idType: unknown): ApproverRule[] {
  return listOf(value, 'approver').map((rule) => readRule(kernel, rule, idType))
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
