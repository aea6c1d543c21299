import { describe, expect, it } from 'vitest'
import { atLeast, atMost, below, formatTable } from '../../bench/kit/report.ts'

describe('goals', () => {
  it('are met at their bound, except where they say below', () => {
    expect([atLeast(5, 5).met, atMost(5, 5).met, below(5, 5).met]).toEqual([true, true, false])
  })

  it('are missed by what could not be measured', () => {
    expect([atLeast, atMost, below].map((goal) => goal(Number.NaN, 5).met)).toEqual([false, false, false])
  })
})

describe('the table of figures', () => {
  it('says for each goal whether it was met, and nothing where there is none', () => {
    const table = formatTable([
      { part: 'ingest', name: 'events/s', value: '2000', goal: atLeast(2000, 1500) },
      { part: 'cards', name: 'p99, ms', value: '2500', goal: atMost(2500, 2000) },
      { part: 'ingest', name: 'p50, ms', value: '4' },
    ])
    expect(table.split('\n')).toEqual([
      'part    figure    value  goal',
      '──────  ────────  ─────  ──────  ────',
      'ingest  events/s  2000   ≥ 1500  ok',
      'cards   p99, ms   2500   ≤ 2000  miss',
      'ingest  p50, ms   4',
    ])
  })
})
