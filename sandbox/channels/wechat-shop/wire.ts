/** Orders and after-sales as the platform writes them: fen, seconds, numbers as text. */
import type { AfterSale, Order } from './state.ts'

type Wire = Record<string, unknown>

const seconds = (ms: number) => Math.floor(ms / 1000)
const optionalSeconds = (ms: number | null) => (ms === null ? 0 : seconds(ms))

export function orderWire(order: Order, hasOpenAfterSale: boolean): Wire {
  return {
    order_id: order.id,
    openid: order.openid,
    status: order.status,
    create_time: seconds(order.createdAt),
    update_time: seconds(order.updatedAt),
    order_detail: {
      product_infos: [
        {
          product_id: order.productId,
          sku_id: order.skuId,
          title: order.title,
          sku_code: '',
          sku_cnt: 1,
          sale_price: order.price,
          real_price: order.price - order.discount,
          on_aftersale_sku_cnt: hasOpenAfterSale ? 1 : 0,
          finish_aftersale_sku_cnt: order.isRefunded ? 1 : 0,
        },
      ],
      price_info: {
        product_price: order.price,
        order_price: order.price - order.discount,
        freight: 0,
        discounted_price: order.discount,
      },
      pay_info: { pay_time: optionalSeconds(order.paidAt) },
      delivery_info: {
        address_info: {
          user_name: '王**',
          tel_number: '139****5521',
          province_name: '浙江省',
          detail_info: '文三路***',
        },
        ship_done_time: optionalSeconds(order.shippedAt),
      },
      ext_info: {
        customer_notes: order.notes,
        merchant_notes: '',
        confirm_receipt_time: optionalSeconds(order.receivedAt),
      },
    },
  }
}

export function afterSaleWire(item: AfterSale): Wire {
  return {
    after_sale_order_id: item.id,
    order_id: item.orderId,
    status: item.status,
    type: item.type,
    reason: 'OTHERS',
    reason_text: item.reason,
    product_info: { count: 1 },
    refund_info: { amount: item.amount },
    return_info: {},
    create_time: seconds(item.createdAt),
    update_time: seconds(item.updatedAt),
  }
}
