/** `GET /approval/v4/external_tasks`: states of other systems' tasks; its filters come in a body, although it is a GET. */
import type { ApiCall, Kernel } from '../../../kernel/types.ts'
import { page } from '../../paging.ts'
import { approvalFailure } from '../failures.ts'
import { type ExternalInstance, externalState } from './external-state.ts'

const mostNamed = 20

export function registerExternalTasks(kernel: Kernel): void {
  kernel.api({
    method: 'GET',
    path: '/open-apis/approval/v4/external_tasks',
    limit: { perMinute: 1000, perSecond: 50 },
    handle: (call) => list(kernel, call),
  })
}

interface Filters {
  approval_codes?: string[]
  instance_ids?: string[]
  user_ids?: string[]
  status?: string
}

async function list(kernel: Kernel, call: ApiCall): Promise<unknown> {
  const filters = await filtersOf(call)
  for (const [name, value] of Object.entries(filters))
    if (Array.isArray(value) && value.length > mostNamed)
      throw approvalFailure(1390001, `${name}: at most ${mostNamed}`)
  const found = externalState(kernel).instances.filter((one) => fits(one, filters))
  const { items, ...rest } = page(found, call.query, { size: 50, most: 500, code: 1390001 })
  return {
    data: items.map((one) => ({
      instance_id: one.instance_id,
      approval_id: approvalId(kernel, one),
      approval_code: one.approval_code,
      status: one.given.status,
      update_time: one.update_time,
      tasks: one.tasks
        .filter((task) => fitsTask(task, filters))
        .map((task) => ({ id: task.task_id, status: task.status, update_time: task.update_time })),
    })),
    ...rest,
  }
}

/** A GET's body is not read by the server itself. */
async function filtersOf({ body, request }: ApiCall): Promise<Filters> {
  if (Object.keys(body).length > 0) return body as Filters
  if (Number(request.headers['content-length'] ?? 0) === 0) return {}
  const chunks: Buffer[] = []
  for await (const chunk of request.raw) chunks.push(chunk as Buffer)
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}') as Filters
  } catch {
    throw approvalFailure(1390001, 'the body must be JSON')
  }
}

function fits(one: ExternalInstance, filters: Filters): boolean {
  return (
    (filters.instance_ids?.includes(one.instance_id) ?? true) &&
    (filters.approval_codes?.includes(one.approval_code) ?? true) &&
    ((filters.user_ids === undefined && filters.status === undefined) ||
      one.tasks.some((task) => fitsTask(task, filters)))
  )
}

function fitsTask(task: Record<string, unknown>, { user_ids, status }: Filters): boolean {
  return (
    (user_ids?.includes(String(task.user_id)) ?? true) && (status === undefined || task.status === status)
  )
}

function approvalId(kernel: Kernel, one: ExternalInstance): string {
  const { definitions } = externalState(kernel)
  return definitions.find((other) => other.approval_code === one.approval_code)?.approval_id ?? ''
}
