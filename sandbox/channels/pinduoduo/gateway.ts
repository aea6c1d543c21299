/** The one door of Pinduoduo: verifies each call as the platform does and writes its answers. */
import { randomBytes } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Kernel } from '../../kernel/types.ts'
import { parseBigJson, writeJson } from '../big-json.ts'
import { refundAgree, returnGoodsAgree } from './decisions.ts'
import { PddFailure } from './failure.ts'
import {
  orderIncrement,
  orderInformation,
  type PddCall,
  refundIncrement,
  refundInformation,
} from './records.ts'
import { isSame, pddSign } from './sign.ts'
import { pddState, type Shop } from './state.ts'
import { tokenCreate, tokenRefresh } from './tokens.ts'

const family = 'pinduoduo'
const allowedSkewMs = 10 * 60_000

const shopCalls: Record<string, (call: PddCall) => unknown> = {
  'pdd.order.number.list.increment.get': orderIncrement,
  'pdd.order.information.get': orderInformation,
  'pdd.refund.list.increment.get': refundIncrement,
  'pdd.refund.information.get': refundInformation,
  'pdd.refund.agree': refundAgree,
  'pdd.refund.returngoods.agree': returnGoodsAgree,
}
const appCalls: Record<string, (kernel: Kernel, field: (name: string) => string) => unknown> = {
  'pdd.pop.auth.token.create': tokenCreate,
  'pdd.pop.auth.token.refresh': tokenRefresh,
}

export function openGateway(kernel: Kernel): void {
  void kernel.app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      '*',
      { parseAs: 'string' },
      async (_request: FastifyRequest, body: string) => body,
    )
    scope.post(
      '/pinduoduo/api/router',
      kernel.outside(family, async (request, reply) => {
        reply.type('application/json;charset=UTF-8')
        return answerCall(kernel, request)
      }),
    )
  })
}

/** A form or JSON; objects inside JSON are signed as their compact text. */
function parametersOf(request: FastifyRequest): Map<string, string> {
  const body = typeof request.body === 'string' ? request.body : ''
  if (!(request.headers['content-type'] ?? '').includes('json')) return new Map(new URLSearchParams(body))
  try {
    const given = Object.entries(parseBigJson(body) as object)
    return new Map(
      given.map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]),
    )
  } catch {
    throw new PddFailure(10000, '参数错误', '请求体不是 JSON')
  }
}

function answerCall(kernel: Kernel, request: FastifyRequest): string {
  const request_id = String(BigInt(`0x${randomBytes(6).toString('hex')}`))
  try {
    const parameters = parametersOf(request)
    verify(kernel, parameters)
    const type = parameters.get('type') ?? ''
    const field = (name: string) => parameters.get(name) ?? ''
    const app = appCalls[type]
    if (app) return writeJson(app(kernel, field))
    const handle = shopCalls[type]
    if (!handle) throw new PddFailure(10017, 'type不正确')
    return writeJson(handle({ kernel, shop: shopOf(kernel, field('access_token')), field }))
  } catch (failure) {
    if (!(failure instanceof PddFailure)) throw failure
    const { code, message, subMessage } = failure
    return writeJson({
      error_response: {
        error_code: code,
        error_msg: message,
        sub_code: subMessage === '' ? null : String(code),
        sub_msg: subMessage,
        request_id,
      },
    })
  }
}

function verify(kernel: Kernel, parameters: Map<string, string>): void {
  const { clientId, clientSecret } = pddState(kernel)
  if (!parameters.get('type')) throw new PddFailure(10001, '公共参数错误:type')
  if (parameters.get('client_id') !== clientId) throw new PddFailure(10016, 'client下线或者clientId不正确')
  const at = Number(parameters.get('timestamp') ?? 'x') * 1000
  if (Number.isNaN(at)) throw new PddFailure(10001, '公共参数错误:timestamp')
  // Real time counts too, because the sandbox's clock may have been moved forward.
  const skew = Math.min(Math.abs(at - kernel.clock.now()), Math.abs(at - Date.now()))
  if (skew > allowedSkewMs) throw new PddFailure(10001, '公共参数错误:timestamp')
  const given = parameters.get('sign') ?? ''
  if (!isSame(given, pddSign(parameters, clientSecret))) throw new PddFailure(20004, '签名sign校验失败')
}

function shopOf(kernel: Kernel, token: string): Shop {
  if (token === '') throw new PddFailure(10001, '公共参数错误:access_token')
  const shop = pddState(kernel).shops.find((one) => one.accessToken === token)
  if (shop === undefined || shop.tokenEndsAt <= kernel.clock.now())
    throw new PddFailure(10019, 'access_token已过期')
  return shop
}
