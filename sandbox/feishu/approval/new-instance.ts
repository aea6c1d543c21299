/** Reads the body of 创建审批实例. */
import type { Kernel } from '../../kernel/types.ts'
import { findDepartment } from '../contact/departments.ts'
import { approvalFailure } from './failures.ts'
import { readForm } from './form.ts'
import { type I18nTexts, readI18n } from './i18n-texts.ts'
import type { NewInstance } from './open-instance.ts'
import { requireEmployee } from './people.ts'
import { type Definition, type Filled, instanceIndex } from './state.ts'

type Body = Record<string, unknown>

const longestUuid = 64
const mostCopied = 20
const mostAutoPass = 10
const shortestKey = 7

/** @throws ApiFailure 1390001, 1390004, 60006, 60012 */
export function readNewInstance(kernel: Kernel, definition: Definition, body: Body): NewInstance {
  const openId = applicantOf(kernel, body)
  const uuid = body.uuid === undefined ? '' : String(body.uuid)
  if (body.uuid !== undefined && (uuid === '' || uuid.length > longestUuid))
    throw approvalFailure(1390001, 'uuid: 1–64 characters')
  if (uuid && instanceIndex(kernel).byUuid.has(uuid.toLowerCase())) throw approvalFailure(60012)
  const texts = body.i18n_resources === undefined ? undefined : readI18n(body.i18n_resources, shortestKey)
  const chosen = chosenPeople(kernel, body, 'approver')
  requireChosen(definition, chosen)
  return {
    openId,
    uuid,
    form: inWords(readForm(kernel, definition, body.form), texts),
    title: titleOf(definition, body, texts),
    departmentId: departmentOf(kernel, body),
    chosen,
    chosenCc: chosenPeople(kernel, body, 'cc'),
    autoPass: autoPassed(definition, body),
    forbidRevoke: body.forbid_revoke === true,
    allowResubmit: body.allow_resubmit === true,
    allowSubmitAgain: body.allow_submit_again === true,
  }
}

/** user_id wins over open_id; our bot may apply as well. */
function applicantOf(kernel: Kernel, body: Body): string {
  if (body.user_id !== undefined) return requireEmployee(kernel, body.user_id, 'user_id').open_id
  if (body.open_id !== undefined && body.open_id === kernel.identity().botOpenId) return String(body.open_id)
  return requireEmployee(kernel, body.open_id, 'open_id').open_id
}

/** The company's own department ids only, and never the root. */
function departmentOf(kernel: Kernel, body: Body): string {
  const id = String(body.department_id ?? '')
  if (id === '') return ''
  if (id === '0' || !findDepartment(kernel, id, 'department_id'))
    throw approvalFailure(1390001, 'department_id is unknown')
  return id
}

/** title_display_method 0 shows both names, 1 the instance's alone. */
function titleOf(definition: Definition, body: Body, texts: I18nTexts | undefined): string {
  if (body.title === undefined) return ''
  if (!texts) throw approvalFailure(1390001, 'title needs i18n_resources')
  const title = texts.of(body.title)
  return body.title_display_method === 1 ? title : `${definition.name} | ${title}`
}

/** Keys may stand for the texts of single and multi line widgets. */
function inWords(form: Filled[], texts: I18nTexts | undefined): Filled[] {
  if (!texts) return form
  return form.map((one) =>
    ['input', 'textarea'].includes(one.type) && String(one.value).startsWith('@i18n@')
      ? { ...one, value: texts.of(one.value) }
      : one,
  )
}

/** Of both parameters: the union. */
function chosenPeople(kernel: Kernel, body: Body, what: 'approver' | 'cc'): Record<string, string[]> {
  const chosen: Record<string, string[]> = {}
  for (const idType of ['user_id', 'open_id'] as const) {
    const entries = (body[`node_${what}_${idType}_list`] ?? []) as { key?: string; value?: string[] }[]
    if (what === 'cc' && entries.length > mostCopied)
      throw approvalFailure(1390001, `node_cc_${idType}_list: at most ${mostCopied}`)
    for (const { key = '', value = [] } of entries) {
      const people = value.map((id) => requireEmployee(kernel, id, idType).open_id)
      chosen[key] = [...new Set([...(chosen[key] ?? []), ...people])]
    }
  }
  return chosen
}

/** A node the applicant chooses for needs somebody. UNVERIFIED: the page does not name the code. */
function requireChosen(definition: Definition, chosen: Record<string, string[]>): void {
  const lacking = definition.nodes.find(
    (node) =>
      node.approvers.some((rule) => rule.type === 'Free') &&
      !(chosen[node.node_id] ?? chosen[node.custom_node_id ?? ''])?.length,
  )
  if (lacking) throw approvalFailure(1390001, `node ${lacking.node_id} needs approvers`)
}

function autoPassed(definition: Definition, body: Body): string[] {
  const wanted = (body.node_auto_approval_list ?? []) as { node_id_type?: string; node_id?: string }[]
  if (wanted.length > mostAutoPass)
    throw approvalFailure(1390001, `node_auto_approval_list: at most ${mostAutoPass}`)
  return wanted.map(({ node_id_type = 'NON_CUSTOM', node_id = '' }) => {
    const key = node_id_type === 'CUSTOM' ? 'custom_node_id' : 'node_id'
    const node = definition.nodes.find((one) => one[key] === node_id)
    if (!node) throw approvalFailure(1390001, `node ${node_id} is unknown`)
    return node.node_id
  })
}
