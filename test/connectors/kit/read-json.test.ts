import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readJson } from '../../../connectors/kit/read-json.ts'

/** The same rule, told by the engine's own parser: the source text of an integer it cannot hold. */
function oracle(text: string): unknown {
  return JSON.parse(text, (_key, value, context?: { source?: string }) =>
    typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? '')
      ? context?.source
      : value,
  )
}

const number = fc.oneof(
  fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(String),
  fc.maxSafeInteger().map(String),
  fc.constantFrom('1.5', '-0', '1e5', '12345678901234567890e2', '12345678901234567.25', '1E+30', '0'),
)
const string = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '12345678901234567890',
    '":12345678901234567890,"',
    '\\',
    'a\\"12345678901234567890',
    '__proto__',
  ),
)
const { json } = fc.letrec<{ json: string }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 5 },
    number,
    string.map((value) => JSON.stringify(value)),
    fc.constantFrom('null', 'true', 'false'),
    fc.array(tie('json'), { maxLength: 4 }).map((items) => `[ ${items.join(' ,')}]`),
    fc
      .array(fc.tuple(string, tie('json')), { maxLength: 4 })
      .map((members) => `{${members.map(([key, value]) => `${JSON.stringify(key)} : ${value}`).join(',')} }`),
  ),
}))

describe('readJson', () => {
  it('reads every JSON text as the engine does, except that large integers become their text', () => {
    fc.assert(
      fc.property(json, (text) => {
        expect(readJson(text)).toEqual(oracle(text))
      }),
      { numRuns: 1000 },
    )
  })

  it('accepts and refuses the same texts as the engine', () => {
    fc.assert(
      fc.property(json, fc.nat(), fc.constantFrom('', ',', '"', '}', '1', '\\', ':'), (text, at, noise) => {
        const broken = `${text.slice(0, at % (text.length + 1))}${noise}${text.slice((at % (text.length + 1)) + 1)}`
        let valid = true
        try {
          JSON.parse(broken)
        } catch {
          valid = false
        }
        if (valid) expect(readJson(broken)).toEqual(oracle(broken))
        else expect(() => readJson(broken)).toThrow(expect.objectContaining({ code: 'json_unreadable' }))
      }),
      { numRuns: 1000 },
    )
  })

  it('keeps 64-bit ids exact, in arrays, negative and at the edges', () => {
    expect(
      readJson('{"id":4781320682406083640,"ids":[9007199254740992,-9223372036854775808],"n":42}'),
    ).toEqual({
      id: '4781320682406083640',
      ids: ['9007199254740992', '-9223372036854775808'],
      n: 42,
    })
    expect(readJson('9007199254740991')).toBe(9007199254740991)
  })

  it('never turns a number in the place of a key, or with a leading zero, into valid JSON', () => {
    for (const text of [
      '{12345678901234567890:1}',
      '{12345678901234567890   \n :1}',
      '[012345678901234567890]',
    ]) {
      expect(() => readJson(text)).toThrow(expect.objectContaining({ code: 'json_unreadable' }))
    }
  })

  it('keeps __proto__ as an ordinary member and leaves prototypes alone', () => {
    const value = readJson('{"__proto__":{"polluted":12345678901234567890},"a":1}') as Record<string, unknown>
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    expect(Object.keys(value)).toEqual(['__proto__', 'a'])
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('refuses deep nesting without overflowing, and ignores brackets inside text', () => {
    expect(() => readJson('['.repeat(100_000))).toThrow(/nested/)
    expect(() => readJson(`${'['.repeat(65)}${']'.repeat(65)}`)).toThrow(/nested/)
    expect(readJson(`"${'['.repeat(1000)}"`)).toBe('['.repeat(1000))
    expect(readJson('[[1]]', { maxDepth: 2 })).toEqual([[1]])
  })

  it('ignores a byte order mark and refuses empty text', () => {
    expect(readJson('\uFEFF{"a":1}')).toEqual({ a: 1 })
    for (const text of ['', ' ', '<html>', '{"a":1', 'undefined', 'NaN', '"\\']) {
      expect(() => readJson(text)).toThrow(expect.objectContaining({ code: 'json_unreadable' }))
    }
  })
})
