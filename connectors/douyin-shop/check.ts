import { z } from 'zod'
import type { CheckReport } from '#src/contracts/connector.ts'
import { clockSkewOf } from '../kit/platform-error.ts'
import { callShop, type Deps } from './api.ts'

const firstOrder = z.object({ shop_order_list: z.array(z.object({ shop_name: z.string().min(1) })).min(1) })

/** One small list call: it proves key, secret, token and clock, and usually names the shop. */
export async function check(deps: Deps): Promise<CheckReport> {
  const now = deps.now()
  const { data, response } = await callShop(deps, {
    path: '/order/searchList',
    param: {
      create_time_start: Math.floor(now / 1000) - 86_400,
      create_time_end: Math.floor(now / 1000),
      order_by: 'create_time',
      page: 0,
      size: 1,
    },
    reads: true,
  })
  return {
    shopName: firstOrder.safeParse(data).data?.shop_order_list[0]?.shop_name ?? deps.shop.name,
    clockSkewMs: clockSkewOf(response, deps.now()),
  }
}
