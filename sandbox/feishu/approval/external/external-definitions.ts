/** `/approval/v4/external_approvals`: approvals another system runs. Feishu docs: 创建三方审批定义. */
import type { ApiCall, Kernel } from '../../../kernel/types.ts'
import { approvalFailure } from '../failures.ts'
import { readI18n } from '../i18n-texts.ts'
import { requireEmployee } from '../people.ts'
import { newCode, newNumber } from '../state.ts'
import { type ExternalDefinition, externalChanged, externalState } from './external-state.ts'

const base = '/open-apis/approval/v4/external_approvals'
const limit = { perMinute: 1000, perSecond: 50 }
const mostPeople = 200
const shortestKey = 7

export function registerExternalDefinitions(kernel: Kernel): void {
  kernel.api({ method: 'POST', path: base, limit, handle: (call) => create(kernel, call) })
  kernel.api({
    method: 'GET',
    path: `${base}/:approval_code`,
    limit,
    handle: ({ params }) => requireExternal(kernel, params.approval_code).given,
  })
}

/** The definition, or 1390002. */
export function requireExternal(kernel: Kernel, code: unknown): ExternalDefinition {
  const found = externalState(kernel).definitions.find((one) => one.approval_code === code)
  if (!found) throw approvalFailure(1390002)
  return found
}

/** A code that exists is overwritten. @throws ApiFailure 1390001, 1390004 */
function create(kernel: Kernel, { body, query }: ApiCall): unknown {
  const external = (body.external ?? {}) as Record<string, unknown>
  const texts = readI18n(body.i18n_resources, shortestKey)
  for (const key of [body.approval_name, body.group_name, body.description, external.biz_name])
    if (key !== undefined) texts.of(key)
  const viewers = (body.viewers ?? []) as Record<string, unknown>[]
  const managers = (body.managers ?? []) as unknown[]
  if (viewers.length > mostPeople || managers.length > mostPeople)
    throw approvalFailure(1390001, `viewers, managers: at most ${mostPeople}`)
  if (external.support_pc !== true && external.support_mobile !== true)
    throw approvalFailure(1390001, 'support_pc or support_mobile must be true')
  for (const id of managers) requireEmployee(kernel, id, query.user_id_type)
  const known = externalState(kernel).definitions.find((one) => one.approval_code === body.approval_code)
  if (known) known.given = body
  const definition = known ?? {
    approval_code:
      typeof body.approval_code === 'string' && body.approval_code ? body.approval_code : newCode(kernel),
    approval_id: newNumber(kernel),
    given: body,
  }
  if (!known) externalState(kernel).definitions.push(definition)
  externalChanged(kernel)
  return { approval_code: definition.approval_code }
}
