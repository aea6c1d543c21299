import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fenFromYuan, optionalFenFromYuan, yuanFromFen } from '../../../connectors/kit/money.ts'

/** An independent rule: decimal text as a fraction of big integers. */
function oracle(text: string): bigint {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.')
  const scaled = BigInt(whole + fraction) * 100n
  const fen = scaled / 10n ** BigInt(fraction.length)
  return text.startsWith('-') ? -fen : fen
}

describe('money', () => {
  it('goes from fen to yuan and back without loss', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (fen) => {
        expect(fenFromYuan(yuanFromFen(fen))).toBe(fen === 0 ? 0 : fen)
      }),
      { numRuns: 1000 },
    )
  })

  it('agrees with exact decimal arithmetic for every way of writing an amount', () => {
    const amount = fc
      .record({
        sign: fc.constantFrom('', '-'),
        whole: fc.nat(90_000_000_000_000).map(String),
        fraction: fc
          .constantFrom('', '.', '.0')
          .chain((point) => (point === '' ? fc.constant('') : fc.stringMatching(/^\.\d{1,2}0{0,4}$/))),
        zeros: fc.constantFrom('', '0', '000'),
      })
      .map(({ sign, whole, fraction, zeros }) => `${sign}${zeros}${whole}${fraction}`)
    fc.assert(
      fc.property(amount, (text) => {
        expect(BigInt(fenFromYuan(text))).toBe(oracle(text))
      }),
      { numRuns: 1000 },
    )
  })

  it('reads JSON numbers through their text, so that no amount is off by a fen', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000_000_00, max: 1_000_000_000_00 }), (fen) => {
        expect(fenFromYuan(Number(yuanFromFen(fen)))).toBe(fen === 0 ? 0 : fen)
      }),
      { numRuns: 1000 },
    )
    expect([1.1, 0.29, 19.99, 1005, 4.35].map((yuan) => fenFromYuan(yuan))).toEqual([
      110, 29, 1999, 100500, 435,
    ])
  })

  it('refuses everything that is no plain amount of whole fen', () => {
    const wrong = [
      '',
      ' ',
      '1e5',
      'NaN',
      'Infinity',
      '0x10',
      '1,234.00',
      '+1',
      '--1',
      '.5',
      '5.',
      '1.234',
      '0.001',
    ]
    const more = ['１２', '1 ', ' 1', '1.2.3', '¥12', '12元', 'null', '99999999999999999999']
    for (const text of [...wrong, ...more]) {
      expect(() => fenFromYuan(text), text).toThrow(expect.objectContaining({ code: 'money_unreadable' }))
    }
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 1e21, 0.1 + 0.2, 1e-7]) {
      expect(() => fenFromYuan(value)).toThrow(expect.objectContaining({ code: 'money_unreadable' }))
    }
  })

  it('accepts negative amounts, trailing zeros and has no negative zero', () => {
    expect(fenFromYuan('-12.30')).toBe(-1230)
    expect(fenFromYuan('12.3000')).toBe(1230)
    expect(Object.is(fenFromYuan('-0.00'), 0)).toBe(true)
    expect(optionalFenFromYuan('')).toBeUndefined()
    expect(optionalFenFromYuan(null)).toBeUndefined()
    expect(optionalFenFromYuan('0')).toBe(0)
  })
})
