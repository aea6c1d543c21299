import { z } from 'zod'
import { readEnvelope } from '../kit/read-reply.ts'
import { assertSuccess, type Call, call, connectorId, type Deps } from './api.ts'
import { orderFields } from './order-record.ts'
import { count } from './wire.ts'

const reply = z.object({
  searchorderinfo_result: z.object({
    apiResult: z.unknown(),
    orderTotal: count.nullish(),
    orderInfoList: z.array(z.unknown()).nullish(),
  }),
})

/** The list wants states named; states beyond these exist (UNVERIFIED) and are read one by one only. */
const askedStates = 'WAIT_SELLER_STOCK_OUT,WAIT_GOODS_RECEIVE_CONFIRM,FINISHED_L,TRADE_CANCELED,LOCKED'

/** One page of orders by time of change, and the answer itself. JD docs: jingdong.pop.order.search. @throws AppError */
export async function orderList(deps: Deps, fields: Call['fields']) {
  const method = 'jingdong.pop.order.search'
  const { data, response } = await call(deps, {
    method,
    // dateType 0: time of change.
    fields: {
      order_state: askedStates,
      optional_fields: orderFields,
      source_id: 'JOS',
      dateType: '0',
      ...fields,
    },
    reads: true,
  })
  const read = readEnvelope(reply, data, { connector: connectorId, operation: method })
  const { apiResult, orderInfoList, orderTotal } = read.searchorderinfo_result
  assertSuccess(apiResult, method)
  return { records: orderInfoList ?? [], total: orderTotal ?? 0, response }
}
