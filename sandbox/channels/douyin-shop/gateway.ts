/** The door of the Doudian open API: verifies each call as the platform does and writes its envelope. */
import { randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Kernel } from '../../kernel/types.ts'
import { canonicalJson, parseBigJson, writeJson } from '../big-json.ts'
import { illegal, missing, ShopFailure } from './failure.ts'
import { type SignMethod, sameText, sign } from './sign.ts'
import { type Shop, shopState } from './state.ts'
import { shopOfToken } from './tokens.ts'

export interface ShopCall {
  kernel: Kernel
  /** the shop the access token belongs to */
  shop: Shop
  param: Record<string, unknown>
}

export interface OpenRoute {
  /** `/order/searchList` */
  path: string
  handle(call: ShopCall): unknown
}

export interface TokenRoute {
  path: string
  handleWithoutToken(kernel: Kernel, param: Record<string, unknown>): unknown
}

const allowedSkewMs = 10 * 60_000
const prefix = '/douyin-shop'

/** Registers the routes in a scope of their own, because signatures need the body's bytes, parsed by nobody. */
export function openGateway(
  kernel: Kernel,
  routes: readonly (OpenRoute | TokenRoute)[],
  family: string,
): void {
  void kernel.app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      '*',
      { parseAs: 'string' },
      async (_request: FastifyRequest, body: string) => body,
    )
    for (const route of routes) {
      scope.post(
        prefix + route.path,
        kernel.outside(family, (request, reply) =>
          respond(request, reply, () => answer(kernel, route, request)),
        ),
      )
    }
    scope.all(
      `${prefix}/*`,
      kernel.outside(family, (request, reply) =>
        respond(request, reply, () => {
          throw new ShopFailure(70000, '接口服务已下线', {
            code: 'isp.api-service-off',
            msg: 'API不存在或API已下线',
          })
        }),
      ),
    )
  })
}

function answer(kernel: Kernel, route: OpenRoute | TokenRoute, request: FastifyRequest): unknown {
  const query = request.query as Record<string, string | undefined>
  const body = typeof request.body === 'string' && request.body !== '' ? request.body : '{}'
  verify(kernel, { path: route.path, query, body })
  const param = readParam(body)
  if ('handleWithoutToken' in route) return route.handleWithoutToken(kernel, param)
  return route.handle({ kernel, shop: shopOfToken(kernel, query.access_token ?? ''), param })
}

interface Received {
  path: string
  query: Record<string, string | undefined>
  body: string
}

function verify(kernel: Kernel, { path, query, body }: Received): void {
  const { appKey, appSecret } = shopState(kernel)
  if (!query.app_key) throw missing('isv.app-id-missing', '认证失败，app_key不存在')
  if (query.app_key !== appKey) throw illegal('isv.app-id-invalid', '认证失败，app_key格式不正确')
  const method = path.slice(1).replaceAll('/', '.')
  if (query.method !== method || query.v !== '2') throw illegal('isv.parameter-invalid', 'method 或 v 不正确')
  checkTimestamp(kernel, query.timestamp)
  if (!query.sign) throw missing('isv.signature-missing', '获取签名失败，请根据文档确保参数拼装正确')
  const signed = {
    app_key: appKey,
    method,
    param_json: canonical(body),
    timestamp: query.timestamp ?? '',
    v: '2',
  }
  if (!sameText(query.sign, sign(signed, appSecret, signMethod(query.sign_method)))) {
    throw illegal('isv.signature-invalid', '签名校验失败')
  }
}

/** Missing means md5, the platform's old default. */
function signMethod(name: string | undefined): SignMethod {
  if (name === undefined || name === 'md5') return 'md5'
  if (name === 'hmac-sha256') return name
  throw illegal('isv.parameter-invalid', 'sign_method 不正确')
}

/** Unix s or GMT+8 text, ±10 min. Real time counts too, because the sandbox's clock may have been moved forward. */
function checkTimestamp(kernel: Kernel, text: string | undefined): void {
  const at = timestampMs(text ?? '')
  if (Number.isNaN(at)) throw illegal('isv.timestamp-format-error', '时间戳格式错误')
  const skew = Math.min(Math.abs(at - kernel.clock.now()), Math.abs(at - Date.now()))
  if (skew > allowedSkewMs) throw illegal('isv.timestamp-invalid', '时间戳不合法')
}

function timestampMs(text: string): number {
  if (/^\d{10}$/.test(text)) return Number(text) * 1000
  if (/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)) return Date.parse(`${text.replace(' ', 'T')}+08:00`)
  return Number.NaN
}

function canonical(body: string): string {
  try {
    return canonicalJson(body)
  } catch {
    throw illegal('isv.parameter-format-invalid', '业务参数json解析失败')
  }
}

function readParam(body: string): Record<string, unknown> {
  const param = parseBigJson(body)
  if (param === null || typeof param !== 'object' || Array.isArray(param)) {
    throw illegal('isv.parameter-format-invalid', '业务参数json解析失败')
  }
  return param as Record<string, unknown>
}

async function respond(
  _request: FastifyRequest,
  reply: FastifyReply,
  handle: () => unknown,
): Promise<unknown> {
  reply.type('application/json; charset=utf-8')
  const log_id = randomBytes(16).toString('hex').toUpperCase()
  try {
    return writeJson({ code: 10000, msg: 'success', sub_code: '', sub_msg: '', log_id, data: handle() })
  } catch (failure) {
    if (!(failure instanceof ShopFailure)) throw failure
    const { code, msg, subCode, message } = failure
    return writeJson({ code, msg, sub_code: subCode, sub_msg: message, log_id, data: null })
  }
}
