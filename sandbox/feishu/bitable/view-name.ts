import { limits } from './limits.ts'
import { refuse } from './refusal.ts'

/** A view's name: not empty, at most 100 characters, no square brackets. */
export function readViewName(given: unknown): string {
  const name = typeof given === 'string' ? given.trim() : ''
  if (name === '') refuse(1254021, 'view_name is empty')
  if (name.length > limits.nameChars || /[[\]]/.test(name))
    refuse(1254022, `view_name "${name}" is not allowed`)
  return name
}
