import { ApiFailure } from '../../kernel/types.ts'

const failures = {
  1061002: ['params error.', 400],
  1061003: ['not found.', 404],
  1061004: ['forbidden.', 403],
  1061005: ['auth failed.', 401],
  1061007: ['file has been delete.', 404],
  1061008: ['invalid file name.', 400],
  1061021: ['upload id expire.', 400],
  1061043: ['file size beyond limit.', 400],
  1061044: ['parent node not exist.', 400],
  1062008: ['checksum param Invalid.', 400],
  1062009: ['the actual size is inconsistent with the parameter declaration size.', 400],
  1062010: ['block missing, please upload all blocks.', 400],
  1062011: ['block num out of bounds.', 400],
  1062507: ['parent node out of sibling num.', 400],
  1062501: ['operate node no permission.', 403],
  1062535: ['destination parent no permission.', 403],
} as const satisfies Record<number, readonly [string, number]>

export type MediaCode = keyof typeof failures

/** A refusal of uploads and files. Feishu docs: 上传素材, 云空间 error tables. */
export function mediaFailure(code: MediaCode, detail?: string): ApiFailure {
  const [msg, status] = failures[code]
  return new ApiFailure(code, msg, { status, ...(detail ? { error: { message: detail } } : {}) })
}
