/** The one door of the open platform: verifies each call as the platform does and writes its answers. */
import type { FastifyRequest } from 'fastify'
import type { Kernel } from '../../kernel/types.ts'
import { refusals, XhsFailure } from './failure.ts'
import { methods } from './methods.ts'
import { isCallSigned } from './sign.ts'
import { family, xhsState } from './state.ts'
import { refreshToken, shopOfToken } from './tokens.ts'

export const prefix = '/xiaohongshu'
/** UNVERIFIED: how far the clock may be off. */
const allowedSkewMs = 10 * 60_000

export function openXhs(kernel: Kernel): void {
  void kernel.app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      '*',
      { parseAs: 'string' },
      async (_request: FastifyRequest, body: string) => body,
    )
    scope.post(
      `${prefix}/ark/open_api/v3/common_controller`,
      kernel.outside(family, async (request) => answer(kernel, request)),
    )
  })
}

function answer(kernel: Kernel, request: FastifyRequest): unknown {
  try {
    return { error_code: 0, error_msg: '', success: true, data: handle(kernel, bodyOf(request)) }
  } catch (failure) {
    if (!(failure instanceof XhsFailure)) throw failure
    return { error_code: failure.code, error_msg: failure.message, success: false, data: null }
  }
}

function handle(kernel: Kernel, fields: Record<string, unknown>): unknown {
  verify(kernel, fields)
  const method = String(fields.method)
  if (method === 'oauth.refreshToken') return refreshToken(kernel, fields)
  const shop = shopOfToken(kernel, fields.accessToken)
  const run = Object.hasOwn(methods, method) ? methods[method] : undefined
  if (run === undefined) throw refusals.method()
  return run({ kernel, shop, fields })
}

function verify(kernel: Kernel, fields: Record<string, unknown>): void {
  const { appId, appSecret } = xhsState(kernel)
  if (fields.appId !== appId) throw refusals.app()
  if (fields.version !== '2.0') throw refusals.parameter('version')
  const at = Number(fields.timestamp) * 1000
  // Real time counts too, because the sandbox's clock may have been moved forward.
  const skew = Math.min(Math.abs(at - kernel.clock.now()), Math.abs(at - Date.now()))
  if (!(skew <= allowedSkewMs)) throw refusals.timestamp()
  if (!isCallSigned(fields, appSecret)) throw refusals.signature()
}

function bodyOf(request: FastifyRequest): Record<string, unknown> {
  try {
    const body: unknown = JSON.parse(String(request.body))
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return { ...body }
  } catch {
    // refused below
  }
  throw refusals.parameter('body')
}
