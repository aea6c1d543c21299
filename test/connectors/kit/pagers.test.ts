import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Page } from '#src/contracts/connector.ts'
import {
  cursorPages,
  lastPageFirst,
  numberedPages,
  scanByUpdate,
  splitWindow,
} from '../../../connectors/kit/pagers.ts'

interface Row {
  id: number
  at: number
}

const keyOf = (record: unknown) => `${(record as Row).id}@${(record as Row).at}`
const updatedAt = (record: unknown) => (record as Row).at

async function idsOf(pages: AsyncIterable<Page>): Promise<number[]> {
  const ids: number[] = []
  for await (const page of pages) for (const record of page.records) ids.push((record as Row).id)
  return ids
}

/** A channel whose rows change (and so move to the end, or out of the window) after each answer. */
function movingChannel(rows: Row[], moves: readonly number[], leaves: boolean) {
  let calls = 0
  let clock = Math.max(0, ...rows.map((row) => row.at))
  const answer = (from: number, page: number, size: number) => {
    const sorted = rows.filter((row) => row.at >= from).sort((a, b) => a.at - b.at || a.id - b.id)
    const records = sorted.slice(page * size, (page + 1) * size).map((row) => ({ ...row }))
    const result = { records, total: sorted.length, hasMore: (page + 1) * size < sorted.length }
    const moved = moves[calls]
    calls += 1
    if (moved !== undefined && rows.length > 0) {
      const index = moved % rows.length
      const row = rows[index]
      clock += 1
      if (leaves) rows.splice(index, 1)
      else if (row) row.at = clock
    }
    return result
  }
  return { answer, calls: () => calls }
}

const world = fc.record({
  times: fc.array(fc.integer({ min: 1, max: 8 }), { maxLength: 40 }),
  moves: fc.array(fc.nat(1000), { maxLength: 30 }),
  size: fc.integer({ min: 1, max: 6 }),
  leaves: fc.boolean(),
})

describe('scanByUpdate', () => {
  it('misses no record of the window, however others change or leave while it reads', async () => {
    await fc.assert(
      fc.asyncProperty(world, async ({ times, moves, size, leaves }) => {
        const rows = times.map((at, id) => ({ id, at }))
        const windowEnd = Math.max(0, ...times)
        const channel = movingChannel(rows, moves, leaves)
        const read = async (from: number, page: number) => channel.answer(from, page, size)
        const seen = new Set(
          await idsOf(scanByUpdate({ size, firstPage: 0, from: 0, read, updatedAt, keyOf })),
        )
        // What changed meanwhile has left this window for the next one.
        for (const row of rows.filter(({ at }) => at <= windowEnd)) expect(seen.has(row.id)).toBe(true)
      }),
      {
        numRuns: 500,
        examples: [[{ times: [7, 1, 6, 6, 6], moves: [445, 162, 0], size: 3, leaves: false }]],
      },
    )
  })

  it('yields nothing twice when nothing changes, and asks only a little more than the pages there are', async () => {
    const rows = Array.from({ length: 1000 }, (_, id) => ({ id, at: id }))
    const channel = movingChannel(rows, [], false)
    const read = async (from: number, page: number) => channel.answer(from, page, 100)
    const ids = await idsOf(scanByUpdate({ size: 100, firstPage: 0, from: 0, read, updatedAt, keyOf }))
    expect(ids).toEqual(rows.map((row) => row.id))
    expect(channel.calls()).toBeLessThanOrEqual(12)
  })

  it('stops with an error when the channel repeats itself for ever', async () => {
    const read = async () => ({ records: [{ id: 1, at: 5 }] })
    const pages = scanByUpdate({ size: 1, firstPage: 0, from: 0, read, updatedAt, keyOf })
    await expect(idsOf(pages)).rejects.toMatchObject({ code: 'connector_paging_stuck', retry: 'backoff' })
  })

  it('stops when it is told to', async () => {
    const controller = new AbortController()
    controller.abort(new Error('enough'))
    const read = async () => ({ records: [] })
    const { signal } = controller
    const pages = scanByUpdate({ size: 1, firstPage: 0, from: 0, read, updatedAt, keyOf, signal })
    await expect(idsOf(pages)).rejects.toThrow('enough')
  })
})

describe('numberedPages', () => {
  it('reads pages again when records left them, so that none is missed', async () => {
    await fc.assert(
      fc.asyncProperty(world, async ({ times, moves, size }) => {
        const rows = times.map((at, id) => ({ id, at }))
        const channel = movingChannel(rows, moves, true)
        const read = async (page: number) => channel.answer(0, page - 1, size)
        const seen = new Set(await idsOf(numberedPages({ size, firstPage: 1, read, keyOf })))
        for (const row of rows) expect(seen.has(row.id)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('ends at the first page without more, also when it is empty', async () => {
    const read = async () => ({ records: [], hasMore: false })
    expect(await idsOf(numberedPages({ size: 5, firstPage: 1, read, keyOf }))).toEqual([])
  })
})

describe('lastPageFirst', () => {
  it('misses no record when records leave while it reads', async () => {
    await fc.assert(
      fc.asyncProperty(
        world,
        fc.constantFrom(0 as const, 1 as const),
        async ({ times, moves, size }, firstPage) => {
          const rows = times.map((at, id) => ({ id, at }))
          const channel = movingChannel(rows, moves, true)
          const read = async (page: number) => channel.answer(0, page - firstPage, size)
          const count = async () => rows.length
          const seen = new Set(await idsOf(lastPageFirst({ size, firstPage, count, read, keyOf })))
          for (const row of rows) expect(seen.has(row.id)).toBe(true)
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('cursorPages', () => {
  it('follows the cursor until there is none or it stands still', async () => {
    const answers: Record<string, { records: Row[]; next?: string }> = {
      '': { records: [{ id: 1, at: 1 }], next: 'a' },
      a: {
        records: [
          { id: 1, at: 1 },
          { id: 2, at: 1 },
        ],
        next: 'b',
      },
      b: { records: [{ id: 3, at: 1 }], next: 'b' },
    }
    const read = async (cursor: string) => answers[cursor] ?? { records: [] }
    expect(await idsOf(cursorPages({ first: '', read, keyOf }))).toEqual([1, 2, 3])
  })
})

describe('splitWindow', () => {
  it('covers the window without gap or overlap, in parts no longer than allowed', () => {
    fc.assert(
      fc.property(
        fc.nat(10_000),
        fc.nat(10_000),
        fc.integer({ min: 1, max: 5_000 }),
        (from, length, most) => {
          const parts = [...splitWindow({ from, to: from + length }, most)]
          let at = from
          for (const part of parts) {
            expect(part.from).toBe(at)
            expect(part.to - part.from).toBeLessThanOrEqual(most)
            at = part.to
          }
          expect(at).toBe(from + length)
        },
      ),
    )
  })
})
