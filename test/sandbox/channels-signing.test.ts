import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../../sandbox/channels/big-json.ts'
import { eventSign, type SignMethod, sign } from '../../sandbox/channels/douyin-shop/sign.ts'
import { erpSign } from '../../sandbox/erp/jushuitan/sign.ts'

interface Vector {
  system: string
  kind: string
  inputs: Record<string, string> & { param?: unknown; params: Record<string, string> }
  expected: string
}

const vectors: Vector[] = JSON.parse(
  readFileSync(new URL('../vectors/channels.json', import.meta.url), 'utf8'),
)

function vectorsOf(system: string, kind: string): Vector[] {
  return vectors.filter((vector) => vector.system === system && vector.kind === kind)
}

describe('the sandbox signs as the published vectors do', () => {
  it.each(vectorsOf('doudian', 'sign'))('Doudian request: $inputs.case', ({ inputs, expected }) => {
    const param_json = canonicalJson(JSON.stringify(inputs.param))
    expect(param_json).toBe(inputs.param_json)
    const signed = {
      app_key: inputs.appKey,
      method: inputs.method,
      param_json,
      timestamp: inputs.timestamp,
      v: inputs.v,
    }
    expect(sign(signed as Record<string, string>, inputs.appSecret ?? '', 'hmac-sha256')).toBe(expected)
  })

  it.each(vectorsOf('doudian', 'webhook').filter(({ inputs }) => inputs.scheme === 'spi-sign'))(
    'Doudian service call: $inputs.case, $inputs.sign_method',
    ({ inputs, expected }) => {
      const param_json = canonicalJson(inputs.param_json ?? '')
      expect(param_json).toBe(inputs.param_json)
      const signed = { app_key: inputs.appKey, param_json, timestamp: inputs.timestamp } as Record<
        string,
        string
      >
      expect(sign(signed, inputs.appSecret ?? '', inputs.sign_method as SignMethod)).toBe(expected)
    },
  )

  it('Doudian push', () => {
    const [push] = vectorsOf('doudian', 'webhook').filter(({ inputs }) => inputs.scheme === 'event-sign md5')
    const headers = push?.inputs.headers as unknown as Record<string, string>
    const body = push?.inputs.body ?? ''
    expect(eventSign(headers['app-id'] ?? '', body, push?.inputs.appSecret ?? '')).toBe(push?.expected)
  })

  it.each(vectorsOf('jushuitan', 'sign'))('Jushuitan request: $inputs.app_secret', ({ inputs, expected }) => {
    expect(erpSign(inputs.params, inputs.app_secret ?? '')).toBe(expected)
  })
})

describe('canonical parameters', () => {
  it('keep every digit of large integers, drop the zero of 1.0 and sort nested keys by bytes', () => {
    expect(
      canonicalJson('{ "b":1.0, "a_b":9223372036854775807, "a":{"z":[3,1],"B":null}, "中":"<&>/" }'),
    ).toBe('{"a":{"B":null,"z":[3,1]},"a_b":9223372036854775807,"b":1,"中":"<&>/"}')
  })

  it('treat __proto__ as an ordinary key', () => {
    expect(canonicalJson('{"b":1,"__proto__":{"x":2}}')).toBe('{"__proto__":{"x":2},"b":1}')
  })
})
