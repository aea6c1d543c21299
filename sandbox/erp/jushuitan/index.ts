import { showRefundExecutions } from '../../channels/refund-executions.ts'
import type { Kernel } from '../../kernel/types.ts'
import { mirrorAfterSales } from './after-sale-mirror.ts'
import { registerErpControl } from './control.ts'
import { openErpGateway } from './gateway.ts'
import { mirrorMissing, mirrorOrders, orderRoutes } from './orders.ts'
import { refundRoutes, resumePayouts } from './refunds.ts'
import { currentToken, erpState, family } from './state.ts'
import { authRoutes } from './tokens.ts'
import { registerErpWeb } from './web.ts'
import { writeBackRoutes } from './write-back.ts'

/** Jushuitan (聚水潭) under `/jushuitan`: the signed open API over a mirror of the shops' orders, and refunds of its own. */
export function registerJushuitan(kernel: Kernel): void {
  openErpGateway(kernel, [...authRoutes, ...orderRoutes, ...refundRoutes, ...writeBackRoutes])
  registerErpControl(kernel)
  registerErpWeb(kernel)
  showRefundExecutions(kernel)
  kernel.effect('erpRefunds', () =>
    erpState(kernel).refunds.map((refund) => ({
      refund_no: refund.outerAsId,
      as_id: refund.asId,
      order_no: refund.soId,
      amount: refund.amount,
      status: refund.status,
      shop_status: refund.shopStatus,
    })),
  )
  mirrorOrders(kernel)
  mirrorAfterSales(kernel)
  kernel.onStart(() => {
    mirrorMissing(kernel)
    resumePayouts(kernel)
  })
  kernel.describe('erp', () => {
    const { appKey, appSecret, shops } = erpState(kernel)
    return {
      [family]: {
        baseUrl: `${kernel.baseUrl()}/jushuitan`,
        appKey,
        appSecret,
        accessToken: currentToken(kernel).accessToken,
        refreshToken: currentToken(kernel).refreshToken,
        shops: shops.map((shop) => ({
          shopId: shop.shopId,
          name: shop.name,
          platformShopId: shop.platformShopId,
        })),
      },
    }
  })
}
