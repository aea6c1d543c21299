import { ApiFailure } from '../../kernel/types.ts'

/** Refusals of drive/v1/permissions. Feishu docs: 增加协作者权限 error table. */
export function invalid(detail: string): ApiFailure {
  return new ApiFailure(1063001, `Invalid parameter: ${detail}`)
}

export function invalidOperation(detail: string): ApiFailure {
  return new ApiFailure(1063003, `Invalid operation: ${detail}`)
}
