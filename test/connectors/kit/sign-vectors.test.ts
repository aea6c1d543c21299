/** Every signature vector of every channel, computed with the kit's shapes alone. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../../../connectors/kit/canonical-json.ts'
import { bearerHeaders, withTokenQuery } from '../../../connectors/kit/sign/bearer.ts'
import { signCanonical } from '../../../connectors/kit/sign/canonical-hmac.ts'
import { signJoinedPairs } from '../../../connectors/kit/sign/joined-pairs.ts'
import { countedPair, equalsPair, parameterText } from '../../../connectors/kit/sign/parameter-text.ts'
import { isSameSignature } from '../../../connectors/kit/sign/same-signature.ts'
import { signSecretPrefixed, signSecretSuffixed } from '../../../connectors/kit/sign/secret-prefixed.ts'
import { signSecretWrapped } from '../../../connectors/kit/sign/secret-wrapped.ts'
import { signSortedValues } from '../../../connectors/kit/sign/sorted-values.ts'

interface Vector {
  system: string
  kind: string
  inputs: Record<string, unknown>
  expected: string
}

const file = new URL('../../vectors/channels.json', import.meta.url)
const vectors = JSON.parse(readFileSync(file, 'utf8')) as Vector[]
const signed = vectors.filter((vector) => vector.kind !== 'decrypt')

type Inputs = Record<string, string> & { params: Record<string, string>; query: Record<string, string> }
const md5 = { hash: 'md5', encoding: 'hex' } as const
const upperMd5 = { hash: 'md5', encoding: 'HEX' } as const
const sha1 = { hash: 'sha1', encoding: 'hex' } as const
const sha256 = { hash: 'sha256', encoding: 'hex' } as const

/** The long value of one vector is written as `REPEAT:x:10001`. */
function expand(params: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).map(([key, value]) => {
      const [word, text = '', times] = value.split(':')
      return [key, word === 'REPEAT' ? text.repeat(Number(times)) : value]
    }),
  )
}

const signers: Record<string, (inputs: Inputs) => string> = {
  'doudian sign': (v) => {
    const { appKey = '', method = '', param_json = '', timestamp = '', v: version = '' } = v
    const pairs = { app_key: appKey, method, param_json, timestamp, v: version }
    const keyed = v.sign_method !== 'md5'
    return signSecretWrapped(pairs, v.appSecret ?? '', keyed ? { ...sha256, keyed } : md5)
  },
  'doudian webhook': (v) => {
    if (v.scheme !== 'spi-sign') {
      const appId = (v.headers as unknown as Record<string, string>)['app-id'] ?? ''
      return signSecretSuffixed([appId, Buffer.from(v.body ?? '')], v.appSecret ?? '', md5)
    }
    const { appKey = '', param_json = '', timestamp = '' } = v
    const keyed = v.sign_method !== 'md5'
    const rule = keyed ? { ...sha256, keyed } : md5
    return signSecretWrapped({ app_key: appKey, param_json, timestamp }, v.appSecret ?? '', rule)
  },
  'jd sign': (v) => signSecretWrapped(v.params, v.appSecret ?? '', upperMd5),
  'pinduoduo sign': (v) => signSecretWrapped(v.params, v.client_secret ?? '', upperMd5),
  'taobao-top sign': (v) =>
    v.sign_method === 'md5'
      ? signSecretWrapped(v.params, v.appSecret ?? '', upperMd5)
      : signCanonical(parameterText(v.params), v.appSecret ?? '', { hash: 'sha256', encoding: 'HEX' }),
  'wangdiantong-flagship sign': (v) => signSecretWrapped(v.params, v.secret ?? '', md5),
  'wangdiantong-enterprise sign': (v) =>
    signJoinedPairs(expand(v.params), v.appsecret ?? '', {
      ...md5,
      parameters: { pair: countedPair, separator: ';' },
    }),
  'guanyi sign': (v) => signSecretWrapped(v.jsonWithoutSign ?? '', v.secret ?? '', upperMd5),
  'jushuitan sign': (v) => signSecretPrefixed(v.params, v.app_secret ?? '', md5),
  'jushuitan-legacy sign': (v) =>
    signSecretSuffixed(
      [v.method ?? '', v.partnerid ?? '', 'token', v.token ?? '', 'ts', v.ts ?? ''],
      v.partnerkey ?? '',
      md5,
    ),
  'meituan-techservice sign': (v) => signSecretPrefixed(v.params, v.signKey ?? '', sha1),
  'meituan-waimai-direct sign': (v) =>
    signJoinedPairs(v.params, v.appSecret ?? '', { ...md5, prefix: `${v.url}?` }),
  'meituan-ota-travel sign': (v) => {
    const text = `${v.method} ${v.uri}\n${v.date}`
    return `MWS ${v.appKey}:${signCanonical(text, v.appSecret ?? '', { hash: 'sha1', encoding: 'base64' })}`
  },
  'douyin-life webhook': (v) => {
    const tail = [Buffer.from(v.body ?? '')]
    if (v.header === 'X-Douyin-Signature')
      return signSecretPrefixed({}, v.clientSecret ?? '', { ...sha1, tail })
    return signSecretPrefixed(v.query, v.clientSecret ?? '', {
      ...sha256,
      parameters: { pair: (key, value) => `&${equalsPair(key, value)}` },
      tail: ['&http_body=', ...tail],
    })
  },
  'kuaishou sign': (v) =>
    v.signMethod === 'MD5'
      ? signJoinedPairs(v.params, v.signSecret ?? '', { ...md5, beforeSecret: '&signSecret=' })
      : signJoinedPairs(v.params, v.signSecret ?? '', {
          hash: 'sha256',
          encoding: 'base64',
          beforeSecret: '&signSecret=',
          keyed: true,
        }),
  'xiaohongshu sign': (v) => {
    const { appId = '', timestamp = '', version = '' } = v
    return signJoinedPairs({ appId, timestamp, version }, v.appSecret ?? '', {
      ...md5,
      prefix: `${v.method}?`,
    })
  },
  'xiaohongshu webhook': (v) => {
    const pairs = { ...v.query, ...(v.headers as unknown as Record<string, string>) }
    return signJoinedPairs(pairs, v.appSecret ?? '', { ...md5, prefix: `${v.path}?` })
  },
  'vip-vop sign': (v) => {
    const text = [parameterText(v.systemParams as unknown as Record<string, string>), v.body ?? '']
    return signCanonical(text, v.appSecret ?? '', { hash: 'md5', encoding: 'HEX' })
  },
  'kingdee-k3cloud sign': (v) => {
    if (v.op === 'LoginBySign') {
      const values = [v.acctId, v.userName, v.appId, v.appSecret, v.timestamp].map(String)
      return signSortedValues(values, sha256)
    }
    return signCanonical(v.message ?? '', v.appSecret ?? '', { hash: 'sha256', encoding: 'base64-of-hex' })
  },
  'yonsuite sign': (v) =>
    signCanonical(
      parameterText({ appKey: v.appKey ?? '', timestamp: v.timestamp ?? '' }),
      v.appSecret ?? '',
      {
        hash: 'sha256',
        encoding: 'base64',
      },
    ),
  'wechat-store webhook': (v) =>
    signSortedValues([v.token ?? '', v.timestamp ?? '', v.nonce ?? '', v.encrypt ?? ''], sha1),
  'ctrip-ttd sign': (v) => {
    const parts = [v.accountId, v.serviceName, v.requestTime, v.body, v.version].map(String)
    return signSecretSuffixed(parts, v.signKey ?? '', md5)
  },
}

describe('signing shapes', () => {
  it.each(signed.map((vector, index) => [`${vector.system} ${vector.kind} #${index}`, vector] as const))(
    '%s has the published signature',
    (_name, vector) => {
      const sign = signers[`${vector.system} ${vector.kind}`]
      expect(sign, 'a vector no shape is tried on').toBeDefined()
      expect(sign?.(vector.inputs as Inputs)).toBe(vector.expected)
    },
  )

  it('writes the business parameters of Doudian as the platform does', () => {
    const cases = signed.filter((vector) => vector.inputs.param !== undefined)
    expect(cases.length).toBeGreaterThan(0)
    for (const { inputs } of cases) expect(canonicalJson(inputs.param)).toBe(inputs.param_json)
  })

  it('puts a token where the platform wants it, and nothing without a token', () => {
    expect(bearerHeaders('t')).toEqual({ authorization: 'Bearer t' })
    expect(bearerHeaders('t', 'access-token')).toEqual({ 'access-token': 't' })
    expect(bearerHeaders('')).toEqual({})
    expect(withTokenQuery('https://a.example/x?b=1', 't&')).toBe('https://a.example/x?b=1&access_token=t%26')
    expect(withTokenQuery('https://a.example/x', '')).toBe('https://a.example/x')
  })

  it('leaves out what must not be signed', () => {
    const parameters = { b: '', a: '1', sign: 'old', c: '3' }
    expect(parameterText(parameters)).toBe('a1bc3')
    expect(parameterText(parameters, { skipEmpty: true, omit: ['c', 'sign'] })).toBe('a1')
  })

  it('compares signatures without accepting empty or shorter ones', () => {
    expect(isSameSignature('abc', 'abc')).toBe(true)
    for (const given of ['', undefined, 'ab', 'abd', 'ABC', 'abcabc', 'äbc']) {
      expect(isSameSignature('abc', given)).toBe(false)
    }
  })
})
