import type { Refund } from '#src/contracts/canonical.ts'
import { DataError } from '#src/errors.ts'
import { maskedWords } from '../kit/masked-words.ts'
import type { WangdiantongConfig } from './config.ts'
import { type RefundRecord, readRefund, stageOf, statusTextOf } from './refund-record.ts'
import { connectorId } from './refusal.ts'
import { type MappedShop, shopOf } from './shop-map.ts'

/** UNVERIFIED: 退换类型. */
const kinds: Record<string, Refund['kind']> = {
  '1': 'refund-only',
  '2': 'return-and-refund',
  '3': 'exchange',
  '4': 'refund-only',
}

/**
 * A refund as the ERP shows it. Its number is the platform's after-sale number; a refund the platform does not know yet
 * is named after the ERP's own. @throws DataError, also for one that covers several orders: its money cannot be shared out
 */
export function normalizeRefund(record: unknown, config: WangdiantongConfig): Refund {
  const refund = readRefund(record)
  const shop = shopOf(config, refund.shop_no)
  const stage = stageOf(refund)
  return {
    platform: shop.platform,
    refundNo: platformNumber(refund) ?? `${connectorId}:${refund.refund_no}`,
    orderNo: orderNumber(refund),
    shopId: shop.shopId,
    kind: kinds[refund.type ?? ''] ?? 'other',
    stage,
    statusText: statusTextOf(refund),
    version: refund.modified,
    amount: refund.guarantee_refund_amount,
    ...(stage === 'refunded' && refund.actual_refund_amount
      ? { refundedAmount: refund.actual_refund_amount }
      : {}),
    reason: maskedWords(refund.refund_reason ?? ''),
    times: {
      requested: refund.refund_time ?? refund.created ?? refund.modified,
      updated: refund.modified,
      ...(stage === 'refunded' ? { refunded: refund.modified } : {}),
    },
    ...(refund.operator_name === undefined
      ? {}
      : { operator: { id: refund.operator_name, name: refund.operator_name } }),
    refs: refsOf(refund, shop),
  }
}

function orderNumber({ refund_no, tid_list }: RefundRecord): string {
  const [only, ...others] = new Set(tid_list)
  if (only !== undefined && others.length === 0) return only
  throw new DataError(
    'wangdiantong_refund_not_one_order',
    `旺店通退换单 ${refund_no} 涉及 ${others.length === 0 ? 0 : others.length + 1} 个平台订单，请在旺店通里按订单分开处理`,
    { path: 'tid_list' },
  )
}

/** Several platform refunds in one of the ERP are not one of them. */
function platformNumber({ raw_refund_nos: numbers }: RefundRecord): string | undefined {
  return numbers.length === 1 ? numbers[0] : undefined
}

function refsOf(refund: RefundRecord, shop: MappedShop): Refund['refs'] {
  const number = platformNumber(refund)
  // UNVERIFIED: a number the ERP made up itself is not all digits; a platform's always is.
  const known = shop.connector !== undefined && /^\d+$/.test(number ?? '')
  return {
    [connectorId]: refund.refund_no,
    ...(known ? { [String(shop.connector)]: String(number) } : {}),
  }
}
