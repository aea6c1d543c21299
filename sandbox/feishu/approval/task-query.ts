/** `GET /approval/v4/tasks/query`: what one person has to do, has done, started or got copies of. Feishu docs: 查询用户的任务列表. */
import type { ApiCall, Kernel } from '../../kernel/types.ts'
import { findPerson } from '../contact/people.ts'
import { page } from '../paging.ts'
import { definitionOf } from './definition-store.ts'
import { idsOf, requireEmployee } from './people.ts'
import { approvalState, type Instance } from './state.ts'

const mostCounted = 1000
const processStatus = { PENDING: '1', APPROVED: '2', REJECTED: '3', CANCELED: '4', DELETED: '5' } as const
const taskStatus: Readonly<Record<string, string>> = { 1: '1', 2: '2', 3: '2', 17: '17', 18: '18' }

interface Row {
  instance: Instance
  id: string
  openId: string
  at: number
}

export function registerTaskQuery(kernel: Kernel): void {
  kernel.api({
    method: 'GET',
    path: '/open-apis/approval/v4/tasks/query',
    limit: { perMinute: 1000, perSecond: 50 },
    handle: (call) => listTasks(kernel, call),
  })
}

function listTasks(kernel: Kernel, { query }: ApiCall): unknown {
  const { open_id: openId } = requireEmployee(kernel, query.user_id, query.user_id_type)
  const topic = String(query.topic)
  const rows = approvalState(kernel)
    .instances.flatMap((instance) => rowsOf(instance, topic, openId))
    .toSorted((a, b) => b.at - a.at)
  const { items, ...rest } = page(rows, query, { size: 100, most: 200, code: 1390001 })
  return {
    tasks: items.map((row) => showRow(kernel, row, { topic, idType: query.user_id_type })),
    ...rest,
    ...(query.page_token
      ? {}
      : {
          count: {
            total: Math.min(rows.length, mostCounted - 1),
            has_more: rows.length >= mostCounted,
          },
        }),
  }
}

function rowsOf(instance: Instance, topic: string, openId: string): Row[] {
  if (topic === '3')
    return instance.openId === openId
      ? [{ instance, id: instance.tasks.at(-1)?.id ?? '', openId, at: instance.startTime }]
      : []
  if (topic === '17' || topic === '18')
    return instance.copies
      .filter((copy) => copy.openId === openId && copy.readTime > 0 === (topic === '18'))
      .map((copy) => ({ instance, id: copy.id, openId, at: copy.createTime }))
  const wanted = topic === '1' ? ['PENDING'] : ['APPROVED', 'REJECTED', 'TRANSFERRED']
  return instance.tasks
    .filter((task) => task.openId === openId && wanted.includes(task.status))
    .map((task) => ({ instance, id: task.id, openId, at: task.startTime }))
}

function showRow(
  kernel: Kernel,
  { instance, id, openId }: Row,
  { topic, idType }: { topic: string; idType: unknown },
): object {
  const definition = definitionOf(kernel, instance)
  const asked = (person: string) => (idType === 'user_id' ? idsOf(kernel, person).user_id : person)
  const link = `${kernel.baseUrl()}/approval/${instance.instance_code}`
  return {
    topic,
    user_id: asked(openId),
    title: instance.title || (definition?.name ?? ''),
    urls: { helpdesk: '', mobile: link, pc: link },
    process_external_id: '',
    task_external_id: '',
    status: taskStatus[topic] ?? '1',
    process_status: processStatus[instance.status],
    definition_code: instance.approval_code,
    initiators: [asked(instance.openId)],
    initiator_names: [findPerson(kernel, instance.openId, 'open_id')?.name ?? kernel.identity().botName],
    task_id: id,
    process_id: instance.instance_code,
    process_code: instance.instance_code,
    definition_group_id: '',
    definition_group_name: '',
    definition_id: definition?.approval_id ?? '',
    definition_name: definition?.name ?? '',
  }
}
