/** What the signing shapes promise beside the published vectors (test/vectors). */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../../../connectors/kit/canonical-json.ts'
import { bearerHeaders, withTokenQuery } from '../../../connectors/kit/sign/bearer.ts'
import { parameterText } from '../../../connectors/kit/sign/parameter-text.ts'
import { isSameSignature } from '../../../connectors/kit/sign/same-signature.ts'

interface Vector {
  inputs: Record<string, unknown>
}

const file = new URL('../../vectors/channels.json', import.meta.url)
const vectors = JSON.parse(readFileSync(file, 'utf8')) as Vector[]

describe('signing shapes', () => {
  it('writes the business parameters of Doudian as the platform does', () => {
    const cases = vectors.filter((vector) => vector.inputs.param !== undefined)
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
