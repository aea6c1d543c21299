import { messageOf } from '#src/errors.ts'
import { FeishuError } from '#src/feishu/types.ts'

/** Why something failed, without what differs from call to call: the same trouble must read the same in an alert. */
export function steadyReason(error: unknown): string {
  const message = messageOf(error)
  if (!(error instanceof FeishuError) || error.logId === undefined) return message
  return message.replaceAll(`，日志号 ${error.logId}`, '').replaceAll(error.logId, '')
}
