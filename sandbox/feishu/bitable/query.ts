import { type ApiCall, ApiFailure } from '../../kernel/types.ts'
import type { IdType } from './directory.ts'
import { limits } from './limits.ts'
import { refuse } from './refusal.ts'

/** The gateway's refusal of a parameter, before the base is asked. */
export function violation(field: string, description: string): ApiFailure {
  return new ApiFailure(99992402, 'field validation failed', {
    status: 400,
    error: { field_violations: [{ field, description }] },
  })
}

export function queryText(query: ApiCall['query'], name: string): string | undefined {
  const value = query[name]
  return Array.isArray(value) ? value[0] : value
}

export function queryFlag(query: ApiCall['query'], name: string): boolean {
  return queryText(query, name) === 'true'
}

export function idTypeOf(value: unknown): IdType {
  if (value === undefined || value === '') return 'open_id'
  if (value === 'open_id' || value === 'user_id' || value === 'union_id') return value
  throw violation('user_id_type', 'options: [open_id,union_id,user_id]')
}

/** page_size of a list whose page documents a maximum: the gateway checks it. */
export function listPageSize(query: ApiCall['query']): number {
  const text = queryText(query, 'page_size')
  if (text === undefined || text === '') return 20
  const size = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (!(size <= limits.listPage)) throw violation('page_size', `the max value is ${limits.listPage}`)
  if (size < 1) refuse(1254011, 'page_size must be at least 1')
  return size
}

export function searchPageSize(query: ApiCall['query']): number {
  const text = queryText(query, 'page_size')
  if (text === undefined || text === '') return 20
  const size = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (!(size >= 1 && size <= limits.searchPage))
    refuse(1254011, `page_size must be 1 to ${limits.searchPage}`)
  return size
}
