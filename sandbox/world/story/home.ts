/** What goes on in this world, for a returning visitor. */
import { openShops } from '../../channels/douyin-shop/assortment.ts'
import { type Order, savedOrders } from '../../channels/douyin-shop/state.ts'
import { todayStart } from '../../channels/douyin-shop/web/read.ts'
import { shopName } from '../../channels/douyin-shop/web/show.ts'
import { refundExecutions } from '../../channels/refund-executions.ts'
import { erpState } from '../../erp/jushuitan/state.ts'
import { approvalState } from '../../feishu/approval/state.ts'
import { bases } from '../../feishu/bitable/state.ts'
import type { Kernel } from '../../kernel/types.ts'
import { cardsAbout } from './cards.ts'
import type { WebHome } from './shapes.ts'

const hourMs = 3_600_000
const shownOrders = 6

export function homeView(kernel: Kernel, connected: boolean): WebHome {
  const today = todayStart(kernel)
  const fresh = savedOrders(kernel).filter((order) => order.createTime >= today)
  const paid = (orders: readonly Order[]) =>
    orders.reduce((sum, order) => sum + (order.payTime > 0 ? order.payAmount : 0), 0)
  return {
    connected,
    shops: openShops(kernel).map(({ shopId, name }) => {
      const own = fresh.filter((order) => order.shopId === shopId)
      return { shop_id: shopId, name, orders: own.length, paid: paid(own) }
    }),
    cards: cardsAbout(kernel, { text: '', since: today * 1000 }).length,
    rows: bases({ kernel })
      .flatMap((base) => base.tables)
      .reduce((sum, table) => sum + table.row_count, 0),
    open_approvals: approvalState(kernel).instances.filter((one) => one.status === 'PENDING').length,
    open_refunds: erpState(kernel).refunds.filter((one) => one.status === 'WaitConfirm').length,
    paid_refunds: refundExecutions(kernel).length,
    hours: lastHours(kernel),
    latest: savedOrders(kernel)
      .slice(-60)
      .toSorted((a, b) => b.createTime - a.createTime)
      .slice(0, shownOrders)
      .map((order) => ({
        order_id: order.id,
        shop_name: shopName(kernel, order.shopId),
        product: order.productName,
        amount: order.payAmount,
        at: order.createTime * 1000,
      })),
  }
}

function lastHours(kernel: Kernel): WebHome['hours'] {
  const end = Math.floor(kernel.clock.now() / hourMs) * hourMs
  const hours = Array.from({ length: 24 }, (_, index) => ({ at: end - (23 - index) * hourMs, orders: 0 }))
  const first = hours[0]?.at ?? 0
  for (const order of savedOrders(kernel)) {
    const hour = hours[Math.floor((order.createTime * 1000 - first) / hourMs)]
    if (hour) hour.orders += 1
  }
  return hours
}
