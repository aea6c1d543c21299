/** `/approval/v4/tasks`: approve, reject, transfer, resubmit, and one person's lists. */
import type { ApiCall, Kernel } from '../../kernel/types.ts'
import { definitionOf } from './definition-store.ts'
import { approvalFailure } from './failures.ts'
import { approveTask, rejectTask, resubmitTask, startNodeId, transferTask } from './flow.ts'
import { readForm } from './form.ts'
import { plainText } from './instance-view.ts'
import { requireInstanceOf } from './instances.ts'
import { requireEmployee } from './people.ts'
import type { Instance, Task } from './state.ts'

const base = '/open-apis/approval/v4/tasks'
const limit = { perMinute: 100 }

type Deed = (kernel: Kernel, own: Own, call: ApiCall) => void

interface Own {
  instance: Instance
  task: Task
  comment: string
}

const deeds: Readonly<Record<string, Deed>> = {
  approve: (kernel, own, { body }) => {
    if (body.form !== undefined) changeForm(kernel, own, body.form)
    approveTask(kernel, own.instance, own.task, own.comment)
  },
  reject: (kernel, own, { body }) => {
    if (body.form !== undefined) changeForm(kernel, own, body.form)
    rejectTask(kernel, own.instance, own.task, own.comment)
  },
  transfer: (kernel, own, { body, query }) => {
    const to = requireEmployee(kernel, body.transfer_user_id, query.user_id_type)
    transferTask(kernel, own.instance, own.task, { openId: to.open_id, comment: own.comment })
  },
  resubmit: (kernel, own, { body }) => {
    if (own.task.nodeId !== startNodeId) throw approvalFailure(1390001, 'the task is not the applicant’s')
    const definition = definitionOf(kernel, own.instance)
    if (definition) own.instance.form = readForm(kernel, definition, body.form)
    resubmitTask(kernel, own.instance, own.task, own.comment)
  },
}

export function registerTasks(kernel: Kernel): void {
  for (const [name, deed] of Object.entries(deeds)) {
    kernel.api({
      method: 'POST',
      path: `${base}/${name}`,
      limit,
      ...(name === 'resubmit' && { unverified: ['the history entry of a resubmission'] }),
      handle: (call) => {
        const own = requireOwnTask(kernel, call)
        if (name !== 'resubmit' && own.task.nodeId === startNodeId) throw approvalFailure(1390010)
        deed(kernel, { ...own, comment: plainText(String(call.body.comment ?? '')) }, call)
        return {}
      },
    })
  }
}

/** The current task of this very person. 1390010 also for a task that was processed already. */
export function requireOwnTask(
  kernel: Kernel,
  { body, query }: Pick<ApiCall, 'body' | 'query'>,
): { instance: Instance; task: Task } {
  const instance = requireInstanceOf(kernel, body)
  const bot = kernel.identity().botOpenId
  const openId =
    body.user_id === bot ? bot : requireEmployee(kernel, body.user_id, query.user_id_type).open_id
  const task = instance.tasks.find((one) => one.id === body.task_id)
  if (task?.status !== 'PENDING' || task.openId !== openId) throw approvalFailure(1390010)
  return { instance, task }
}

/** An approver's changes: only widgets the node lets them write. */
function changeForm(kernel: Kernel, { instance, task }: Own, text: unknown): void {
  const definition = definitionOf(kernel, instance)
  if (!definition) return
  const writable = definition.nodes.find((node) => node.node_id === task.nodeId)?.writable ?? []
  const changed = readForm(kernel, definition, text)
  const refused = changed.find((one) => !writable.includes(one.id))
  if (refused) throw approvalFailure(1390001, `控件=${refused.id} cannot be written in this node`)
  const ids = new Set(changed.map((one) => one.id))
  instance.form = [...instance.form.filter((one) => !ids.has(one.id)), ...changed]
}
