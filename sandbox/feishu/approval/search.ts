/**
 * `/approval/v4/instances/query`, `/tasks/search`, `/instances/search_cc`: filtered searches. They lag behind: what
 * changed during the last moments is not there yet. Withdrawn instances are left out, so pages may be short.
 */
import type { ApiCall, Kernel } from '../../kernel/types.ts'
import { page } from '../paging.ts'
import { definitionOf } from './definition-store.ts'
import { approvalFailure } from './failures.ts'
import { idsOf, requireEmployee } from './people.ts'
import { approvalState, type Copy, type Instance, type Task } from './state.ts'

/** How far searches are behind, ms of sandbox time. The platform only says that they are. */
export const searchLagMs = 1_500
const longestWindowMs = 30 * 86_400_000
const fast = { perMinute: 1000, perSecond: 50 }
const unverified = ['how far results lag behind']

interface Scope {
  now: number
  user: string | undefined
  body: Record<string, unknown>
}

interface Search<T> {
  name: 'instance' | 'task' | 'cc'
  /** prefix of the two time parameters */
  time: string
  list: string
  rows(instances: Instance[], scope: Scope): { instance: Instance; row: T; at: number }[]
  show(kernel: Kernel, row: T, scope: Scope): object
}

const instanceSearch: Search<Instance> = {
  name: 'instance',
  time: 'instance_start_time',
  list: 'instance_list',
  rows: (instances, { now, user, body }) =>
    instances
      .filter((one) => user === undefined || one.openId === user)
      .filter((one) => matches(searchStatus[lagged(one, now)], body.instance_status))
      .map((instance) => ({ instance, row: instance, at: instance.startTime })),
  show: () => ({}),
}

const taskSearch: Search<{ task: Task; status: string }> = {
  name: 'task',
  time: 'task_start_time',
  list: 'task_list',
  rows: (instances, { now, user, body }) =>
    instances.flatMap((instance) =>
      instance.tasks
        .filter((task) => task.openId !== '' && task.startTime <= now)
        .filter((task) => user === undefined || task.openId === user)
        .map((task) => ({ task, status: task.endTime > now ? 'PENDING' : task.status }))
        .filter((row) => {
          const listed = body.task_status_list as string[] | undefined
          return listed?.length ? listed.includes(row.status) : matches(row.status, body.task_status)
        })
        .map((row) => ({ instance, row, at: row.task.startTime })),
    ),
  show: (kernel, { task, status }) => ({
    task: {
      user_id: idsOf(kernel, task.openId).user_id,
      start_time: String(task.startTime),
      end_time: String(status === 'PENDING' ? 0 : task.endTime),
      status: status.toLowerCase(),
      title: '',
      extra: '{}',
      task_id: task.id,
      update_time: String(task.endTime || task.startTime),
      task_external_id: '',
    },
  }),
}

const copySearch: Search<Copy> = {
  name: 'cc',
  time: 'cc_create_time',
  list: 'cc_list',
  rows: (instances, { now, user, body }) =>
    instances.flatMap((instance) =>
      instance.copies
        .filter((copy) => copy.createTime <= now && (user === undefined || copy.openId === user))
        .filter((copy) => matches(readStatus(copy, now), body.read_status))
        .map((row) => ({ instance, row, at: row.createTime })),
    ),
  show: (kernel, copy, { now }) => ({
    cc: {
      user_id: idsOf(kernel, copy.openId).user_id,
      create_time: String(copy.createTime),
      read_status: readStatus(copy, now).toLowerCase(),
      title: '',
      extra: '{}',
    },
  }),
}

export function registerSearches(kernel: Kernel): void {
  const base = '/open-apis/approval/v4'
  const register = <T>(path: string, search: Search<T>) =>
    kernel.api({
      method: 'POST',
      path: `${base}${path}`,
      limit: fast,
      unverified,
      handle: (call) => run(kernel, call, search),
    })
  register('/instances/query', instanceSearch)
  register('/tasks/search', taskSearch)
  register('/instances/search_cc', copySearch)
}

const idFilters = ['user_id', 'approval_code', 'instance_code', 'instance_external_id', 'group_external_id']

function run<T>(kernel: Kernel, { body, query }: ApiCall, search: Search<T>): unknown {
  if (idFilters.every((name) => body[name] === undefined))
    throw approvalFailure(1390001, `one of ${idFilters.join(', ')} is needed`)
  const [from, to] = windowOf(body, search.time)
  const user =
    body.user_id === undefined ? undefined : requireEmployee(kernel, body.user_id, query.user_id_type).open_id
  const scope = { now: kernel.clock.now() - searchLagMs, user, body }
  const instances = approvalState(kernel)
    .instances.filter((one) => one.startTime <= scope.now)
    .filter((one) => body.approval_code === undefined || one.approval_code === body.approval_code)
    .filter((one) => body.instance_code === undefined || one.instance_code === body.instance_code)
    .filter(() => body.instance_external_id === undefined && body.group_external_id === undefined)
  const rows = search.rows(instances, scope).filter(({ at }) => at >= from && at <= to)
  if (Number(query.page_size ?? 10) < 5) throw approvalFailure(1390001, 'page_size: 5–200')
  const { items, ...rest } = page(rows, query, { size: 10, most: 200, code: 1390001 })
  return {
    count: rows.length,
    [search.list]: items
      .filter(({ instance }) => !instance.reverted)
      .map(({ instance, row }) => ({
        ...common(kernel, instance, scope.now),
        ...search.show(kernel, row, scope),
      })),
    ...rest,
  }
}

/** Both ends or none, at most 30 days. */
function windowOf(body: Record<string, unknown>, name: string): [from: number, to: number] {
  const given = [body[`${name}_from`], body[`${name}_to`]]
  if (given.every((one) => one === undefined)) return [0, Number.MAX_SAFE_INTEGER]
  const [from = Number.NaN, to = Number.NaN] = given.map((one) =>
    one === undefined ? Number.NaN : Number(one),
  )
  if (!(to >= from) || to - from > longestWindowMs)
    throw approvalFailure(1390001, `${name}: both ends, at most 30 days apart`)
  return [from, to]
}

function common(kernel: Kernel, instance: Instance, now: number): object {
  const definition = definitionOf(kernel, instance)
  const status = lagged(instance, now)
  return {
    approval: {
      code: instance.approval_code,
      name: definition?.name ?? '',
      is_external: false,
      approval_id: definition?.approval_id ?? '',
    },
    instance: {
      code: instance.instance_code,
      external_id: '',
      user_id: idsOf(kernel, instance.openId).user_id,
      start_time: String(instance.startTime),
      end_time: String(status === 'PENDING' ? 0 : instance.endTime),
      status: status.toLowerCase(),
      title: '',
      extra: '{}',
      serial_id: instance.serial_number,
    },
  }
}

function lagged(instance: Instance, now: number): Instance['status'] {
  return instance.endTime > now ? 'PENDING' : instance.status
}

function readStatus(copy: Copy, now: number): 'READ' | 'UNREAD' {
  return copy.readTime > 0 && copy.readTime <= now ? 'READ' : 'UNREAD'
}

function matches(status: string, wanted: unknown): boolean {
  return wanted === undefined || wanted === 'ALL' || wanted === status
}

const searchStatus = {
  PENDING: 'PENDING',
  APPROVED: 'APPROVED',
  REJECTED: 'REJECT',
  CANCELED: 'RECALL',
  DELETED: 'DELETED',
}
