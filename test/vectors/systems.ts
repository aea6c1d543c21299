/** Signature and cipher vectors, computed by the code the connectors use. */

import { signDoudian, signDoudianPush } from '../../connectors/douyin-shop/sign.ts'
import { signJushuitan } from '../../connectors/jushuitan/sign.ts'
import { canonicalJson } from '../../connectors/kit/canonical-json.ts'
import { signLifePush, signLifeSpi } from '../../connectors/kit/schemes/douyin-life.ts'
import { signJd } from '../../connectors/kit/schemes/jd.ts'
import { signHeader, signLogin, unmaskSecret } from '../../connectors/kit/schemes/kingdee.ts'
import { decryptPush, signKuaishou } from '../../connectors/kit/schemes/kuaishou.ts'
import { signPinduoduo } from '../../connectors/kit/schemes/pinduoduo.ts'
import {
  decryptCtrip,
  decryptMeituanTravel,
  signCtrip,
  signGuanyi,
  signJushuitanLegacy,
  signMeituanTechservice,
  signMeituanTravel,
  signMeituanWaimai,
  signVip,
  signYonsuite,
} from '../../connectors/kit/schemes/profiles.ts'
import { signTop } from '../../connectors/kit/schemes/taobao.ts'
import { signEnterprise, signFlagship } from '../../connectors/kit/schemes/wangdiantong.ts'
import { decryptWechatPush, signWechatPush } from '../../connectors/kit/schemes/wechat.ts'
import { signXiaohongshu, signXiaohongshuPush } from '../../connectors/kit/schemes/xiaohongshu.ts'

export interface Vector {
  system: string
  kind: string
  inputs: Record<string, unknown>
  expected: unknown
}

type Texts = Record<string, string>
type Compute = (inputs: Inputs) => string

/** Inputs by name; a missing or mistyped one fails the vector with its name. */
class Inputs {
  readonly all: Record<string, unknown>
  constructor(all: Record<string, unknown>) {
    this.all = all
  }
  text(name: string): string {
    const value = this.all[name]
    if (typeof value === 'string' || typeof value === 'number') return String(value)
    throw new Error(`inputs.${name} is missing`)
  }
  texts(name: string): Texts {
    const value = this.all[name]
    if (typeof value !== 'object' || value === null) throw new Error(`inputs.${name} is missing`)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, expanded(asText(item))]))
  }
  has(name: string): boolean {
    return this.all[name] !== undefined
  }
}

/** What a caller sends is text: objects are compact JSON, the rest as printed. */
function asText(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)
}

/** Long values are written as `REPEAT:x:10001`. */
function expanded(text: string): string {
  const [word, part = '', times] = text.split(':')
  return word === 'REPEAT' && /^\d+$/.test(times ?? '') ? part.repeat(Number(times)) : text
}

const systems: Record<string, Compute> = {
  'doudian sign': (v) => {
    const param_json = v.has('param') ? canonicalJson(v.all.param) : v.text('param_json')
    const signed = {
      app_key: v.text('appKey'),
      method: v.text('method'),
      param_json,
      timestamp: v.text('timestamp'),
      v: v.text('v'),
    }
    return signDoudian(signed, v.text('appSecret'), methodOf(v))
  },
  'doudian webhook': (v) => {
    if (v.all.scheme !== 'spi-sign')
      return signDoudianPush(
        v.texts('headers')['app-id'] ?? '',
        Buffer.from(v.text('body')),
        v.text('appSecret'),
      )
    const signed = {
      app_key: v.text('appKey'),
      param_json: v.text('param_json'),
      timestamp: v.text('timestamp'),
    }
    return signDoudian(signed, v.text('appSecret'), methodOf(v))
  },
  'douyin-life webhook': (v) =>
    v.all.header === 'X-Douyin-Signature'
      ? signLifePush(Buffer.from(v.text('body')), v.text('clientSecret'))
      : signLifeSpi(
          v.texts('query'),
          v.has('body') ? Buffer.from(v.text('body')) : undefined,
          v.text('clientSecret'),
        ),
  'taobao-top sign': (v) => signTop(v.texts('params'), v.text('appSecret'), topMethodOf(v)),
  'jd sign': (v) => signJd(v.texts('params'), v.text('appSecret')),
  'pinduoduo sign': (v) => signPinduoduo(v.texts('params'), v.text('client_secret')),
  'kuaishou sign': (v) =>
    signKuaishou(v.texts('params'), v.text('signSecret'), v.all.signMethod === 'MD5' ? 'MD5' : 'HMAC_SHA256'),
  'kuaishou decrypt': (v) => decryptPush(v.text('bodyBase64'), v.text('privateKeyBase64')),
  'xiaohongshu sign': (v) =>
    signXiaohongshu(
      {
        method: v.text('method'),
        appId: v.text('appId'),
        timestamp: v.text('timestamp'),
        version: v.text('version'),
      },
      v.text('appSecret'),
    ),
  'xiaohongshu webhook': (v) =>
    signXiaohongshuPush(
      { path: v.text('path'), query: v.texts('query'), headers: v.texts('headers') },
      v.text('appSecret'),
    ),
  'wechat-store webhook': (v) =>
    signWechatPush({
      token: v.text('token'),
      timestamp: v.text('timestamp'),
      nonce: v.text('nonce'),
      ...(v.has('encrypt') && { encrypt: v.text('encrypt') }),
    }),
  'wechat-store decrypt': (v) =>
    decryptWechatPush(v.text('encrypt'), v.text('encodingAESKey'), v.text('appId')),
  'jushuitan sign': (v) => signJushuitan(v.texts('params'), v.text('app_secret')),
  'jushuitan-legacy sign': (v) =>
    signJushuitanLegacy(
      { method: v.text('method'), partnerid: v.text('partnerid'), token: v.text('token'), ts: v.text('ts') },
      v.text('partnerkey'),
    ),
  'wangdiantong-enterprise sign': (v) => signEnterprise(v.texts('params'), v.text('appsecret')),
  'wangdiantong-flagship sign': (v) => signFlagship(v.texts('params'), v.text('secret')),
  'kingdee-k3cloud sign': (v) =>
    v.all.op === 'LoginBySign'
      ? signLogin({
          acctId: v.text('acctId'),
          userName: v.text('userName'),
          appId: v.text('appId'),
          appSecret: v.text('appSecret'),
          timestamp: v.text('timestamp'),
        })
      : signHeader(v.text('message'), v.text('appSecret')),
  'kingdee-k3cloud decrypt': (v) => unmaskSecret(v.text('masked_secret_segment')),
  'vip-vop sign': (v) => signVip(v.texts('systemParams'), v.text('body'), v.text('appSecret')),
  'guanyi sign': (v) => signGuanyi(v.text('jsonWithoutSign'), v.text('secret')),
  'yonsuite sign': (v) => signYonsuite(v.text('appKey'), v.text('timestamp'), v.text('appSecret')),
  'meituan-techservice sign': (v) => signMeituanTechservice(v.texts('params'), v.text('signKey')),
  'meituan-waimai-direct sign': (v) =>
    signMeituanWaimai(v.text('url'), v.texts('params'), v.text('appSecret')),
  'meituan-ota-travel sign': (v) =>
    signMeituanTravel(
      { method: v.text('method'), uri: v.text('uri'), date: v.text('date') },
      { key: v.text('appKey'), secret: v.text('appSecret') },
    ),
  'meituan-ota-travel decrypt': (v) => decryptMeituanTravel(v.text('cipherTextBase64'), v.text('aesKey')),
  'ctrip-ttd sign': (v) =>
    signCtrip(
      {
        accountId: v.text('accountId'),
        serviceName: v.text('serviceName'),
        requestTime: v.text('requestTime'),
        body: v.text('body'),
        version: v.text('version'),
      },
      v.text('signKey'),
    ),
  'ctrip-ttd decrypt': (v) =>
    decryptCtrip(v.text('cipherText'), { aesKey: v.text('aesKey'), aesIv: v.text('aesIv') }),
}

function methodOf(v: Inputs): 'md5' | 'hmac-sha256' {
  return v.all.sign_method === 'md5' ? 'md5' : 'hmac-sha256'
}

function topMethodOf(v: Inputs): 'md5' | 'hmac' | 'hmac-sha256' {
  return v.all.sign_method === 'md5' || v.all.sign_method === 'hmac' ? v.all.sign_method : 'hmac-sha256'
}

export type Verdict = { ok: true } | { ok: false; why: string }

/** Whether our code computes what the vector expects; never throws. */
export function judge(vector: Vector): Verdict {
  const compute = systems[`${vector.system} ${vector.kind}`]
  if (compute === undefined)
    return { ok: false, why: `nothing here computes "${vector.system} ${vector.kind}"` }
  try {
    const computed = compute(new Inputs(vector.inputs))
    if (computed === vector.expected) return { ok: true }
    return { ok: false, why: `computed ${computed}, expected ${String(vector.expected)}` }
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : String(error) }
  }
}
