/** `/approval/v4/tasks`: approve, reject, transfer, and one person's list. */
import type { ApiCall, Kernel } from '../../kernel/types.ts'
import { approvalFailure } from './failures.ts'
import { approveTask, definitionOf, rejectTask, transferTask } from './flow.ts'
import { requireInstanceOf } from './instances.ts'
import { idsOf, requireEmployee } from './people.ts'
import { approvalState, type Instance, type Task } from './state.ts'

const base = '/open-apis/approval/v4/tasks'
const slow = { perMinute: 100 }

export function registerTasks(kernel: Kernel): void {
  kernel.api({
    method: 'POST',
    path: `${base}/approve`,
    limit: slow,
    handle: (call) => {
      const { instance, task } = ownTask(kernel, call)
      approveTask(kernel, instance, task, String(call.body.comment ?? ''))
      return {}
    },
  })
  kernel.api({
    method: 'POST',
    path: `${base}/reject`,
    limit: slow,
    handle: (call) => {
      const { instance, task } = ownTask(kernel, call)
      rejectTask(kernel, instance, task, String(call.body.comment ?? ''))
      return {}
    },
  })
  kernel.api({
    method: 'POST',
    path: `${base}/transfer`,
    limit: slow,
    handle: (call) => transfer(kernel, call),
  })
  kernel.api({
    method: 'GET',
    path: `${base}/query`,
    limit: { perMinute: 1000, perSecond: 50 },
    handle: (call) => listTasks(kernel, call),
  })
}

/** The current task of this very person. 1390010 also for a task that was processed already. */
function ownTask(kernel: Kernel, { body, query }: ApiCall): { instance: Instance; task: Task } {
  const instance = requireInstanceOf(kernel, body)
  const person = requireEmployee(kernel, body.user_id, query.user_id_type)
  const task = instance.tasks.find((one) => one.id === body.task_id)
  if (task?.status !== 'PENDING' || task.openId !== person.open_id) throw approvalFailure(1390010)
  return { instance, task }
}

function transfer(kernel: Kernel, call: ApiCall): unknown {
  const { instance, task } = ownTask(kernel, call)
  const to = requireEmployee(kernel, call.body.transfer_user_id, call.query.user_id_type)
  transferTask(kernel, instance, task, { openId: to.open_id, comment: String(call.body.comment ?? '') })
  return {}
}

/** topic 1 to do, 2 done, 3 started by me; copies (17, 18) are not kept as tasks. */
function listTasks(kernel: Kernel, { query }: ApiCall): unknown {
  const person = requireEmployee(kernel, query.user_id, query.user_id_type)
  const topic = String(query.topic)
  const wanted = approvalState(kernel).instances.flatMap((instance) =>
    instance.tasks
      .filter((task) => belongs(topic, { instance, task, openId: person.open_id }))
      .map((task) => showTask(kernel, { instance, task, topic })),
  )
  return { tasks: wanted, count: { total: wanted.length, has_more: false }, has_more: false, page_token: '' }
}

function belongs(
  topic: string,
  { instance, task, openId }: { instance: Instance; task: Task; openId: string },
): boolean {
  if (topic === '1') return task.openId === openId && task.status === 'PENDING'
  if (topic === '2')
    return task.openId === openId && (task.status === 'APPROVED' || task.status === 'REJECTED')
  return topic === '3' && instance.openId === openId
}

function showTask(
  kernel: Kernel,
  { instance, task, topic }: { instance: Instance; task: Task; topic: string },
): object {
  const name = definitionOf(kernel, instance)?.name ?? ''
  return {
    topic,
    ...idsOf(kernel, task.openId),
    title: name,
    process_id: instance.instance_code,
    process_code: instance.instance_code,
    definition_code: instance.approval_code,
    definition_name: name,
    task_id: task.id,
    status: task.status === 'PENDING' ? '1' : '2',
    process_status: instance.status === 'PENDING' ? '1' : '2',
    initiators: [idsOf(kernel, instance.openId).user_id],
  }
}
