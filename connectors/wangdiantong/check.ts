import type { CheckReport } from '#src/contracts/connector.ts'
import { clockSkewOf } from '../kit/platform-error.ts'
import { gmt8FromInstant } from '../kit/time.ts'
import type { Deps } from './api.ts'
import { search } from './queries.ts'

/** One small search: it proves account, key, secret and clock. The ERP serves many shops, so ours gives the name. */
export async function check(deps: Deps): Promise<CheckReport> {
  const now = deps.now()
  const wanted = { from: gmt8FromInstant(now - 60_000), to: gmt8FromInstant(now) }
  const { response } = await search(deps, 'orders', { wanted, page: { no: 0, size: 1 } })
  return { shopName: deps.shop.name, clockSkewMs: clockSkewOf(response, deps.now()) }
}
