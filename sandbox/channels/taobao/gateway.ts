/** The one door of TOP: verifies each call as the platform does and writes its answers. */
import { randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Kernel } from '../../kernel/types.ts'
import { writeJson } from '../big-json.ts'
import { fliggyMethods } from '../fliggy/calls.ts'
import { refundRefuse, refundsAgree, returnGoodsAgree } from './decisions.ts'
import { TopFailure } from './failure.ts'
import { isSame, topSign } from './sign.ts'
import { type Shop, taobaoState } from './state.ts'
import { answerToken } from './tokens.ts'
import {
  refundGet,
  refundsReceive,
  type TopCall,
  tradeFullinfo,
  tradesIncrement,
  tradesSold,
} from './trades.ts'
import { gmt8, msOfGmt8 } from './wire.ts'

export const family = 'taobao'
const prefix = '/taobao'
const allowedSkewMs = 10 * 60_000

const methods: Record<string, (call: TopCall) => unknown> = {
  ...fliggyMethods,
  'taobao.trades.sold.increment.get': tradesIncrement,
  'taobao.trades.sold.get': tradesSold,
  'taobao.trade.fullinfo.get': tradeFullinfo,
  'taobao.refunds.receive.get': refundsReceive,
  'taobao.refund.get': refundGet,
  'taobao.rp.refunds.agree': refundsAgree,
  'taobao.refund.refuse': refundRefuse,
  'taobao.rp.returngoods.agree': returnGoodsAgree,
  'taobao.time.get': ({ kernel }) => ({ time: gmt8(kernel.clock.now()) }),
}

export function openTop(kernel: Kernel): void {
  void kernel.app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      '*',
      { parseAs: 'string' },
      async (_request: FastifyRequest, body: string) => body,
    )
    const route = (answer: (form: URLSearchParams, reply: FastifyReply) => unknown) =>
      kernel.outside(family, async (request, reply) => {
        reply.type('application/json;charset=utf-8')
        return answer(formOf(request), reply)
      })
    scope.post(
      `${prefix}/router/rest`,
      route((form) => answerCall(kernel, form)),
    )
    scope.post(
      `${prefix}/token`,
      route((form, reply) => answerToken(kernel, form, reply)),
    )
  })
}

function formOf(request: FastifyRequest): URLSearchParams {
  const form = new URLSearchParams(typeof request.body === 'string' ? request.body : '')
  for (const [name, value] of Object.entries(request.query as Record<string, string>)) form.set(name, value)
  return form
}

function answerCall(kernel: Kernel, form: URLSearchParams): string {
  const request_id = randomBytes(6).toString('hex')
  try {
    const method = form.get('method') ?? ''
    verify(kernel, form)
    const handle = methods[method]
    if (!handle) throw new TopFailure(22, 'Invalid method')
    const shop = shopOf(kernel, form.get('session') ?? '')
    const answer = handle({ kernel, shop, field: (name) => form.get(name) ?? '' })
    const name = `${method.replace(/^taobao\./, '').replaceAll('.', '_')}_response`
    return writeJson({ [name]: { ...(answer as object), request_id } })
  } catch (failure) {
    if (!(failure instanceof TopFailure)) throw failure
    const { code, message, subCode, subMessage } = failure
    return writeJson({
      error_response: {
        code,
        msg: message,
        ...(subCode !== '' && { sub_code: subCode }),
        ...(subMessage !== '' && { sub_msg: subMessage }),
        request_id,
      },
    })
  }
}

function verify(kernel: Kernel, form: URLSearchParams): void {
  const { appKey, appSecret } = taobaoState(kernel)
  if (!form.get('method')) throw new TopFailure(21, 'Missing Method')
  if (!form.get('app_key')) throw new TopFailure(28, 'Missing App Key')
  if (form.get('app_key') !== appKey) throw new TopFailure(29, 'Invalid app Key')
  if (form.get('v') !== '2.0') throw new TopFailure(33, 'Invalid Version')
  const at = msOfGmt8(form.get('timestamp') ?? '')
  if (Number.isNaN(at)) throw new TopFailure(31, 'Invalid timestamp')
  // Real time counts too, because the sandbox's clock may have been moved forward.
  const skew = Math.min(Math.abs(at - kernel.clock.now()), Math.abs(at - Date.now()))
  if (skew > allowedSkewMs) throw new TopFailure(31, 'Invalid timestamp')
  const given = form.get('sign')
  if (!given) throw new TopFailure(24, 'Missing Signature')
  const expected = topSign(form, appSecret, form.get('sign_method') ?? '')
  if (expected === undefined || !isSame(given, expected)) throw new TopFailure(25, 'Invalid signature')
}

function shopOf(kernel: Kernel, session: string): Shop {
  if (session === '') throw new TopFailure(26, 'Missing session')
  const shop = taobaoState(kernel).shops.find((one) => one.session === session)
  if (shop === undefined || shop.sessionEndsAt <= kernel.clock.now())
    throw new TopFailure(27, 'Invalid session', { code: 'session-expired', msg: '授权已过期' })
  return shop
}
