/** The one door of JD: verifies each call as the platform does and writes its answers, misspelt names included. */
import type { FastifyRequest } from 'fastify'
import type { Kernel } from '../../kernel/types.ts'
import { parseBigJson, writeJson } from '../big-json.ts'
import { replyRefund } from './decisions.ts'
import { invalid, JdFailure } from './failure.ts'
import { type JdCall, orderGet, orderSearch, refundList } from './records.ts'
import { isSame, jdSign } from './sign.ts'
import { jdState, type Shop } from './state.ts'
import { answerToken } from './tokens.ts'
import { msOfGmt8 } from './wire.ts'

const family = 'jd'
const prefix = '/jd'
const allowedSkewMs = 6 * 60_000

const methods: Record<string, (call: JdCall) => unknown> = {
  'jingdong.pop.order.search': orderSearch,
  'jingdong.pop.order.get': orderGet,
  'jingdong.pop.afs.soa.refundapply.queryPageList': refundList,
  'jingdong.pop.afs.soa.refundapply.replyRefund': replyRefund,
}

export function openJd(kernel: Kernel): void {
  void kernel.app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      '*',
      { parseAs: 'string' },
      async (_request: FastifyRequest, body: string) => body,
    )
    const route = (answer: (form: URLSearchParams) => string) =>
      kernel.outside(family, async (request, reply) => {
        reply.type('application/json;charset=utf-8')
        return answer(new URLSearchParams(typeof request.body === 'string' ? request.body : ''))
      })
    scope.post(
      `${prefix}/routerjson`,
      route((form) => answerCall(kernel, form)),
    )
    scope.post(
      `${prefix}/oauth2/refresh_token`,
      route((form) => answerToken(kernel, form)),
    )
  })
}

function answerCall(kernel: Kernel, form: URLSearchParams): string {
  try {
    verify(kernel, form)
    const method = form.get('method') ?? ''
    const handle = methods[method]
    if (!handle) throw new JdFailure('15', '不存在的方法名', 'Invalid Method')
    const shop = shopOf(kernel, form.get('access_token') ?? '')
    const fields = fieldsOf(form.get('360buy_param_json') ?? '')
    const field = (name: string) => fields.get(name) ?? ''
    const answer = handle({ kernel, shop, field }) as object
    return writeJson({ [`${method.replaceAll('.', '_')}_responce`]: { code: '0', ...answer } })
  } catch (failure) {
    if (!(failure instanceof JdFailure)) throw failure
    const { code, message, english } = failure
    return writeJson({ error_response: { code, zh_desc: message, en_desc: english } })
  }
}

function fieldsOf(text: string): Map<string, string> {
  try {
    const given = Object.entries(parseBigJson(text === '' ? '{}' : text) as object)
    return new Map(given.filter(([, value]) => value !== null).map(([name, value]) => [name, String(value)]))
  } catch {
    throw invalid('360buy_param_json')
  }
}

function verify(kernel: Kernel, form: URLSearchParams): void {
  const { appKey, appSecret } = jdState(kernel)
  if (form.get('v') !== '2.0') throw new JdFailure('5', '不支持的版本号', 'Unsupported Version')
  if (!form.get('timestamp')) throw new JdFailure('7', '缺少时间戳参数', 'Missing Timestamp')
  const at = msOfGmt8(form.get('timestamp') ?? '')
  // Real time counts too, because the sandbox's clock may have been moved forward.
  const skew = Math.min(Math.abs(at - kernel.clock.now()), Math.abs(at - Date.now()))
  if (!(skew <= allowedSkewMs)) throw new JdFailure('8', '非法的时间戳参数', 'Invalid Timestamp')
  if (!form.get('method')) throw new JdFailure('14', '缺少方法名参数', 'Missing Method')
  if (form.get('app_key') !== appKey) throw new JdFailure('21', '无效App Key', 'Invalid App Key')
  const given = form.get('sign')
  if (!given) throw new JdFailure('11', '缺少签名参数', 'Missing Signature')
  if (!isSame(given, jdSign(form, appSecret))) throw new JdFailure('12', '无效签名', 'Invalid Signature')
}

function shopOf(kernel: Kernel, token: string): Shop {
  const shop = jdState(kernel).shops.find((one) => one.accessToken === token)
  if (token === '' || shop === undefined || shop.tokenEndsAt <= kernel.clock.now())
    throw new JdFailure('19', '无效access_token', 'Invalid access_token')
  return shop
}
