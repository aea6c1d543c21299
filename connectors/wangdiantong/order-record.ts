/**
 * An order as we hand it on: the platform's number and every trade of the ERP that carries a part of it. A trade has the
 * names of `sales.TradeQuery.queryWithDetail`; leaf names beyond the basic ones are UNVERIFIED.
 */
import { z } from 'zod'
import { id, numbers, optionalId, optionalText, optionalTime, optionalYuan, time } from './wire.ts'

const detail = z.object({
  rec_id: optionalId,
  src_oid: optionalId,
  src_tid: optionalId,
  goods_no: optionalId,
  goods_name: optionalText,
  spec_no: optionalId,
  spec_name: optionalText,
  num: z.coerce.number().nullish(),
  price: optionalYuan,
  share_amount: optionalYuan,
  share_post: optionalYuan,
  paid: optionalYuan,
})
export type DetailRecord = z.infer<typeof detail>

const trade = z.object({
  trade_no: id,
  src_tids: numbers,
  shop_no: id,
  trade_status: optionalId,
  trade_time: optionalTime,
  created: optionalTime,
  pay_time: optionalTime,
  consign_time: optionalTime,
  modified: time,
  receivable: optionalYuan,
  paid: optionalYuan,
  post_amount: optionalYuan,
  discount: optionalYuan,
  receiver_name: optionalText,
  receiver_mobile: optionalText,
  buyer_message: optionalText,
  cs_remark: optionalText,
  detail_list: z
    .array(detail)
    .nullish()
    .transform((value) => value ?? []),
})
export type TradeRecord = z.infer<typeof trade>

export const orderRecord = z.object({ src_tid: id, trades: z.array(trade).min(1) })

/** What deciding about a trade needs, before it is read in full. */
export const listedTrade = z.object({
  trade_no: optionalId,
  shop_no: optionalId,
  src_tids: numbers,
  trade_status: optionalId,
  // UNVERIFIED: the trade this one was split from.
  split_from_trade_id: optionalId,
  modified: optionalId,
})

/** Cancelled in the ERP: also what was merged away or split up. */
export const cancelledTrade = '5'
