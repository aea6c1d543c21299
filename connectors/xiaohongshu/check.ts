import type { CheckReport } from '#src/contracts/connector.ts'
import { clockSkewOf } from '../kit/platform-error.ts'
import { callShop, type Deps } from './api.ts'

/** One small list call proves app, secret, token and clock; nothing names the shop without another permission. */
export async function check(deps: Deps): Promise<CheckReport> {
  const seconds = Math.floor(deps.now() / 1000)
  const fields = { startTime: seconds - 60, endTime: seconds, timeType: 2, pageNo: 1, pageSize: 1 }
  const { response } = await callShop(deps, { method: 'order.getOrderList', fields, reads: true })
  return { shopName: deps.shop.name, clockSkewMs: clockSkewOf(response, deps.now()) }
}
