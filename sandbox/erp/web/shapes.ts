/** What the ERP's pages are told. Amounts are fen, times ms. Types only: both sides import them. */

export interface WebErpOrder {
  o_id: number
  /** the platform's order number */
  so_id: string
  shop_name: string
  product: string
  quantity: number
  amount: number
  /** WaitPay, WaitConfirm, Delivering, Sent, Cancelled, Question */
  status: string
  modified: number
  /** a refund may be started for it */
  refundable: boolean
}

export interface WebErpOrderPage {
  orders: WebErpOrder[]
  page: number
  pages: number
  total: number
}

export interface WebErpRefund {
  as_id: number
  outer_as_id: string
  so_id: string
  shop_name: string
  product: string
  amount: number
  type: string
  /** WaitConfirm, Confirmed, Cancelled, Merged */
  status: string
  /** WAIT_SELLER_AGREE, SELLER_REFUSE_BUYER, CLOSED, SUCCESS … */
  shop_status: string
  reason: string
  remark: string
  creator: string
  created: number
  modified: number
}

/** One write the ERP took or refused. */
export interface WebWriteBack {
  at: number
  what: 'confirm' | 'upload'
  /** as_id or outer_as_id, as sent */
  refunds: string[]
  /** shop_status of an upload, '' for a confirmation */
  shop_status: string
  accepted: boolean
  answer: string
}

/** A refund that was really paid, and how often: more than once must never be. */
export interface WebExecution {
  /** connector id of the system that paid */
  system: string
  refund_no: string
  order_no: string
  amount: number
  times: number
  at: number
}
