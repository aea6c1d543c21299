import type { Clock } from '#src/clock.ts'
import type { FeishuConfig } from '#src/config.ts'
import type { Database } from '#src/db/database.ts'
import { createFeishu, type OwnFeishu } from '#src/feishu/create-feishu.ts'
import { createUsage, type OwnUsage } from '#src/feishu/usage.ts'
import { createLimits } from '#src/limits/create-limits.ts'
import type { Logger } from '#src/log.ts'
import type { Metrics } from '#src/ops/metrics.ts'

export interface FeishuLink {
  feishu: OwnFeishu
  close(): Promise<void>
}

/** The Feishu client with shared limits, the budget meter and the metrics around it. */
export function createFeishuLink(
  config: FeishuConfig,
  deps: { database: Database; clock: Clock; log: Logger; metrics: Metrics },
): FeishuLink {
  const meter: OwnUsage = createUsage(deps)
  const usage = {
    count(api: string, purpose: string, ok: boolean) {
      meter.count(api, purpose, ok)
      deps.metrics.feishuCall(api, purpose, ok)
    },
  }
  const limits = createLimits(deps)
  const { baseUrl, appId, appSecret } = config
  const feishu = createFeishu({ baseUrl, appId, appSecret, limits, usage, clock: deps.clock, log: deps.log })
  return {
    feishu,
    async close() {
      await meter.close()
      await feishu.close()
    },
  }
}
