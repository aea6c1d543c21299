/** The one door of Douyin life: a token in a header, an account in every call. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Kernel } from '../../kernel/types.ts'
import { LifeFailure } from './failure.ts'
import { auditRefund, type LifeCall, queryOrders, queryRefunds, refundDetail } from './records.ts'
import { family, lifeState } from './state.ts'
import { clientToken, requireToken } from './tokens.ts'

type Fields = Record<string, unknown>

const calls: readonly ['GET' | 'POST', string, (call: LifeCall) => object][] = [
  ['GET', '/goodlife/v1/hermes/trade/order/query/', queryOrders],
  ['GET', '/goodlife/v1/akte/after_sale/order/query/', queryRefunds],
  ['GET', '/goodlife/v1/akte/after_sale/order_detail/get/', refundDetail],
  ['POST', '/goodlife/v1/akte/after_sale/order/audit/', auditRefund],
]

export function openGateway(kernel: Kernel): void {
  kernel.app.post(
    '/douyin-life/oauth/client_token/',
    kernel.outside(family, (request, reply) =>
      answer(reply, () => clientToken(kernel, (request.body ?? {}) as Fields)),
    ),
  )
  for (const [method, path, handle] of calls)
    kernel.app.route({
      method,
      url: `/douyin-life${path}`,
      handler: kernel.outside(family, (request, reply) =>
        answer(reply, () => handle(admitted(kernel, request))),
      ),
    })
}

function admitted(kernel: Kernel, request: FastifyRequest): LifeCall {
  requireToken(kernel, request.headers['access-token'])
  const given = (request.method === 'GET' ? request.query : (request.body ?? {})) as Fields
  const field = (name: string) => String(given[name] ?? '')
  const account = lifeState(kernel).accounts.find(({ accountId }) => accountId === field('account_id'))
  if (account === undefined) throw new LifeFailure(2190004, '商家未授权该应用')
  return { kernel, account, field }
}

function answer(reply: FastifyReply, run: () => object): object {
  reply.type('application/json; charset=utf-8')
  const extra = { sub_error_code: 0, sub_description: '', logid: '20260101000000SANDBOX' }
  try {
    const said = { error_code: 0, description: 'success' }
    return { data: { ...said, ...run() }, extra: { ...said, ...extra }, message: 'success' }
  } catch (failure) {
    if (!(failure instanceof LifeFailure)) throw failure
    const said = { error_code: failure.code, description: failure.message }
    return { data: said, extra: { ...said, ...extra }, message: 'error' }
  }
}
