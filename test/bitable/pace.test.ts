import { describe, expect, it } from 'vitest'
import { restAfter } from '#src/bitable/writer/pace.ts'

describe('the pause after a write', () => {
  it('is none after a single row: a claim is in the table at once', () => {
    expect(restAfter(0)).toBe(0)
    expect(restAfter(1)).toBe(0)
  })

  it('grows with what came together, and never beyond five seconds', () => {
    expect(restAfter(2)).toBe(200)
    expect(restAfter(30)).toBe(3_000)
    expect(restAfter(499)).toBe(5_000)
    expect(restAfter(1_000)).toBe(5_000)
  })
})
