import { ApiFailure, type ControlCall, type Kernel } from '../../kernel/types.ts'
import { tradeNamed } from './control.ts'
import { nextNumber, type Trade, touch, wdtState } from './state.ts'

const cancelled = 5

/** The first takes the others' goods; the others are cancelled and keep theirs. */
export function mergeTrades(kernel: Kernel, { body }: ControlCall): unknown {
  const numbers = Array.isArray(body.trade_nos) ? body.trade_nos : []
  const [first, ...others] = numbers.map((number) => tradeNamed(kernel, number))
  if (first === undefined || others.length === 0) throw new ApiFailure(400, 'trade_nos must name two or more')
  for (const other of others) {
    first.details.push(...other.details.map((detail) => ({ ...detail, recId: nextNumber(kernel) })))
    other.status = cancelled
    touch(kernel, other)
  }
  touch(kernel, first)
  return { trade_no: first.tradeNo }
}

/** One piece of the first goods goes into a trade of its own. */
export function splitTrade(kernel: Kernel, { body }: ControlCall): unknown {
  const trade = tradeNamed(kernel, body.trade_no)
  const detail = trade.details[0]
  if (detail === undefined || detail.quantity < 2)
    throw new ApiFailure(409, 'nothing to split', { status: 409 })
  detail.quantity -= 1
  const number = nextNumber(kernel)
  const part: Trade = {
    ...structuredClone(trade),
    tradeId: number,
    tradeNo: `JY${number}`,
    splitFrom: trade.tradeId,
    details: [{ ...detail, recId: number, quantity: 1 }],
  }
  wdtState(kernel).trades.push(part)
  touch(kernel, trade)
  touch(kernel, part)
  return { trade_no: part.tradeNo }
}
