import { ApiFailure } from '../../kernel/types.ts'

const texts = {
  1390001: 'param is invalid',
  1390002: 'approval code not found',
  1390003: 'instance code not found',
  1390004: 'user_id or open_id not found',
  1390007: 'subscription existed',
  1390009: 'no operation permission',
  1390010: 'task not found',
  1390013: 'unsupported approval for free process',
  1390015: 'approval is not active',
  1390016: 'approval is deleted',
  60006: 'widget is invalid',
  60012: 'uuid conflict',
} as const

/** A refusal of the approval API: HTTP 400, except 1390009 which is 403. `detail` is appended to the platform's text. */
export function approvalFailure(code: keyof typeof texts, detail?: string): ApiFailure {
  const text = detail === undefined ? texts[code] : `${texts[code]}: ${detail}`
  return new ApiFailure(code, text, { status: code === 1390009 ? 403 : 400 })
}
