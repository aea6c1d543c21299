/** `/approval/v4/instances`: create, read, list, cancel, copy to others, query. */
import type { ApiCall, Kernel } from '../../kernel/types.ts'
import { sendCopies } from './copies.ts'
import { requireDefinition } from './definition-store.ts'
import { approvalFailure } from './failures.ts'
import { cancelInstance } from './flow.ts'
import { readForm } from './form.ts'
import { showInstance } from './instance-view.ts'
import { openInstance } from './open-instance.ts'
import { idsOf, requireEmployee } from './people.ts'
import { approvalState, type Instance, instanceIndex } from './state.ts'

const base = '/open-apis/approval/v4/instances'
const slow = { perMinute: 100 }
const fast = { perMinute: 1000, perSecond: 50 }
const longestListMs = 10 * 3_600_000

export function registerInstances(kernel: Kernel): void {
  kernel.api({ method: 'POST', path: base, limit: slow, handle: (call) => create(kernel, call) })
  kernel.api({ method: 'GET', path: base, limit: slow, handle: (call) => list(kernel, call) })
  kernel.api({
    method: 'GET',
    path: `${base}/:instance_id`,
    limit: fast,
    handle: (call) => showInstance(kernel, requireInstance(kernel, call.params.instance_id)),
  })
  kernel.api({ method: 'POST', path: `${base}/cancel`, limit: slow, handle: (call) => cancel(kernel, call) })
  kernel.api({ method: 'POST', path: `${base}/cc`, limit: slow, handle: (call) => copy(kernel, call) })
  kernel.api({ method: 'POST', path: `${base}/query`, limit: fast, handle: (call) => query(kernel, call) })
}

/** By instance code or by the creator's uuid, or 1390003. */
export function requireInstance(kernel: Kernel, id: unknown): Instance {
  const index = instanceIndex(kernel)
  const found = index.byCode.get(String(id)) ?? index.byUuid.get(String(id).toLowerCase())
  if (!found) throw approvalFailure(1390003)
  return found
}

/** The instance of this definition, as the calls that name both expect it. */
export function requireInstanceOf(kernel: Kernel, body: Record<string, unknown>): Instance {
  requireDefinition(kernel, body.approval_code)
  const instance = requireInstance(kernel, body.instance_code)
  if (instance.approval_code !== body.approval_code) throw approvalFailure(1390003)
  return instance
}

/** A used uuid is refused with 60012 and no instance code: the caller reads the existing instance by that uuid. */
function create(kernel: Kernel, { body }: ApiCall): unknown {
  const definition = requireDefinition(kernel, body.approval_code)
  if (definition.status !== 'ACTIVE') throw approvalFailure(1390015)
  const applicant = applicantOf(kernel, body)
  const uuid = body.uuid === undefined ? '' : String(body.uuid)
  if (body.uuid !== undefined && (uuid === '' || uuid.length > 64))
    throw approvalFailure(1390001, 'uuid: 1–64 characters')
  if (uuid && instanceIndex(kernel).byUuid.has(uuid.toLowerCase())) throw approvalFailure(60012)
  const instance = openInstance(kernel, definition, {
    openId: applicant,
    uuid,
    form: readForm(kernel, definition, body.form),
    departmentId: String(body.department_id ?? ''),
    chosen: chosenPeople(kernel, body, 'approver'),
    chosenCc: chosenPeople(kernel, body, 'cc'),
    forbidRevoke: body.forbid_revoke === true,
    allowResubmit: body.allow_resubmit === true,
    allowSubmitAgain: body.allow_submit_again === true,
  })
  return { instance_code: instance.instance_code }
}

/** user_id wins over open_id; our bot may apply as well. */
function applicantOf(kernel: Kernel, body: Record<string, unknown>): string {
  if (body.user_id !== undefined) return requireEmployee(kernel, body.user_id, 'user_id').open_id
  if (body.open_id !== undefined && body.open_id === kernel.identity().botOpenId) return String(body.open_id)
  return requireEmployee(kernel, body.open_id, 'open_id').open_id
}

/** Of both parameters: the union. Feishu docs: 创建审批实例. */
function chosenPeople(
  kernel: Kernel,
  body: Record<string, unknown>,
  what: 'approver' | 'cc',
): Record<string, string[]> {
  const chosen: Record<string, string[]> = {}
  for (const idType of ['user_id', 'open_id'] as const) {
    const entries = (body[`node_${what}_${idType}_list`] ?? []) as { key?: string; value?: string[] }[]
    for (const { key = '', value = [] } of entries) {
      chosen[key] = [
        ...(chosen[key] ?? []),
        ...value.map((id) => requireEmployee(kernel, id, idType).open_id),
      ]
    }
  }
  return chosen
}

/** Codes by creation time: a window of at most 10 h; a late decision on an older instance never shows here. */
function list(kernel: Kernel, { query }: ApiCall): unknown {
  requireDefinition(kernel, query.approval_code)
  const start = Number(query.start_time)
  const end = Number(query.end_time)
  if (!(end >= start) || end - start > longestListMs)
    throw approvalFailure(1390001, 'the window is at most 10 hours')
  const size = Number(query.page_size ?? 100)
  const from = Number(query.page_token ?? 0)
  if (!(size >= 1 && size <= 100) || !(from >= 0)) throw approvalFailure(1390001, 'page_size: 1–100')
  const codes = approvalState(kernel)
    .instances.filter(
      (one) => one.approval_code === query.approval_code && one.startTime >= start && one.startTime <= end,
    )
    .map((one) => one.instance_code)
  const hasMore = from + size < codes.length
  return {
    instance_code_list: codes.slice(from, from + size),
    has_more: hasMore,
    ...(hasMore ? { page_token: String(from + size) } : {}),
  }
}

/** Only the applicant, only while it runs. UNVERIFIED which code refuses a finished one; the page names 1390001. */
function cancel(kernel: Kernel, { body, query }: ApiCall): unknown {
  const instance = requireInstanceOf(kernel, body)
  const openId =
    body.user_id === kernel.identity().botOpenId
      ? String(body.user_id)
      : requireEmployee(kernel, body.user_id, query.user_id_type).open_id
  if (instance.openId !== openId || instance.forbidRevoke) throw approvalFailure(1390009)
  if (instance.status !== 'PENDING') throw approvalFailure(1390001, `instance is ${instance.status}`)
  cancelInstance(kernel, instance)
  return {}
}

function copy(kernel: Kernel, { body, query }: ApiCall): unknown {
  const instance = requireInstanceOf(kernel, body)
  const by = requireEmployee(kernel, body.user_id, query.user_id_type)
  const to = ((body.cc_user_ids ?? []) as unknown[]).map(
    (id) => requireEmployee(kernel, id, query.user_id_type).open_id,
  )
  sendCopies(kernel, instance, { by: by.open_id, to, comment: String(body.comment ?? '') })
  return {}
}

const searchStatus = {
  PENDING: 'PENDING',
  APPROVED: 'APPROVED',
  REJECTED: 'REJECT',
  CANCELED: 'RECALL',
  DELETED: 'DELETED',
}

/** Filtered search; the platform's lags behind, ours does not. */
function query(kernel: Kernel, { body, query: params }: ApiCall): unknown {
  const applicant =
    body.user_id === undefined
      ? undefined
      : requireEmployee(kernel, body.user_id, params.user_id_type).open_id
  const found = approvalState(kernel)
    .instances.filter((one) => body.approval_code === undefined || one.approval_code === body.approval_code)
    .filter((one) => body.instance_code === undefined || one.instance_code === body.instance_code)
    .filter((one) => applicant === undefined || one.openId === applicant)
    .filter((one) =>
      [undefined, 'ALL', searchStatus[one.status]].includes(body.instance_status as string | undefined),
    )
    .filter((one) => one.startTime >= Number(body.instance_start_time_from ?? 0))
    .filter((one) => one.startTime <= Number(body.instance_start_time_to ?? Number.MAX_SAFE_INTEGER))
  const size = Number(params.page_size ?? 10)
  const from = Number(params.page_token ?? 0)
  const hasMore = from + size < found.length
  return {
    count: found.length,
    instance_list: found.slice(from, from + size).map((one) => searchItem(kernel, one)),
    has_more: hasMore,
    page_token: hasMore ? String(from + size) : '',
  }
}

function searchItem(kernel: Kernel, instance: Instance): object {
  const definition = approvalState(kernel).definitions.find(
    (one) => one.approval_code === instance.approval_code,
  )
  return {
    approval: { code: instance.approval_code, name: definition?.name ?? '', is_external: false },
    instance: {
      code: instance.instance_code,
      external_id: '',
      user_id: idsOf(kernel, instance.openId).user_id,
      start_time: String(instance.startTime),
      end_time: String(instance.endTime),
      status: searchStatus[instance.status].toLowerCase(),
      title: '',
      extra: '{}',
      serial_id: instance.serial_number,
    },
  }
}
