import type { CheckReport } from '#src/contracts/connector.ts'
import { clockSkewOf } from '../kit/platform-error.ts'
import { gmt8FromInstant } from '../kit/time.ts'
import { callErp, type Deps } from './api.ts'
import { queries } from './fetch.ts'

/** One small list call: it proves key, secret, token and clock. The ERP serves many shops, so ours gives the name. */
export async function check(deps: Deps): Promise<CheckReport> {
  const now = deps.now()
  const { response } = await callErp(deps, {
    path: queries.orders.path,
    biz: {
      modified_begin: gmt8FromInstant(now - 3_600_000),
      modified_end: gmt8FromInstant(now),
      page_index: 1,
      page_size: 1,
    },
    reads: true,
  })
  return { shopName: deps.shop.name, clockSkewMs: clockSkewOf(response, deps.now()) }
}
