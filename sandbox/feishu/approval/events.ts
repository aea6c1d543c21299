/** Schema 1.0 events, in order per instance, and only for definitions the app has subscribed to. */
import type { Kernel } from '../../kernel/types.ts'
import { idsOf } from './people.ts'
import { approvalState, type Instance, type Task } from './state.ts'

export function emitInstance(kernel: Kernel, instance: Instance, status: string): void {
  const now = String(kernel.clock.now())
  emit(kernel, instance, 'approval_instance', {
    status,
    operate_time: now,
    instance_operate_time: now,
    // Only when the creator gave one.
    ...(instance.uuid ? { uuid: instance.uuid } : {}),
  })
}

export function emitTask(kernel: Kernel, instance: Instance, task: Task): void {
  const definition = approvalState(kernel).definitions.find(
    (one) => one.approval_code === instance.approval_code,
  )
  const node = definition?.nodes.find((one) => one.node_id === task.nodeId)
  emit(kernel, instance, 'approval_task', {
    ...idsOf(kernel, task.openId),
    task_id: task.id,
    status: task.status,
    operate_time: String(kernel.clock.now()),
    custom_key: node?.custom_node_id ?? '',
    def_key: task.nodeId,
    extra: '{}',
  })
}

function emit(kernel: Kernel, instance: Instance, type: string, event: Record<string, unknown>): void {
  const definition = approvalState(kernel).definitions.find(
    (one) => one.approval_code === instance.approval_code,
  )
  if (!definition?.subscribed) return
  const { approval_code, instance_code } = instance
  kernel.events.emit({
    schema: '1.0',
    type,
    lane: instance_code,
    event: { type, approval_code, instance_code, ...event },
  })
}
