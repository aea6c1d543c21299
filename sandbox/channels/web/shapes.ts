/** What the pages of the shops' back office are told. Amounts are fen, times ms. Types only: both sides import them. */

export type ShopKind = 'voucher' | 'goods'

export interface WebProduct {
  product_id: string
  name: string
  spec: string
  price: number
}

export interface WebShop {
  shop_id: string
  name: string
  kind: ShopKind
  products: WebProduct[]
  hosts: string[]
  today: { orders: number; paid: number }
  /** orders waiting for somebody */
  waiting: { payment: number; delivery: number; after_sale: number }
}

export type OrderTab = 'all' | 'unpaid' | 'paid' | 'shipped' | 'finished' | 'closed' | 'after_sale'

/** Status numbers are the platform's: 1, 105, 2, 101, 3, 4, 5. */
export interface WebOrderLine {
  order_id: string
  shop_id: string
  shop_name: string
  kind: ShopKind
  product: string
  spec: string
  quantity: number
  pay_amount: number
  status: number
  created_at: number
  buyer: string
  /** aftersale_status of the latest case, null without one */
  after_sale: number | null
}

export interface WebOrderPage {
  orders: WebOrderLine[]
  page: number
  pages: number
  counts: Record<OrderTab, number>
}

export type WebStep = 'paid' | 'booked' | 'shipped' | 'verified' | 'finished' | 'cancelled' | 'expired'

export interface WebOrder extends WebOrderLine {
  unit_price: number
  promotion: number
  postage: number
  buyer_words: string
  buyer_phone: string
  buyer_place: string
  /** '' when the order did not come from a live room */
  host: string
  paid_at: number
  shipped_at: number
  finished_at: number
  booked_for: number
  cancel_reason: string
  /** status: 1 未使用, 2 已预约, 3 已使用, 4 已退款, 5 已过期 */
  certificates: { no: string; status: number; valid_until: number }[]
  after_sales: WebAfterSale[]
  /** what the customer or the shop may do now */
  steps: WebStep[]
  may_refund: boolean
  pushes: WebPush[]
  /** the order's copy in the ERP, null before it arrived there */
  erp_order: number | null
}

export interface WebAfterSaleStep {
  at: number
  by: 'buyer' | 'merchant' | 'platform'
  what: 'asked' | 'amount' | 'withdrawn' | 'returned' | 'agreed' | 'return_agreed' | 'refused' | 'paid'
  note: string
}

export interface WebAfterSale {
  id: string
  order_id: string
  shop_id: string
  product: string
  /** 0 退货退款, 1 已发货仅退款, 2 未发货仅退款 */
  type: number
  status: number
  /** 1 待退款, 2 退款中, 3 退款成功, 4 退款失败 */
  refund_status: number
  amount: number
  reason: string
  applied_at: number
  deadline: number
  steps: WebAfterSaleStep[]
  /** still to be decided: the buyer may withdraw */
  open: boolean
  /** the buyer may send the goods back now */
  may_return: boolean
}

export interface WebPush {
  id: number
  at: number
  url: string
  headers: Record<string, string>
  messages: { tag: string; msg_id: string; data: string }[]
  attempts: {
    at: number
    accepted: boolean
    status: number | null
    answer: string
    ms: number
    next_at: number | null
  }[]
}
