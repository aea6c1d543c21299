/** Writes an order the way `/order/searchList` and `/order/orderDetail` do: fen, unix s, 64-bit integers, masked buyer. */
import { int64 } from '../big-json.ts'
import type { Certificate, Order } from './state.ts'

const statusText: Record<number, string> = {
  1: '待支付',
  105: '已支付',
  2: '备货中',
  101: '部分发货',
  3: '已发货',
  4: '已取消',
  5: '已完成',
}

/** UNVERIFIED except 3: the platform publishes no list of certificate states. */
const certificateText: Record<Certificate['status'], string> = {
  1: '未使用',
  2: '已预约',
  3: '已使用',
  4: '已退款',
  5: '已过期',
}

/** Electronic vouchers verified at a place are order type 4; ordinary goods 0. */
function kindPart(order: Order) {
  const voucher = order.kind === 'voucher'
  return {
    order_level: 2,
    biz: voucher ? 11 : 2,
    biz_desc: voucher ? '虚拟卡券' : '小店',
    order_type: voucher ? 4 : 0,
    order_type_desc: voucher ? '电子券（poi核销）' : '普通订单',
    trade_type: 0,
    trade_type_desc: '普通',
  }
}

/** Fields the shop order and its line share. */
function commonPart(order: Order) {
  const text = statusText[order.status] ?? ''
  return {
    ...kindPart(order),
    order_status: order.status,
    order_status_desc: text,
    main_status: order.status,
    main_status_desc: text,
    pay_time: order.payTime,
    order_expire_time: 1800,
    finish_time: order.finishTime,
    create_time: order.createTime,
    update_time: order.updateTime,
    cancel_reason: order.cancelReason,
    b_type: 2,
    b_type_desc: '抖音',
    sub_b_type: 1,
    sub_b_type_desc: 'app内-原生',
    app_id: 1128,
    pay_type: order.payTime > 0 ? 1 : 0,
    channel_payment_no: order.payTime > 0 ? `42000${order.id.slice(-12)}` : '',
    ...moneyPart(order),
    ...buyerPart(order),
    exp_ship_time: order.payTime > 0 ? order.payTime + 172_800 : 0,
    ship_time: order.shipTime,
    // UNVERIFIED: the only published field that can carry the date a buyer booked.
    appointment_ship_time: order.bookedFor,
  }
}

function moneyPart(order: Order) {
  return {
    order_amount: order.payAmount + order.promotionAmount,
    pay_amount: order.payAmount,
    post_amount: order.postAmount,
    post_insurance_amount: 0,
    modify_amount: 0,
    modify_post_amount: 0,
    promotion_amount: order.promotionAmount,
    promotion_shop_amount: order.promotionAmount,
    promotion_platform_amount: 0,
    promotion_talent_amount: 0,
    promotion_pay_amount: 0,
    shop_cost_amount: order.promotionAmount,
    platform_cost_amount: 0,
  }
}

function buyerPart(order: Order) {
  const { receiver, tel } = order.buyer
  const address = {
    province: { name: order.buyer.province, id: '33' },
    city: { name: order.buyer.city, id: '3301' },
    town: { name: order.buyer.town, id: '330110' },
    street: { name: '', id: '' },
  }
  const sealed = (name: string) => `#${name}#${order.id}#1##`
  return {
    post_receiver: '',
    post_tel: '',
    post_addr: { ...address, detail: '', encrypt_detail: sealed('d') },
    encrypt_post_receiver: sealed('r'),
    encrypt_post_tel: sealed('t'),
    mask_post_receiver: receiver,
    mask_post_tel: tel,
    mask_post_addr: { ...address, detail: '****' },
  }
}

export function shopOrderJson(order: Order, shopName: string, view: 'list' | 'detail'): object {
  return {
    shop_id: int64(order.shopId),
    shop_name: shopName,
    open_id: '',
    order_id: order.id,
    ...commonPart(order),
    buyer_words: order.buyerWords,
    seller_words: '',
    seller_remark_stars: 0,
    doudian_open_id: order.buyer.openId,
    logistics_info: logistics(order),
    sku_order_list: [line(order, view)],
    order_phase_list: [],
    serial_number_list: [],
    user_tag_ui: [],
    shop_order_tag_ui: [],
    total_promotion_amount: order.promotionAmount,
    post_origin_amount: order.postAmount,
    post_promotion_amount: 0,
  }
}

function line(order: Order, view: 'list' | 'detail') {
  const [first] = order.certificates
  return {
    order_id: order.lineId,
    parent_order_id: order.id,
    ...commonPart(order),
    author_id: int64(order.authorId),
    author_name: order.authorName,
    room_id: int64(order.roomId),
    room_id_str: order.roomId,
    theme_type: order.roomId ? '1' : '0',
    theme_type_desc: order.roomId ? '直播间' : '其他',
    c_biz: order.roomId ? 8 : 0,
    c_biz_desc: order.roomId ? '小店自卖' : '',
    ...goodsPart(order),
    after_sale_info: {
      after_sale_status: order.afterSale?.status ?? 0,
      after_sale_type: order.afterSale?.type ?? 0,
      refund_status: order.afterSale?.refundStatus ?? 0,
    },
    card_voucher: first
      ? { valid_days: 0, valid_start: first.validFrom, valid_end: first.validUntil }
      : { valid_days: 0, valid_start: 0, valid_end: 0 },
    // Only the detail carries certificates; the list's published model has no such field.
    ...(view === 'detail' ? { writeoff_info: order.certificates.map((one) => writeoff(one, order)) } : {}),
  }
}

function goodsPart(order: Order) {
  return {
    code: order.outSkuId,
    goods_type: order.kind === 'voucher' ? 1 : 0,
    product_id: int64(order.productId),
    product_id_str: order.productId,
    product_name: order.productName,
    product_pic: 'https://p3-aio.ecombdimg.com/obj/ecom-shop-material/sandbox.png',
    sku_id: int64(order.skuId),
    out_sku_id: order.outSkuId,
    out_product_id: '',
    spec: [{ name: '规格', value: order.spec }],
    item_num: order.quantity,
    origin_amount: order.unitPrice,
    sum_amount: order.unitPrice * order.quantity,
    receive_type: 1,
    // UNVERIFIED for vouchers: the moment the last certificate was verified.
    confirm_receipt_time: order.finishTime,
    logistics_receipt_time: 0,
  }
}

function writeoff(certificate: Certificate, order: Order) {
  const used = certificate.status === 3 ? 1 : 0
  return {
    writeoff_no: '',
    writeoff_no_mask: `${certificate.no.slice(0, 2)}****${certificate.no.slice(-4)}`,
    writeoff_start_time: certificate.validFrom,
    writeoff_expire_time: certificate.validUntil,
    writeoff_status: certificate.status,
    writeoff_status_desc: certificateText[certificate.status],
    verify_order_id: used ? order.id : '',
    writtenoff_count: used,
    writeoff_total_count: 1,
  }
}

function logistics(order: Order) {
  if (order.kind === 'voucher' || order.shipTime === 0) return []
  return [
    {
      tracking_no: `SF${order.id.slice(-13)}`,
      company: 'shunfeng',
      company_name: '顺丰速运',
      ship_time: order.shipTime,
      delivery_id: order.lineId,
      product_info: [],
    },
  ]
}
