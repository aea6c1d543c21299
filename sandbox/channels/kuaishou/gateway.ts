/** Kuaishou's doors, one per method: each call is verified as the platform does. */
import type { FastifyRequest } from 'fastify'
import type { Kernel } from '../../kernel/types.ts'
import { parseBigJson, writeJson } from '../big-json.ts'
import { directRefund, refundApprove, refundReject, returnGoodsApprove } from './decisions.ts'
import { invalid, KsFailure } from './failure.ts'
import { type KsCall, orderCursorList, orderDetail, refundDetail, refundPcursorList } from './records.ts'
import { isSame, ksSign } from './sign.ts'
import { family, ksState, type Shop } from './state.ts'
import { answerToken } from './tokens.ts'

const prefix = '/kuaishou'
const allowedSkewMs = 10 * 60_000

interface Method {
  http: 'GET' | 'POST'
  handle(call: KsCall): unknown
}

const methods: Record<string, Method> = {
  'open.order.cursor.list': { http: 'GET', handle: orderCursorList },
  'open.order.detail': { http: 'GET', handle: orderDetail },
  'open.seller.order.refund.pcursor.list': { http: 'GET', handle: refundPcursorList },
  'open.seller.order.refund.detail': { http: 'GET', handle: refundDetail },
  'open.seller.order.refund.approve': { http: 'POST', handle: refundApprove },
  'open.seller.order.refund.returngoods.approve': { http: 'POST', handle: returnGoodsApprove },
  'open.refund.direct.refund': { http: 'POST', handle: directRefund },
  'open.refund.reject': { http: 'POST', handle: refundReject },
  'open.shop.info.get': { http: 'GET', handle: ({ shop }) => ({ shopName: shop.name, shopType: 1 }) },
}

export function openGateway(kernel: Kernel): void {
  void kernel.app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      '*',
      { parseAs: 'string' },
      async (_request: FastifyRequest, body: string) => body,
    )
    const route = (answer: (form: URLSearchParams, request: FastifyRequest) => object) =>
      kernel.outside(family, async (request, reply) => {
        reply.type('application/json;charset=UTF-8')
        return guarded(() => answer(formOf(request), request))
      })
    for (const [name, { http, handle }] of Object.entries(methods)) {
      const url = `${prefix}/${name.replaceAll('.', '/')}`
      scope.route({
        method: http,
        url,
        handler: route((form) => ({ result: 1, data: handle(verified(kernel, form, name)) })),
      })
    }
    const token = route((form, request) =>
      answerToken(kernel, form, new URL(request.url, 'http://x').pathname),
    )
    scope.get(`${prefix}/oauth2/access_token`, token)
    scope.post(`${prefix}/oauth2/refresh_token`, token)
  })
}

function formOf(request: FastifyRequest): URLSearchParams {
  const form = new URLSearchParams(typeof request.body === 'string' ? request.body : '')
  for (const [name, value] of Object.entries(request.query as Record<string, string>)) form.set(name, value)
  return form
}

function guarded(answer: () => object): string {
  try {
    return writeJson(answer())
  } catch (failure) {
    if (!(failure instanceof KsFailure)) throw failure
    return writeJson({ result: failure.result, error_msg: failure.message })
  }
}

/** UNVERIFIED: the result numbers of signature, clock and token failures outside the token calls. */
function verified(kernel: Kernel, form: URLSearchParams, name: string): KsCall {
  const { appKey, signSecret } = ksState(kernel)
  if (form.get('appkey') !== appKey) throw new KsFailure(100200101, 'unauthorized_client')
  if (form.get('method') !== name) throw invalid('method')
  const at = Number(form.get('timestamp') ?? 'x')
  // Real time counts too, because the sandbox's clock may have been moved forward.
  const skew = Math.min(Math.abs(at - kernel.clock.now()), Math.abs(at - Date.now()))
  if (!(skew <= allowedSkewMs)) throw new KsFailure(100200100, 'timestamp 不在有效范围')
  const expected = ksSign(form, signSecret)
  if (expected === undefined || !isSame(form.get('sign') ?? '', expected))
    throw new KsFailure(100200100, '签名校验失败')
  return { kernel, shop: shopOf(kernel, form.get('access_token') ?? ''), param: paramOf(form) }
}

function shopOf(kernel: Kernel, token: string): Shop {
  const shop = ksState(kernel).shops.find((one) => one.accessToken === token)
  if (shop === undefined || shop.tokenEndsAt <= kernel.clock.now())
    throw new KsFailure(100200102, 'access_denied')
  return shop
}

function paramOf(form: URLSearchParams): Record<string, unknown> {
  try {
    const param = parseBigJson(form.get('param') ?? '{}')
    if (typeof param === 'object' && param !== null) return param as Record<string, unknown>
  } catch {
    // Said below.
  }
  throw invalid('param')
}
