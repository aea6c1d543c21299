/** Whom a node asks. */
import type { Kernel } from '../../kernel/types.ts'
import { findPerson } from '../contact/people.ts'
import type { ApproverRule, Definition, FlowNode, Instance } from './state.ts'
import { managersOf, supervisorsOf } from './supervisors.ts'

export interface Asked {
  /** people to ask, in order */
  people: string[]
  /** people who would be asked but pass by themselves, and why */
  passed: { openId: string; type: 'AUTO_PASS' | 'REMOVE_REPEAT' }[]
}

/** Chosen approvers count only on nodes that let the applicant choose. */
export function approversOf(kernel: Kernel, instance: Instance, node: FlowNode): string[] {
  const found = node.approvers.flatMap((rule) =>
    rule.type === 'Free'
      ? (instance.chosen[node.node_id] ?? instance.chosen[node.custom_node_id ?? ''] ?? [])
      : peopleOfRule(kernel, instance.openId, rule),
  )
  return [...new Set(found)]
}

/** The people a rule names for an applicant: nobody where the line above them ends. */
export function peopleOfRule(kernel: Kernel, applicant: string, rule: ApproverRule): string[] {
  if (rule.type === 'Free') return []
  if (rule.type === 'Personal') return [rule.openId]
  const line = rule.type === 'Supervisor' ? supervisorsOf(kernel, applicant) : managersOf(kernel, applicant)
  const found = rule.topDown ? line.at(-rule.level) : line[rule.level - 1]
  return found === undefined ? [] : [found]
}

/** The node's approvers without those who pass by themselves: the applicant and people who approved already. */
export function askedBy(
  kernel: Kernel,
  { instance, node, definition }: { instance: Instance; node: FlowNode; definition: Definition },
): Asked {
  const asked: Asked = { people: [], passed: [] }
  for (const openId of approversOf(kernel, instance, node).filter((id) => isEmployed(kernel, id))) {
    if (openId === instance.openId) asked.people.push(...insteadOfApplicant(kernel, instance, node, asked))
    else if (approvedBefore(instance, openId, definition))
      asked.passed.push({ openId, type: 'REMOVE_REPEAT' })
    else asked.people.push(openId)
  }
  asked.people = [...new Set(asked.people)]
  return asked
}

function insteadOfApplicant(kernel: Kernel, instance: Instance, node: FlowNode, asked: Asked): string[] {
  const wanted = node.starterAssignee ?? 'STARTER'
  if (wanted === 'STARTER') return [instance.openId]
  if (wanted === 'AUTO_PASS') {
    asked.passed.push({ openId: instance.openId, type: 'AUTO_PASS' })
    return []
  }
  const type = wanted === 'SUPERVISOR' ? 'Supervisor' : 'DepartmentManager'
  return peopleOfRule(kernel, instance.openId, { type, level: 1 })
}

/** 'NEXT' looks at the node before this one, 'ALL' at every node before. */
function approvedBefore(instance: Instance, openId: string, definition: Definition): boolean {
  const mode = definition.settings?.repeated ?? 'ASK'
  if (mode === 'ASK') return false
  const before = definition.nodes.slice(0, instance.nodeIndex).map((one) => one.node_id)
  const looked = mode === 'ALL' ? before : before.slice(-1)
  return instance.tasks.some(
    (task) => task.openId === openId && task.status === 'APPROVED' && looked.includes(task.nodeId),
  )
}

function isEmployed(kernel: Kernel, openId: string): boolean {
  return openId === kernel.identity().botOpenId || findPerson(kernel, openId, 'open_id')?.resigned === false
}
