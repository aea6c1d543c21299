/** Writes an after-sale case the way `/afterSale/List` and `/afterSale/Detail` do; only the detail uses bare 64-bit ids. */
import { int64 } from '../big-json.ts'
import type { AfterSale, Order } from './state.ts'

const statusText: Record<number, string> = {
  6: '待商家同意',
  7: '待买家退货',
  8: '待商家发货',
  11: '待商家二次同意',
  12: '售后成功',
  27: '商家一次拒绝',
  28: '售后失败',
  29: '商家二次拒绝',
}

const typeText: Record<number, string> = { 0: '退货退款', 1: '已发货仅退款', 2: '未发货仅退款', 3: '换货' }

export function listItemJson(item: AfterSale, order: Order | undefined): object {
  return {
    aftersale_info: {
      aftersale_id: item.id,
      aftersale_order_type: 1,
      aftersale_type: item.type,
      aftersale_status: item.status,
      refund_status: item.refundStatus,
      related_id: item.lineId,
      apply_time: item.applyTime,
      create_time: item.applyTime,
      update_time: item.updateTime,
      status_deadline: item.deadline,
      refund_amount: item.amount,
      refund_post_amount: 0,
      refund_tax_amount: 0,
      return_promotion_amount: 0,
      aftersale_num: order?.quantity ?? 1,
      part_type: order && item.amount < order.payAmount ? 1 : 0,
      aftersale_refund_type: 0,
      refund_type: 0,
      arbitrate_status: 0,
      arbitrate_blame: 0,
      got_pkg: 0,
      remark: item.remark,
      return_logistics_code: '',
      return_logistics_company_name: '',
      reason_second_labels: [],
      aftersale_tags: [],
      store_id: 0,
      store_name: '',
    },
    order_info: {
      shop_order_id: item.orderId,
      related_order_info: order ? [relatedOrder(item, order)] : [],
      order_flag: 0,
    },
    text_part: {
      logistics_text: '',
      aftersale_status_text: statusText[item.status] ?? '',
      aftersale_type_text: typeText[item.type] ?? '',
      return_logistics_text: '',
      aftersale_refund_type_text: '原路退款',
      reason_text: item.reason,
      bad_item_text: '',
      arbitrate_status_text: '',
    },
    seller_logs: [],
  }
}

function relatedOrder(item: AfterSale, order: Order) {
  return {
    sku_order_id: order.lineId,
    order_status: order.status,
    pay_amount: order.payAmount,
    post_amount: order.postAmount,
    item_num: order.quantity,
    create_time: order.createTime,
    tax_amount: 0,
    is_oversea_order: 0,
    product_name: order.productName,
    product_id: int64(order.productId),
    product_image: '',
    tags: [],
    sku_spec: [{ name: '规格', value: order.spec }],
    shop_sku_code: order.outSkuId,
    aftersale_pay_amount: item.amount,
    aftersale_post_amount: 0,
    aftersale_item_num: order.quantity,
    promotion_pay_amount: 0,
    price: order.unitPrice,
  }
}

export function detailJson(item: AfterSale, order: Order | undefined): object {
  return {
    process_info: {
      after_sale_info: {
        after_sale_id: int64(item.id),
        after_sale_status: item.status,
        after_sale_status_desc: statusText[item.status] ?? '',
        after_sale_type: item.type,
        after_sale_type_text: typeText[item.type] ?? '',
        refund_status: item.refundStatus,
        refund_total_amount: item.amount,
        refund_post_amount: 0,
        refund_promotion_amount: 0,
        real_refund_amount: item.realAmount,
        // Named by the field list we follow; absent from the public model, so UNVERIFIED.
        refund_time: item.refundTime,
        apply_time: item.applyTime,
        update_time: item.updateTime,
        status_deadline: item.deadline,
        reason: item.reason,
        reason_code: item.reasonCode,
        reason_remark: '',
        evidence: [],
        after_sale_apply_count: order?.quantity ?? 1,
        refund_voucher_num: item.voucherCount,
        refund_voucher_times: item.voucherCount,
        part_type: order && item.amount < order.payAmount ? 1 : 0,
        got_pkg: 0,
        after_sale_order_type: 1,
        refund_fail_reason: '',
      },
      arbitrate_info: null,
      logistics_info: { return: null, exchange: null, order: [], resend: null },
      after_sale_shop_remarks: [],
      record_logs_list: [],
    },
    order_info: {
      shop_order_id: int64(item.orderId),
      sku_order_infos: order ? [detailOrder(order)] : [],
    },
  }
}

function detailOrder(order: Order) {
  return {
    sku_order_id: int64(order.lineId),
    order_status: order.status,
    pay_amount: order.payAmount,
    post_amount: order.postAmount,
    item_quantity: order.quantity,
    create_time: order.createTime,
    product_name: order.productName,
    product_id: int64(order.productId),
    sku_id: int64(order.skuId),
    shop_sku_code: order.outSkuId,
    sku_spec: [{ name: '规格', value: order.spec }],
    item_sum_amount: order.unitPrice * order.quantity,
    sku_pay_amount: order.payAmount,
    promotion_amount: order.promotionAmount,
    pay_type: 1,
  }
}
