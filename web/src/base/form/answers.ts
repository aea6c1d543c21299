import type { WebField } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import type { WebQuestion } from '#sandbox/feishu/bitable/web/forms-shapes.ts'
import { types } from '../cells/types.ts'

/** Answers by field id, as the open API takes them; what is not answered is absent. */
export type Answers = Record<string, unknown>

/** What is wrong with the answers, by field id. */
export type Problems = Record<string, 'required' | 'email' | 'phone' | 'url' | 'number'>

export function isBlank(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === false ||
    (typeof value === 'string' && value.trim() === '') ||
    (Array.isArray(value) && value.length === 0)
  )
}

/** Checks what can be checked before anything is sent. */
export function problemsOf(questions: readonly WebQuestion[], answers: Answers): Problems {
  const problems: Problems = {}
  for (const { field, required } of questions) {
    const value = answers[field.field_id]
    if (isBlank(value)) {
      if (required) problems[field.field_id] = 'required'
      continue
    }
    const wrong = misfit(field, value)
    if (wrong) problems[field.field_id] = wrong
  }
  return problems
}

function misfit(field: WebField, value: unknown): Problems[string] | undefined {
  if (field.ui_type === 'Email' && !/^[^\s@]+@[^\s@]+$/.test(String(value))) return 'email'
  if (field.type === types.phone && !/^\+?\d{1,64}$/.test(String(value))) return 'phone'
  if (field.type === types.number && !Number.isFinite(value)) return 'number'
  if (field.type === types.url && String((value as { link?: string }).link ?? '').trim() === '') return 'url'
  return undefined
}
