import { describe, expect, it } from 'vitest'
import { errorTable } from '#src/feishu/error-table.ts'

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i)

/** The platform's own advice per code: what to do about it. */
const advice = {
  wait: [99991400],
  'back off': [
    2200, 11232, 11233, 11247, 230020, 230049, 232019, 1254290, 1254291, 1254607, 1254036, 1255001, 1255002,
    1255003, 1255004, 1255005, 1255040, 1395001, 1061001, 1061006, 1061045, 131001, 131009, 300120, 200810,
  ],
  'refresh the token': [99991663, 99991664, 99991665, 99991677],
  'read again': [1390007, 1390010, 60012, 1254608],
  'tell the operator': [
    99991672,
    99991679,
    99991401,
    99991403,
    10014,
    10015,
    99991543,
    230002,
    230006,
    230013,
    230035,
    1254302,
    1254304,
    1254306,
    ...range(1254040, 1254045),
    1390002,
    1390015,
    1770032,
  ],
  'never retry': [
    9499,
    99992402,
    230001,
    230025,
    230099,
    1254000,
    1254001,
    1254015,
    1254018,
    ...range(1254060, 1254069),
    ...range(1254080, 1254089),
    1390001,
    60006,
  ],
}

const allowed: Record<keyof typeof advice, string[]> = {
  wait: ['rate-limited'],
  'back off': ['rate-limited', 'transient'],
  'refresh the token': ['token'],
  'read again': ['already-done'],
  'tell the operator': ['permission', 'not-found'],
  'never retry': ['invalid'],
}

describe('the error table', () => {
  for (const [action, codes] of Object.entries(advice) as [keyof typeof advice, number[]][])
    it.each(codes)(`%i: ${action}`, (code) => {
      expect(allowed[action]).toContain(errorTable.get(code)?.failure)
    })

  it.each([
    99991661, 99991668, 99991671, 230011, 230018, 230019, 230022, 230027, 230028, 230029, 230031, 230034,
    230038, 230053, 230110, 231203, 232001, 232006, 232009, 232011, 232013, 232017, 232024, 232025, 232033,
    232034, 232043, 99992351, 99992354, 99992356, 99992361, 1254037, 1255006, 1254100, 1254101, 1254103,
    1254104, 1254105, 1254130, 1390003, 1390004, 1390009, 1390018, 41050, 91403,
  ])('knows %i', (code) => {
    expect(errorTable.has(code)).toBe(true)
  })

  it('tells the operator something in Chinese about every code', () => {
    for (const [code, { hint }] of errorTable) expect(hint, String(code)).toMatch(/[一-鿿]{3,}/)
  })

  it('says 14 days are over only for 230031', () => {
    expect(errorTable.get(230031)?.failure).toBe('expired')
  })

  it('leaves open whether internal errors and timeouts were applied', () => {
    for (const code of [1255040, 1254002, 1255001, 1395001, 2200])
      expect(errorTable.get(code)?.outcome).toBe('unknown')
  })
})
