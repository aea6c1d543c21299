import { z } from 'zod'
import type { ApprovalInstance } from './types.ts'

/** ms as text or number; "0" and '' mean: not yet. */
const instant = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => Number(value ?? 0) || undefined)

/** Tasks of nobody (passed by rule) have an empty id. */
const person = z
  .string()
  .nullish()
  .transform((id) => id || undefined)

const task = z
  .object({
    id: z.string(),
    open_id: person,
    status: z.string(),
    node_name: z.string().nullish(),
    end_time: instant,
  })
  .transform((one) => ({
    id: one.id,
    openId: one.open_id,
    status: one.status,
    nodeName: one.node_name ?? '',
    endedAt: one.end_time,
  }))

const step = z
  .object({ type: z.string(), open_id: person, comment: z.string().nullish(), create_time: instant })
  .transform((one) => ({
    type: one.type,
    openId: one.open_id,
    comment: one.comment || undefined,
    at: one.create_time ?? 0,
  }))

/** Feishu docs: 获取单个审批实例详情. */
export const instanceAnswer = z
  .object({
    instance_code: z.string(),
    approval_code: z.string(),
    uuid: z.string().nullish(),
    status: z.enum(['PENDING', 'APPROVED', 'REJECTED', 'CANCELED', 'DELETED']),
    reverted: z.boolean().nullish(),
    open_id: z.string().nullish(),
    end_time: instant,
    task_list: z.array(task).nullish(),
    timeline: z.array(step).nullish(),
  })
  .transform(
    (data): ApprovalInstance => ({
      instanceCode: data.instance_code,
      approvalCode: data.approval_code,
      uuid: data.uuid || undefined,
      status: data.status,
      reverted: data.reverted ?? false,
      openId: data.open_id ?? '',
      endedAt: data.end_time,
      tasks: data.task_list ?? [],
      timeline: data.timeline ?? [],
    }),
  )
