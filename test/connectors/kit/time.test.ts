import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  gmt8FromInstant,
  instantFromGmt8,
  instantFromMillis,
  instantFromSeconds,
  optionalInstantFromGmt8,
  optionalInstantFromMillis,
  optionalInstantFromSeconds,
} from '../../../connectors/kit/time.ts'

const unreadable = expect.objectContaining({ code: 'time_unreadable' })

describe('time', () => {
  it('goes to GMT+8 text and back to the same second', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 253_402_214_400 }), (seconds) => {
        expect(instantFromGmt8(gmt8FromInstant(seconds * 1000))).toBe(seconds * 1000)
      }),
      { numRuns: 1000 },
    )
  })

  it('means GMT+8, whatever the zone of this machine', () => {
    expect(instantFromGmt8('2026-11-21 08:00:00')).toBe(Date.UTC(2026, 10, 21))
    expect(instantFromGmt8('2026-11-21T08:00:00.123')).toBe(Date.UTC(2026, 10, 21) + 123)
    expect(gmt8FromInstant(Date.UTC(2026, 11, 31, 16))).toBe('2027-01-01 00:00:00')
  })

  it('refuses dates that do not exist and texts of another form', () => {
    const wrong = ['2026-02-29 00:00:00', '2026-13-01 00:00:00', '2026-01-01 24:00:00', '2026-01-01 00:60:00']
    const forms = [
      '',
      '2026-1-1 0:0:0',
      '2026-01-01',
      '2026/01/01 00:00:00',
      '2026-01-01 00:00:00Z',
      '1700000000',
    ]
    for (const text of [...wrong, ...forms]) expect(() => instantFromGmt8(text), text).toThrow(unreadable)
    expect(instantFromGmt8('2028-02-29 00:00:00')).toBe(Date.UTC(2028, 1, 28, 16))
  })

  it('knows the ways platforms say never', () => {
    for (const text of [
      '',
      null,
      undefined,
      '0001-01-01 00:00:00',
      '0000-00-00 00:00:00',
      '1970-01-01 08:00:00',
    ]) {
      expect(optionalInstantFromGmt8(text)).toBeUndefined()
    }
    for (const value of [0, '0', '', null, undefined]) {
      expect(optionalInstantFromSeconds(value)).toBeUndefined()
      expect(optionalInstantFromMillis(value)).toBeUndefined()
    }
  })

  it('tells seconds from milliseconds', () => {
    expect(instantFromSeconds('1700000000')).toBe(1_700_000_000_000)
    expect(instantFromMillis(1_700_000_000_000)).toBe(1_700_000_000_000)
    expect(() => instantFromSeconds(1_700_000_000_000)).toThrow(unreadable)
    expect(() => instantFromMillis(1_700_000_000)).toThrow(unreadable)
    for (const value of [-1, 1.5, Number.NaN, '1e9', '-5', 'x', '']) {
      expect(() => instantFromSeconds(value)).toThrow(unreadable)
      expect(() => instantFromMillis(value)).toThrow(unreadable)
    }
  })
})
