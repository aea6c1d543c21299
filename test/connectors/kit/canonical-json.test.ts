import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byUtf8Bytes, canonicalJson } from '../../../connectors/kit/canonical-json.ts'

const text = fc.string({ unit: 'grapheme' }).map((value) => value.replace(/[\u2028\u2029]/g, ''))
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }).map((value) => value + 0),
    text,
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(text, tie('tree'), { maxKeys: 5 }),
  ),
}))

/** Every object of the text, keys in the order they are written. */
function keysInOrder(value: unknown, found: string[][] = []): string[][] {
  if (Array.isArray(value)) for (const one of value) keysInOrder(one, found)
  else if (value !== null && typeof value === 'object') {
    found.push(Object.keys(value))
    for (const one of Object.values(value)) keysInOrder(one, found)
  }
  return found
}

describe('canonicalJson', () => {
  it('says the same as the value, in the same text whatever the order of its keys', () => {
    fc.assert(
      fc.property(tree, (value) => {
        const written = canonicalJson(value)
        expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(value)))
        expect(canonicalJson(JSON.parse(written))).toBe(written)
      }),
      { numRuns: 500 },
    )
  })

  it('sorts keys by their bytes at every depth', () => {
    fc.assert(
      fc.property(tree, (value) => {
        for (const keys of keysInOrder(JSON.parse(canonicalJson(value)))) {
          // JavaScript itself moves keys that look like array indexes to the front.
          const named = keys.filter((key) => !/^(0|[1-9]\d*)$/.test(key))
          expect(named).toEqual([...named].sort(byUtf8Bytes))
        }
      }),
    )
  })

  it('orders upper case, underscore, lower case and beyond the basic plane by UTF-8 bytes', () => {
    const value = { 中: 1, a_b: 2, B: 3, _: 4, ab: 5, '\u{1F600}': 6, '\uFF01': 7, '10': 8, '9': 9 }
    expect(canonicalJson(value)).toBe(
      '{"10":8,"9":9,"B":3,"_":4,"a_b":2,"ab":5,"中":1,"\uFF01":7,"\u{1F600}":6}',
    )
  })

  it('escapes only what JSON must, and drops the separators the two sides write differently', () => {
    expect(canonicalJson({ t: '急单<a&b>/\\"\n\u0001\u2028\u2029😀' })).toBe(
      '{"t":"急单<a&b>/\\\\\\"\\n\\u0001😀"}',
    )
  })

  it('keeps integers exact and writes 1.0 as 1', () => {
    expect(canonicalJson([1.0, -0, 9007199254740991, 4781320682406083640n, 0.5])).toBe(
      '[1,0,9007199254740991,4781320682406083640,0.5]',
    )
    expect(() => canonicalJson(2 ** 53)).toThrow(/bigint/)
  })

  it('leaves out undefined members and refuses what has no JSON text', () => {
    expect(canonicalJson({ a: undefined, b: [undefined] })).toBe('{"b":[null]}')
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, () => 1, Symbol('x'), undefined]) {
      expect(() => canonicalJson(value)).toThrow()
    }
  })

  it('refuses endless nesting instead of overflowing the stack', () => {
    const ring: Record<string, unknown> = {}
    ring.ring = ring
    expect(() => canonicalJson(ring)).toThrow(/nested/)
  })
})
