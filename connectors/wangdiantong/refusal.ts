import type { AppError } from '#src/errors.ts'
import { platformError, type Refusal } from '../kit/platform-error.ts'

export const connectorId = 'wangdiantong'

/** Only the flagship's 100 (limit) is certain. UNVERIFIED: the other codes, so the words decide. */
const words: readonly [RegExp, Refusal][] = [
  [/频率|频次|限流|limit/i, 'rate'],
  [/签名|sign|timestamp|时间戳/i, 'signature'],
  [/权限|appkey|app_key|sid|卖家账号|白名单|permission/i, 'permission'],
  [/系统繁忙|稍后|timeout|超时/i, 'unavailable'],
]

export function refusedCall(reply: { operation: string; code: number; message: string }): AppError {
  const refusal = reply.code === 100 ? 'rate' : words.find(([pattern]) => pattern.test(reply.message))?.[1]
  return platformError(refusal ?? 'request', {
    connector: connectorId,
    operation: reply.operation,
    code: String(reply.code),
    message: reply.message,
  })
}
