import type { Refund } from '#src/contracts/canonical.ts'
import { maskedWords } from '../kit/masked-words.ts'
import { withoutUndefined } from '../kit/without-undefined.ts'
import { connectorId } from './api.ts'
import type { JushuitanConfig } from './config.ts'
import { type RefundRecord, readRefund, stageOf } from './refund-record.ts'
import { type MappedShop, shopOf } from './shop-map.ts'

/** Platform: 售后类型. */
const kinds: Record<string, Refund['kind']> = {
  仅退款: 'refund-only',
  普通退货: 'return-and-refund',
  拒收退货: 'return-and-refund',
  换货: 'exchange',
}

const statusTexts: Record<string, string> = {
  WaitConfirm: '待确认',
  Confirmed: '已确认',
  Cancelled: '作废',
  Merged: '被合并',
}

/**
 * A refund as the ERP shows it. Its number is the platform's after-sale number; a refund the platform does not know
 * yet is named after the ERP's own. @throws DataError
 */
export function normalizeRefund(record: unknown, config: JushuitanConfig): Refund {
  const refund = readRefund(record)
  const shop = shopOf(config, refund.shop_id)
  const stage = stageOf(refund)
  return {
    platform: shop.platform,
    refundNo: refund.outer_as_id ?? `${connectorId}:${refund.as_id}`,
    orderNo: refund.so_id,
    shopId: shop.shopId,
    kind: kinds[refund.type ?? ''] ?? 'other',
    stage,
    statusText: statusTexts[refund.status ?? ''] ?? refund.status ?? '',
    version: refund.modified,
    amount: refund.refund,
    ...(stage === 'refunded' && refund.receive_refund ? { refundedAmount: refund.receive_refund } : {}),
    reason: maskedWords(refund.question_desc ?? refund.question_type ?? ''),
    times: {
      requested: refund.as_date ?? refund.created ?? refund.modified,
      updated: refund.modified,
      ...(stage === 'refunded' ? { refunded: refund.modified } : {}),
    },
    ...withoutUndefined({ operator: operatorOf(refund) }),
    refs: refsOf(refund, shop),
  }
}

function operatorOf({ creator, creator_name }: RefundRecord): Refund['operator'] {
  const id = creator ?? creator_name
  return id === undefined ? undefined : { id, ...withoutUndefined({ name: creator_name }) }
}

function refsOf(refund: RefundRecord, shop: MappedShop): Refund['refs'] {
  // UNVERIFIED: a number the ERP made up itself is not all digits; a platform's always is.
  const known = shop.connector !== undefined && /^\d+$/.test(refund.outer_as_id ?? '')
  return {
    [connectorId]: refund.as_id,
    ...(known ? { [String(shop.connector)]: String(refund.outer_as_id) } : {}),
  }
}
