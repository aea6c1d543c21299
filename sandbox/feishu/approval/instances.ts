/** `/approval/v4/instances`: create, read, list, cancel, copy to others. */
import type { ApiCall, Kernel } from '../../kernel/types.ts'
import { sendCopies } from './copies.ts'
import { definitionOf, requireDefinition } from './definition-store.ts'
import { approvalFailure } from './failures.ts'
import { cancelInstance, isRevertible, revertInstance } from './flow.ts'
import { showInstance } from './instance-view.ts'
import { readNewInstance } from './new-instance.ts'
import { openInstance } from './open-instance.ts'
import { requireEmployee } from './people.ts'
import { approvalState, type Instance, instanceIndex } from './state.ts'

const base = '/open-apis/approval/v4/instances'
const slow = { perMinute: 100 }
const fast = { perMinute: 1000, perSecond: 50 }
const longestListMs = 10 * 3_600_000

export function registerInstances(kernel: Kernel): void {
  kernel.api({
    method: 'POST',
    path: base,
    limit: slow,
    unverified: ['how an instance is refused whose self-select node has nobody chosen (here 1390001)'],
    handle: (call) => create(kernel, call),
  })
  kernel.api({ method: 'GET', path: base, limit: slow, handle: (call) => list(kernel, call) })
  kernel.api({
    method: 'GET',
    path: `${base}/:instance_id`,
    limit: fast,
    handle: (call) =>
      showInstance(kernel, requireInstance(kernel, call.params.instance_id), call.query.locale),
  })
  kernel.api({
    method: 'POST',
    path: `${base}/cancel`,
    limit: slow,
    unverified: [
      'the code for an instance that has ended (here 1390001)',
      'an approved instance reads CANCELED',
    ],
    handle: (call) => cancel(kernel, call),
  })
  kernel.api({ method: 'POST', path: `${base}/cc`, limit: slow, handle: (call) => copy(kernel, call) })
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
  const instance = openInstance(kernel, definition, readNewInstance(kernel, definition, body))
  return { instance_code: instance.instance_code }
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

/**
 * Only the applicant: while it runs, or within the definition's time after the approval.
 * Feishu docs: 撤回审批实例. UNVERIFIED which code refuses a finished one; the page names 1390001.
 */
function cancel(kernel: Kernel, { body, query }: ApiCall): unknown {
  const instance = requireInstanceOf(kernel, body)
  const openId =
    body.user_id === kernel.identity().botOpenId
      ? String(body.user_id)
      : requireEmployee(kernel, body.user_id, query.user_id_type).open_id
  if (instance.openId !== openId || instance.forbidRevoke) throw approvalFailure(1390009)
  const settings = definitionOf(kernel, instance)?.settings
  if (instance.status === 'APPROVED') {
    if (!isRevertible(kernel, instance)) throw approvalFailure(1390001, 'instance is APPROVED')
    revertInstance(kernel, instance)
    return {}
  }
  if (instance.status !== 'PENDING') throw approvalFailure(1390001, `instance is ${instance.status}`)
  const passed = instance.timeline.some((entry) => entry.type === 'PASS')
  if (passed && settings?.revertAfterFirstNode === false) throw approvalFailure(1390009)
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
