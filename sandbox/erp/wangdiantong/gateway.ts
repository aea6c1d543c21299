/** The doors of both editions: each verifies as its platform does and writes its answers with HTTP 200. */
import type { FastifyRequest } from 'fastify'
import type { Kernel } from '../../kernel/types.ts'
import { calls, type WdtCall } from './calls.ts'
import { refusals, WdtFailure } from './failure.ts'
import { isEnterpriseSigned, isFlagshipSigned } from './sign.ts'
import { type Account, type Edition, family, wdtState } from './state.ts'

export const flagshipPath = '/wangdiantong/openapi'
export const enterprisePath = '/wangdiantong/openapi2'

const flagshipEpoch = 1_325_347_200
/** UNVERIFIED: how far the clock may be off. */
const allowedSkewMs = 10 * 60_000

export function openWdtGateways(kernel: Kernel): void {
  void kernel.app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      '*',
      { parseAs: 'string' },
      async (_request: FastifyRequest, body: string) => body,
    )
    const door = (answer: (kernel: Kernel, request: FastifyRequest) => unknown) =>
      kernel.outside(family, async (request) => answer(kernel, request))
    scope.post(flagshipPath, door(answerFlagship))
    scope.post(`${enterprisePath}/:name`, door(answerEnterprise))
  })
}

type Texts = Record<string, string>

function answerFlagship(kernel: Kernel, request: FastifyRequest): unknown {
  const query = request.query as Texts
  const body = textOf(request)
  try {
    const account = accountOf(kernel, 'flagship', { sid: query.sid, appKey: query.key })
    if (query.salt !== account.salt || query.v !== '1.0') throw refusals.parameter('salt,v')
    if (!isFlagshipSigned(query, body, account.secret)) throw refusals.signature()
    checkClock(kernel, Number(query.timestamp) + flagshipEpoch)
    const data = run('flagship', query.method ?? '', {
      ...{ kernel, account, paging: query, fields: paramsOf(body) },
    })
    return { status: 0, message: 'OK', data }
  } catch (failure) {
    if (!(failure instanceof WdtFailure)) throw failure
    return { status: failure.code, message: failure.message, data: null }
  }
}

function answerEnterprise(kernel: Kernel, request: FastifyRequest): unknown {
  const form: Texts = Object.fromEntries(new URLSearchParams(textOf(request)))
  const { name } = request.params as { name: string }
  try {
    const account = accountOf(kernel, 'enterprise', { sid: form.sid, appKey: form.appkey })
    if (!isEnterpriseSigned(form, account.secret)) throw refusals.signature()
    checkClock(kernel, Number(form.timestamp))
    return {
      code: 0,
      message: 'ok',
      ...run('enterprise', name, { kernel, account, paging: form, fields: form }),
    }
  } catch (failure) {
    if (!(failure instanceof WdtFailure)) throw failure
    return { code: failure.code, message: failure.message }
  }
}

function textOf(request: FastifyRequest): string {
  return typeof request.body === 'string' ? request.body : ''
}

function accountOf(
  kernel: Kernel,
  edition: Edition,
  given: { sid: string | undefined; appKey: string | undefined },
): Account {
  const account = wdtState(kernel).accounts.find(
    (one) => one.edition === edition && one.sid === given.sid && one.appKey === given.appKey,
  )
  if (account === undefined) throw refusals.account()
  return account
}

/** Real time counts too, because the sandbox's clock may have been moved forward. */
function checkClock(kernel: Kernel, seconds: number): void {
  const at = seconds * 1000
  const skew = Math.min(Math.abs(at - kernel.clock.now()), Math.abs(at - Date.now()))
  if (!(skew <= allowedSkewMs)) throw refusals.timestamp()
}

function run(edition: Edition, name: string, call: WdtCall): Record<string, unknown> {
  const state = wdtState(call.kernel)
  if (state.overRate > 0) {
    state.overRate -= 1
    throw refusals.rate()
  }
  const handle = Object.hasOwn(calls[edition], name) ? calls[edition][name] : undefined
  if (handle === undefined) throw refusals.method()
  return handle(call)
}

/** The body is a JSON array whose first member holds the parameters. */
function paramsOf(body: string): Record<string, unknown> {
  try {
    const list: unknown = JSON.parse(body)
    if (Array.isArray(list) && typeof list[0] === 'object' && list[0] !== null) return list[0]
  } catch {
    // refused below
  }
  throw refusals.parameter('body')
}
