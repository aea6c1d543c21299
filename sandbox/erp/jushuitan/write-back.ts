/**
 * `/open/webapi/aftersaleapi/open/confirm` and `/open/aftersale/upload`. Field names follow public SDK models; what the
 * answers look like is UNVERIFIED, as is which write-back a real installation uses.
 */
import type { AfterSale } from '../../channels/douyin-shop/state.ts'
import type { Kernel } from '../../kernel/types.ts'
import { caseOf, payOnPlatform, refuseOnPlatform } from './after-sale-mirror.ts'
import { type Biz, type BizRoute, codes, ErpFailure } from './gateway.ts'
import { orderBySoId } from './orders.ts'
import { readObject } from './paging.ts'
import { changeRefund, confirmRefund, registerRefund } from './refunds.ts'
import { type ErpRefund, erpState, type ShopStatus } from './state.ts'
import { parseYuan } from './wire.ts'
import { recorded } from './write-back-record.ts'

export const writeBackRoutes: readonly BizRoute[] = [
  { path: '/open/webapi/aftersaleapi/open/confirm', handle: recorded('confirm', confirm) },
  { path: '/open/aftersale/upload', handle: recorded('upload', upload) },
]

const shopStatuses: readonly ShopStatus[] = [
  'WAIT_SELLER_AGREE',
  'WAIT_BUYER_RETURN_GOODS',
  'WAIT_SELLER_CONFIRM_GOODS',
  'SELLER_REFUSE_BUYER',
  'CLOSED',
  'SUCCESS',
]

/** `{as_ids: [number]}`; one refund that cannot be confirmed refuses the whole call. */
function confirm(kernel: Kernel, raw: Biz): unknown {
  const asIds = readObject(raw).as_ids
  if (!Array.isArray(asIds) || asIds.length === 0) throw new ErpFailure(codes.badParameter, 'as_ids不能为空')
  const refunds = asIds.map((id) => {
    const refund = erpState(kernel).refunds.find((one) => one.asId === Number(id))
    if (!refund) throw new ErpFailure(codes.business, `售后单${String(id)}不存在`)
    if (refund.status !== 'WaitConfirm')
      throw new ErpFailure(codes.business, `售后单${refund.asId}状态为${refund.status}，不允许确认`)
    if (refund.shopStatus === 'SELLER_REFUSE_BUYER')
      throw new ErpFailure(codes.business, `售后单${refund.asId}已拒绝，不允许确认`)
    return refund
  })
  for (const refund of new Set(refunds)) {
    const copied = caseOf(kernel, refund)
    if (copied) confirmCopy(kernel, refund, copied)
    else confirmRefund(kernel, refund)
  }
  return { datas: refunds.map((refund) => ({ as_id: refund.asId, issuccess: true, msg: '' })) }
}

/** A copy of a platform case: the platform pays, the ERP only remembers that it was confirmed. */
function confirmCopy(kernel: Kernel, refund: ErpRefund, copied: AfterSale): void {
  changeRefund(kernel, refund, { status: 'Confirmed', confirmedAt: kernel.clock.now() })
  payOnPlatform(kernel, copied)
}

interface Upload {
  shop_id?: unknown
  outer_as_id?: unknown
  so_id?: unknown
  type?: unknown
  shop_status?: unknown
  remark?: unknown
  good_status?: unknown
  question_type?: unknown
  refund?: unknown
}

/** `[{shop_id, outer_as_id, so_id, type, shop_status, remark …}]`: creates, or updates the one with this outer_as_id. */
function upload(kernel: Kernel, raw: Biz): unknown {
  if (!Array.isArray(raw) || raw.length === 0) throw new ErpFailure(codes.badParameter, 'biz必须为非空数组')
  const checked = raw.map((entry) => checkUpload(kernel, entry as Upload))
  const refunds = checked.map(({ entry, known }) => applyUpload(kernel, entry, known))
  return {
    datas: refunds.map((refund) => ({
      as_id: refund.asId,
      outer_as_id: refund.outerAsId,
      so_id: refund.soId,
      issuccess: true,
      msg: '',
    })),
  }
}

function checkUpload(kernel: Kernel, entry: Upload): { entry: Upload; known: ErpRefund | undefined } {
  for (const name of ['shop_id', 'outer_as_id', 'so_id', 'type', 'shop_status'] as const) {
    if (entry?.[name] === undefined || entry[name] === '')
      throw new ErpFailure(codes.badParameter, `${name}不能为空`)
  }
  if (!shopStatuses.includes(entry.shop_status as ShopStatus))
    throw new ErpFailure(codes.badParameter, 'shop_status不正确')
  if (entry.refund !== undefined && Number.isNaN(parseYuan(entry.refund)))
    throw new ErpFailure(codes.badParameter, 'refund不正确')
  const known = erpState(kernel).refunds.find(
    (one) => one.outerAsId === String(entry.outer_as_id) && one.shopId === Number(entry.shop_id),
  )
  if (!known && !orderBySoId(kernel, String(entry.so_id))) {
    throw new ErpFailure(codes.business, `线上单号${String(entry.so_id)}不存在`)
  }
  return { entry, known }
}

/** The platform closing a refund before it was confirmed voids it in the ERP. */
function applyUpload(kernel: Kernel, entry: Upload, known: ErpRefund | undefined): ErpRefund {
  const refund = known ?? createUploaded(kernel, entry)
  const shopStatus = entry.shop_status as ShopStatus
  const voided = shopStatus === 'CLOSED' && refund.status === 'WaitConfirm'
  changeRefund(kernel, refund, {
    shopStatus,
    ...(voided ? { status: 'Cancelled' } : {}),
    ...(entry.remark === undefined ? {} : { remark: String(entry.remark) }),
    ...(entry.good_status === undefined ? {} : { goodStatus: String(entry.good_status) }),
    ...(entry.question_type === undefined ? {} : { questionType: String(entry.question_type) }),
    ...(entry.refund === undefined ? {} : { amount: parseYuan(entry.refund) }),
  })
  const copied = caseOf(kernel, refund)
  if (copied && shopStatus === 'SELLER_REFUSE_BUYER') refuseOnPlatform(kernel, copied, refund.remark)
  return refund
}

function createUploaded(kernel: Kernel, entry: Upload): ErpRefund {
  const order = orderBySoId(kernel, String(entry.so_id))
  if (!order) throw new ErpFailure(codes.business, `线上单号${String(entry.so_id)}不存在`)
  const made = registerRefund(kernel, {
    order,
    amount: parseYuan(entry.refund ?? '0'),
    reason: String(entry.question_type ?? ''),
    creator: '接口',
    type: String(entry.type),
  })
  made.outerAsId = String(entry.outer_as_id)
  return made
}
