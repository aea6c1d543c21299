/** The door of the Jushuitan open API: form posts, md5 signature, `{code, msg, data}` with HTTP 200. */
import type { FastifyRequest } from 'fastify'
import type { Kernel } from '../../kernel/types.ts'
import { isSignedBy } from './sign.ts'
import { erpState, family } from './state.ts'

/** Only 0 and 190 are certain; the other codes are UNVERIFIED. */
export class ErpFailure extends Error {
  readonly code: number
  constructor(code: number, msg: string) {
    super(msg)
    this.code = code
  }
}

export const codes = {
  badSign: 10,
  badToken: 100,
  badParameter: 130,
  noPermission: 190,
  business: 1,
} as const

export type Biz = Record<string, unknown> | unknown[]

export interface BizRoute {
  path: string
  handle(kernel: Kernel, biz: Biz): unknown
}

export interface AuthRoute {
  path: string
  handleForm(kernel: Kernel, form: Record<string, string>): unknown
}

const allowedSkewMs = 10 * 60_000

export function openErpGateway(kernel: Kernel, routes: readonly (BizRoute | AuthRoute)[]): void {
  void kernel.app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      '*',
      { parseAs: 'string' },
      async (_request: FastifyRequest, body: string) => body,
    )
    for (const route of routes) {
      scope.post(
        `/jushuitan${route.path}`,
        kernel.outside(family, (request) => respond(() => answer(kernel, route, request))),
      )
    }
  })
}

function answer(kernel: Kernel, route: BizRoute | AuthRoute, request: FastifyRequest): unknown {
  const form = readForm(request)
  verify(kernel, form)
  if ('handleForm' in route) return route.handleForm(kernel, form)
  checkToken(kernel, form)
  return route.handle(kernel, readBiz(form.biz))
}

function readForm(request: FastifyRequest): Record<string, string> {
  const type = request.headers['content-type'] ?? ''
  if (!type.startsWith('application/x-www-form-urlencoded') || typeof request.body !== 'string') {
    throw new ErpFailure(codes.badParameter, '请使用application/x-www-form-urlencoded提交')
  }
  return Object.fromEntries(new URLSearchParams(request.body))
}

/** UNVERIFIED: how far the clock may be off; real time counts as well because the sandbox's may have been moved. */
function verify(kernel: Kernel, form: Record<string, string>): void {
  const { appKey, appSecret } = erpState(kernel)
  if (form.app_key !== appKey) throw new ErpFailure(codes.noPermission, 'app_key不存在')
  if (!isSignedBy(form, appSecret)) throw new ErpFailure(codes.badSign, '无效签名')
  const at = Number(form.timestamp) * 1000
  const skew = Math.min(Math.abs(at - kernel.clock.now()), Math.abs(at - Date.now()))
  if (!(skew <= allowedSkewMs)) throw new ErpFailure(codes.badSign, 'timestamp已过期')
  if ((form.charset ?? '').toLowerCase() !== 'utf-8')
    throw new ErpFailure(codes.badParameter, 'charset必须为utf-8')
}

function checkToken(kernel: Kernel, form: Record<string, string>): void {
  const known = erpState(kernel).tokens.find((token) => token.accessToken === form.access_token)
  if (!known) throw new ErpFailure(codes.badToken, '无效的access_token')
  if (known.expiresAt <= kernel.clock.now()) throw new ErpFailure(codes.badToken, 'access_token已过期')
  if (form.version !== '2') throw new ErpFailure(codes.badParameter, 'version必须为2')
}

function readBiz(text: string | undefined): Biz {
  try {
    const biz: unknown = JSON.parse(text ?? '')
    if (biz !== null && typeof biz === 'object') return biz as Biz
  } catch {
    // answered below like any other biz that is no JSON object
  }
  throw new ErpFailure(codes.badParameter, 'biz不是合法的JSON')
}

async function respond(handle: () => unknown): Promise<unknown> {
  try {
    return { code: 0, msg: 'success', data: handle() }
  } catch (failure) {
    if (!(failure instanceof ErpFailure)) throw failure
    return { code: failure.code, msg: failure.message, data: null }
  }
}
