/** 获取单个审批实例详情: all times as ms text, "0" while running. */
import type { Kernel } from '../../kernel/types.ts'
import { definitionOf } from './definition-store.ts'
import { fileLink } from './file-links.ts'
import { writeForm } from './form.ts'
import { idsOf } from './people.ts'
import type { Comment, Definition, Instance, Task, TimelineEntry } from './state.ts'

export function showInstance(kernel: Kernel, instance: Instance, locale?: unknown): object {
  const definition = definitionOf(kernel, instance)
  const texts = definition?.texts?.[String(locale ?? '')]
  return {
    approval_name: texts?.name ?? definition?.name ?? '',
    start_time: String(instance.startTime),
    end_time: String(instance.endTime),
    ...idsOf(kernel, instance.openId),
    serial_number: instance.serial_number,
    department_id: instance.departmentId,
    status: instance.status,
    uuid: instance.uuid || instance.instance_code,
    form: writeForm(kernel, definition, instance.form, texts),
    task_list: instance.tasks.map((task) => showTask(kernel, definition, task)),
    comment_list: instance.comments
      .filter((comment) => !comment.deleted)
      .map((comment) => showComment(kernel, comment)),
    timeline: instance.timeline.map((entry) => showEntry(kernel, instance, entry)),
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
    node_name: node?.name ?? '提交',
    ...(node?.custom_node_id ? { custom_node_id: node.custom_node_id } : {}),
    type: task.type,
    start_time: String(task.startTime),
    end_time: String(task.endTime),
  }
}

function showComment(kernel: Kernel, comment: Comment): object {
  const files = filesIn(kernel, comment.content)
  return {
    id: comment.id,
    ...idsOf(kernel, comment.openId),
    comment: plainText(comment.content),
    create_time: String(comment.createTime),
    ...(files.length > 0 && { files }),
  }
}

/** Entries about other people name them in lists and in ext; the others' ext is empty. */
function showEntry(kernel: Kernel, instance: Instance, entry: TimelineEntry): object {
  const others = entry.openIds.map((openId) => idsOf(kernel, openId))
  const lists = {
    user_id_list: others.map((one) => one.user_id),
    open_id_list: others.map((one) => one.open_id),
  }
  return {
    type: entry.type,
    create_time: String(entry.createTime),
    ...idsOf(kernel, entry.openId),
    ...(entry.taskId ? { task_id: entry.taskId } : {}),
    ...(entry.comment ? { comment: entry.comment } : {}),
    ...(others.length > 0 && lists),
    ...(entry.type === 'CC' && { cc_user_list: copiesOf(kernel, instance, entry) }),
    ext: JSON.stringify(others.length > 0 ? { ...lists, ...others[0] } : {}),
    ...(entry.nodeId ? { node_key: entry.nodeId } : {}),
  }
}

function copiesOf(kernel: Kernel, instance: Instance, entry: TimelineEntry): object[] {
  return entry.openIds.map((openId) => ({
    ...idsOf(kernel, openId),
    cc_id:
      instance.copies.find((copy) => copy.openId === openId && copy.createTime === entry.createTime)?.id ??
      '',
  }))
}

/** Comments are stored as `{"text": …, "files": […]}`. */
export function plainText(content: string): string {
  return String(parsed(content)?.text ?? (parsed(content) ? '' : content))
}

function filesIn(kernel: Kernel, content: string): object[] {
  const files = parsed(content)?.files
  if (!Array.isArray(files)) return []
  return (files as Record<string, unknown>[]).map((file) => ({
    url: fileLink(kernel, String(file.url ?? '')),
    file_size: Number(file.fileSize ?? 0),
    title: String(file.title ?? ''),
    type: file.type === 'image' ? 'image' : 'attachment',
  }))
}

function parsed(content: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(content)
    return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
