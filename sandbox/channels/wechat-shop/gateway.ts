/** The door of the WeChat shops: checks the token of each call as the platform does and writes its answers. */
import type { FastifyRequest } from 'fastify'
import type { Kernel } from '../../kernel/types.ts'
import { parseBigJson, writeJson } from '../big-json.ts'
import { acceptApply, rejectApply } from './decisions.ts'
import { WechatFailure } from './failure.ts'
import { afterSaleDetail, afterSaleList, orderDetail, orderList, type WechatCall } from './records.ts'
import { family } from './state.ts'
import { shopOfToken, stableToken } from './tokens.ts'

const calls: Record<string, (call: WechatCall) => unknown> = {
  '/channels/ec/order/list/get': orderList,
  '/channels/ec/order/get': orderDetail,
  '/channels/ec/aftersale/getaftersalelist': afterSaleList,
  '/channels/ec/aftersale/getaftersaleorder': afterSaleDetail,
  '/channels/ec/aftersale/acceptapply': acceptApply,
  '/channels/ec/aftersale/rejectapply': rejectApply,
}

export function openGateway(kernel: Kernel): void {
  void kernel.app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      '*',
      { parseAs: 'string' },
      async (_request: FastifyRequest, body: string) => body,
    )
    const open = (path: string, handle: (request: FastifyRequest) => unknown) =>
      scope.post(
        `/wechat-shop${path}`,
        kernel.outside(family, async (request, reply) => {
          reply.type('application/json; encoding=utf-8')
          return answer(() => handle(request))
        }),
      )
    open('/cgi-bin/stable_token', (request) => stableToken(kernel, bodyOf(request)))
    for (const [path, handle] of Object.entries(calls))
      open(path, (request) => {
        const { access_token: token } = request.query as { access_token?: unknown }
        const shop = shopOfToken(kernel, typeof token === 'string' ? token : '')
        return { errcode: 0, errmsg: 'ok', ...(handle({ kernel, shop, body: bodyOf(request) }) as object) }
      })
  })
}

function answer(handle: () => unknown): string {
  try {
    return writeJson(handle())
  } catch (failure) {
    if (!(failure instanceof WechatFailure)) throw failure
    return writeJson({ errcode: failure.code, errmsg: failure.message })
  }
}

function bodyOf({ body }: FastifyRequest): Record<string, unknown> {
  try {
    const value = parseBigJson(typeof body === 'string' ? body : '')
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  } catch {
    // Said below.
  }
  throw new WechatFailure(47001, 'data format error')
}
