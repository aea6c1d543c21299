import type { Kernel } from '../../kernel/types.ts'
import { showRefundExecutions } from '../refund-executions.ts'
import { afterSaleRoutes } from './aftersales.ts'
import { registerShopControl } from './control.ts'
import { openGateway } from './gateway.ts'
import { operateRoute } from './operate.ts'
import { orderRoutes } from './orders.ts'
import { resumeRefunds } from './refund.ts'
import { family, savedAfterSales, savedOrders, shopState } from './state.ts'
import { tokenRoutes } from './tokens.ts'
import { registerShopActs } from './web/act.ts'
import { registerShopReads } from './web/read.ts'

/** Doudian (抖店) under `/douyin-shop`: the signed open API, signed pushes, and the control calls that play buyers. */
export function registerDouyinShop(kernel: Kernel): void {
  openGateway(kernel, [...tokenRoutes, ...orderRoutes, ...afterSaleRoutes, operateRoute], family)
  registerShopControl(kernel)
  registerShopReads(kernel)
  registerShopActs(kernel)
  showRefundExecutions(kernel)
  kernel.effect('orders', () =>
    savedOrders(kernel).map((order) => ({ order_no: order.id, shop_id: order.shopId, status: order.status })),
  )
  kernel.effect('platformRefunds', () =>
    savedAfterSales(kernel).map((item) => ({
      refund_no: item.id,
      order_no: item.orderId,
      amount: item.amount,
      status: item.status,
      refund_status: item.refundStatus,
    })),
  )
  kernel.onStart(() => resumeRefunds(kernel))
  kernel.describe('channels', () => {
    const { appKey, appSecret, shops } = shopState(kernel)
    return {
      [family]: {
        baseUrl: `${kernel.baseUrl()}/douyin-shop`,
        appKey,
        appSecret,
        shops: shops.map((shop) => ({
          shopId: shop.shopId,
          name: shop.name,
          chat_id: shop.chatId,
          authorization: 'authorization_self',
        })),
      },
    }
  })
}
