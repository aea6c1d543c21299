import type { Kernel } from '../../kernel/types.ts'
import { auditReturns } from './decisions.ts'
import { getAfterSaleInfo, getOrderDetail, getOrderList, listAfterSaleInfos } from './lists.ts'
import type { Shop } from './state.ts'

export interface XhsCall {
  kernel: Kernel
  shop: Shop
  /** The whole body: business fields stand beside the common ones. */
  fields: Record<string, unknown>
}

/** UNVERIFIED: numbers and words of the list. */
const rejectReasons = () => ({ rejectReasons: [{ reasonId: 1, reasonName: '已与买家协商一致' }] })

/** What can be asked with a shop's token. */
export const methods: Record<string, (call: XhsCall) => unknown> = {
  'order.getOrderList': getOrderList,
  'order.getOrderDetail': getOrderDetail,
  'afterSale.listAfterSaleInfos': listAfterSaleInfos,
  'afterSale.getAfterSaleInfo': getAfterSaleInfo,
  'afterSale.auditReturns': auditReturns,
  'afterSale.rejectReasons': rejectReasons,
}
