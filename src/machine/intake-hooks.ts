import { AppError, messageOf } from '#src/errors.ts'
import type { IntakeHooks } from '#src/intake/schedule.ts'
import { type IntakeSource, sourceName } from '#src/intake/source.ts'
import type { Metrics } from '#src/ops/metrics.ts'
import type { AlertPort } from './alert-port.ts'

/** So many failed pulls in a row are told to people; one alone heals by itself. */
const tellAfter = 5
const code = 'pull_failing'

/** Counts pulls, and tells people when a shop's data stops coming: at once when only a person can help. */
export function createIntakeHooks(
  metrics: Metrics,
  alerts: Pick<AlertPort, 'raise' | 'resolve'>,
): IntakeHooks {
  const failures = new Map<string, number>()
  const keyOf = (source: IntakeSource, kind: string) => `${sourceName(source)}/${kind}`
  return {
    onPulled(source, kind, report) {
      metrics.pulled(source.connector.id, kind, report.created + report.changed + report.unchanged)
      const subject = keyOf(source, kind)
      if ((failures.get(subject) ?? 0) > 0) void alerts.resolve({ code, subject })
      failures.set(subject, 0)
    },
    onLag: (source, kind, lagMs) => metrics.pullLag(source.shop.id, source.connector.id, kind, lagMs),
    onError(source, kind, error) {
      metrics.pullFailed(source.connector.id, kind)
      const subject = keyOf(source, kind)
      const count = (failures.get(subject) ?? 0) + 1
      failures.set(subject, count)
      const forGood = error instanceof AppError && error.retry === 'never'
      if (count !== tellAfter && !(forGood && count === 1)) return
      void alerts.raise({
        code,
        subject,
        title: `「${source.shop.name}」的数据拉取失败`,
        text: `${source.connector.label} ${kind === 'orders' ? '订单' : '售后'}：${messageOf(error)}`,
        remedy: '系统会持续重试，恢复后自动补齐、不会遗漏。若提示授权或权限失效，请重新授权该店铺。',
      })
    },
  }
}
