/** Schema 1.0 events, in order per instance, and only for definitions the app has subscribed to. */
import type { Kernel } from '../../kernel/types.ts'
import { definitionOf } from './definition-store.ts'
import { idsOf } from './people.ts'
import type { Copy, Instance, Task } from './state.ts'

/** operate_time is text, but a number where an approved instance is revoked. Feishu docs: 审批实例状态变更. */
export function emitInstance(kernel: Kernel, instance: Instance, status: string): void {
  const now = kernel.clock.now()
  emit(kernel, instance, 'approval_instance', {
    status,
    operate_time: status === 'REVERTED' ? now : String(now),
    instance_operate_time: String(now),
    // Only when the creator gave one.
    ...(instance.uuid ? { uuid: instance.uuid } : {}),
  })
}

export function emitTask(
  kernel: Kernel,
  instance: Instance,
  task: Task,
  told: { status: string; extra: Record<string, unknown> } = { status: task.status, extra: {} },
): void {
  const node = definitionOf(kernel, instance)?.nodes.find((one) => one.node_id === task.nodeId)
  emit(kernel, instance, 'approval_task', {
    ...idsOf(kernel, task.openId),
    task_id: task.id,
    status: told.status,
    operate_time: String(kernel.clock.now()),
    custom_key: node?.custom_node_id ?? '',
    def_key: task.nodeId,
    extra: JSON.stringify(told.extra),
  })
}

export function emitCopy(kernel: Kernel, instance: Instance, copy: Copy, operate: 'CREATE' | 'READ'): void {
  const from = idsOf(kernel, copy.fromOpenId)
  emit(kernel, instance, 'approval_cc', {
    id: copy.id,
    ...idsOf(kernel, copy.openId),
    operate,
    from: from.user_id,
    from_user_id: from.user_id,
    from_open_id: from.open_id,
    create_time: copy.createTime,
  })
}

function emit(kernel: Kernel, instance: Instance, type: string, event: Record<string, unknown>): void {
  if (!definitionOf(kernel, instance)?.subscribed) return
  const { approval_code, instance_code } = instance
  kernel.events.emit({
    schema: '1.0',
    type,
    lane: instance_code,
    event: { type, approval_code, instance_code, ...event },
  })
}
