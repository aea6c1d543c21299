import { z } from 'zod'
import { AppError } from '#src/errors.ts'
import type { ApprovalWidget } from './types.ts'

/** Options come as `option: [{value, text}]`; definitions made through the API also show `value: [{key, text}]`. */
const choice = z
  .object({ value: z.string().optional(), key: z.string().optional(), text: z.string().default('') })
  .transform((one) => ({ key: one.value ?? one.key ?? '', text: one.text }))

const choices = z.array(choice)

const widget = z.object({
  id: z.string(),
  custom_id: z.string().nullish(),
  name: z.string().default(''),
  type: z.string(),
  required: z.boolean().default(false),
  option: z.unknown().optional(),
  value: z.unknown().optional(),
})

const hasChoices = (type: string) => /^(radio|checkbox)(V2)?$/.test(type)

/**
 * The widgets of an approval definition's `form` (a JSON string of an array). Throws AppError `feishu_unreadable` when
 * it is not that.
 */
export function readWidgets(form: string): ApprovalWidget[] {
  const parsed = z.array(widget).safeParse(parse(form))
  if (!parsed.success) {
    const where = parsed.error.issues[0]?.path.join('.') ?? ''
    throw new AppError('feishu_unreadable', `审批定义的表单无法识别（${where || '不是控件数组'}）。`, {
      retry: 'backoff',
      outcome: 'unknown',
    })
  }
  return parsed.data.map((one) => ({
    id: one.id,
    customId: one.custom_id || undefined,
    name: one.name,
    type: one.type,
    required: one.required,
    options: hasChoices(one.type) ? optionsOf(one) : [],
  }))
}

function optionsOf(one: { option?: unknown; value?: unknown }): ApprovalWidget['options'] {
  for (const source of [one.option, one.value]) {
    const parsed = choices.safeParse(typeof source === 'string' ? parse(source) : source)
    if (parsed.success && parsed.data.length > 0) return parsed.data
  }
  return []
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
