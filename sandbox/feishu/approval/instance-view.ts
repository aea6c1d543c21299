/** 获取单个审批实例详情: all times as ms text, "0" while running. */
import type { Kernel } from '../../kernel/types.ts'
import { definitionOf } from './flow.ts'
import { writeForm } from './form.ts'
import { idsOf } from './people.ts'
import type { Definition, Instance, Task, TimelineEntry } from './state.ts'

export function showInstance(kernel: Kernel, instance: Instance): object {
  const definition = definitionOf(kernel, instance)
  return {
    approval_name: definition?.name ?? '',
    start_time: String(instance.startTime),
    end_time: String(instance.endTime),
    ...idsOf(kernel, instance.openId),
    serial_number: instance.serial_number,
    department_id: instance.departmentId,
    status: instance.status,
    uuid: instance.uuid || instance.instance_code,
    form: writeForm(definition, instance.form),
    task_list: instance.tasks.map((task) => showTask(kernel, definition, task)),
    comment_list: instance.comments
      .filter((comment) => !comment.deleted)
      .map((comment) => ({
        id: comment.id,
        ...idsOf(kernel, comment.openId),
        comment: plainText(comment.content),
        create_time: String(comment.createTime),
      })),
    timeline: instance.timeline.map((entry) => showEntry(kernel, entry)),
    approval_code: instance.approval_code,
    reverted: instance.reverted,
    instance_code: instance.instance_code,
  }
}

function showTask(kernel: Kernel, definition: Definition | undefined, task: Task): object {
  const node = definition?.nodes.find((one) => one.node_id === task.nodeId)
  return {
    id: task.id,
    ...idsOf(kernel, task.openId),
    status: task.status,
    node_id: task.nodeId,
    node_name: node?.name ?? '',
    ...(node?.custom_node_id ? { custom_node_id: node.custom_node_id } : {}),
    type: task.type,
    start_time: String(task.startTime),
    end_time: String(task.endTime),
  }
}

function showEntry(kernel: Kernel, entry: TimelineEntry): object {
  const others = entry.openIds.map((openId) => idsOf(kernel, openId))
  return {
    type: entry.type,
    create_time: String(entry.createTime),
    ...idsOf(kernel, entry.openId),
    ...(entry.taskId ? { task_id: entry.taskId } : {}),
    ...(entry.comment ? { comment: entry.comment } : {}),
    ...(others.length > 0
      ? { user_id_list: others.map((one) => one.user_id), open_id_list: others.map((one) => one.open_id) }
      : {}),
    ext: JSON.stringify(others[0] ?? {}),
    ...(entry.nodeId ? { node_key: entry.nodeId } : {}),
  }
}

/** Comments are stored as `{"text": …}`. */
export function plainText(content: string): string {
  try {
    return String((JSON.parse(content) as { text?: unknown }).text ?? '')
  } catch {
    return content
  }
}
