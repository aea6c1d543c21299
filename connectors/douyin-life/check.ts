import { z } from 'zod'
import type { CheckReport } from '#src/contracts/connector.ts'
import { clockSkewOf } from '../kit/platform-error.ts'
import { type Deps, query } from './api.ts'
import { orderPath } from './fetch.ts'

const firstOrder = z.object({
  orders: z.array(z.object({ merchant_info: z.object({ account_name: z.string().min(1) }) })).min(1),
})

/** One small list call: it proves key, secret, account and permission, and names the merchant when there is an order. */
export async function check(deps: Deps): Promise<CheckReport> {
  const now = Math.floor(deps.now() / 1000)
  const { data, response } = await query(deps, orderPath, {
    update_order_start_time: now - 86_400,
    update_order_end_time: now,
    page_num: 1,
    page_size: 10,
  })
  const name = firstOrder.safeParse(data).data?.orders[0]?.merchant_info.account_name
  return { shopName: name ?? deps.shop.name, clockSkewMs: clockSkewOf(response, deps.now()) }
}
