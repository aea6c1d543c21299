import { parseBigJson } from '../big-json.ts'
import { countRefundExecution } from '../refund-executions.ts'
import { invalid } from './failure.ts'
import { type PddCall, refundNamed, required } from './records.ts'
import { pddChanged, pddState, type Refund } from './state.ts'

type Request = Record<string, unknown>

/** `request`: `{after_sales_id, order_sn, operate_desc}` as JSON text. */
export function refundAgree(call: PddCall): unknown {
  const { refund } = asked(call)
  const no = whyNot(call, refund, 2)
  if (no === undefined) pay(call, refund)
  return { response: { result: { ...named(refund), succ: no === undefined, message: no ?? '退款操作成功' } } }
}

export function returnGoodsAgree(call: PddCall): unknown {
  const { refund, request } = asked(call)
  const isKnown = String(request.return_address_id) === call.shop.returnAddressId
  const no = whyNot(call, refund, 3) ?? (isKnown ? undefined : '退货地址不存在')
  if (no === undefined) move(call, refund, 7)
  const success = no === undefined
  return { response: { success, result: { ...named(refund), success, message: no ?? '操作成功' } } }
}

function asked(call: PddCall): { refund: Refund; request: Request } {
  const request = objectOf(required(call, 'request'))
  const id = String(request.after_sales_id ?? '')
  const sn = String(request.order_sn ?? '')
  if (id === '') throw invalid('after_sales_id')
  if (sn === '') throw invalid('order_sn')
  return { refund: refundNamed(call, { id, sn }), request }
}

function objectOf(text: string): Request {
  try {
    const value = parseBigJson(text)
    if (typeof value === 'object' && value !== null) return value as Request
  } catch {
    // Said below.
  }
  throw invalid('request')
}

/** What stands against it in the shop's own terms: no refusal of the gateway. */
function whyNot({ shop }: PddCall, refund: Refund, type: number): string | undefined {
  if (refund.status !== 2 && refund.status !== 3) return '售后单状态不正确'
  if (refund.type !== type) return '售后类型不支持该操作'
  return shop.refusesAgreeing ? '店铺保证金不足，请到商家后台处理' : undefined
}

const named = (refund: Refund) => ({ after_sales_id: refund.id, order_sn: refund.orderSn })

function pay(call: PddCall, refund: Refund): void {
  countRefundExecution(call.kernel, {
    system: 'pinduoduo',
    refund_no: refund.id,
    order_no: refund.orderSn,
    amount: refund.amount,
  })
  move(call, refund, 10)
  const order = pddState(call.kernel).orders[refund.orderSn]
  if (order === undefined) return
  order.refundStatus = 4
  order.modifiedAt = refund.modifiedAt
}

function move({ kernel }: PddCall, refund: Refund, status: number): void {
  refund.status = status
  refund.modifiedAt = kernel.clock.now()
  pddChanged(kernel)
}
