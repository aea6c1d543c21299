import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Order } from '#src/contracts/canonical.ts'
import { type Known, mergeOrder, mergeRefund, type Role } from '#src/intake/merge.ts'
import { anOrder, aRefund, startMs } from './records.ts'

const roles: Record<string, Role> = { 'douyin-shop': 'channel', jushuitan: 'erp', wangdiantong: 'erp' }
const roleOf = (id: string): Role => roles[id] ?? 'file'
const known = <D extends { version: number }>(connector: string, doc: D): Known<D> => ({
  doc,
  origins: { [connector]: doc.version },
  copies: {},
})

interface Arrival {
  connector: string
  version: number
  sellerWords: string | undefined
  roomId: string | undefined
  shipped: number | undefined
}

/** What is believed after the copies came in this order. */
function believed(arrivals: readonly Arrival[]): Order | undefined {
  let state: Known<Order> | undefined
  for (const { connector, version, sellerWords, roomId, shipped } of arrivals) {
    const base = anOrder()
    const doc = anOrder({
      version: startMs + version,
      ...(sellerWords === undefined ? {} : { sellerWords }),
      live: roomId === undefined ? {} : { roomId },
      times: { ...base.times, ...(shipped === undefined ? {} : { shipped: startMs + shipped }) },
    })
    const merged = state === undefined ? known(connector, doc) : mergeOrder(state, { connector, doc }, roleOf)
    if (merged !== 'older') state = merged
  }
  return state?.doc
}

describe('copies of one order', () => {
  it('from the same connector: an older one changes nothing', () => {
    const newest = known('douyin-shop', anOrder({ version: startMs + 2000, status: 'shipped' }))
    const copy = { connector: 'douyin-shop', doc: anOrder({ version: startMs + 1000 }) }
    expect(mergeOrder(newest, copy, roleOf)).toBe('older')
  })

  it('from the same connector: a newer one replaces, also what it no longer has', () => {
    const before = known('douyin-shop', anOrder({ sellerWords: '加急' }))
    const doc = anOrder({ version: startMs + 1000, status: 'shipped' })
    expect(mergeOrder(before, { connector: 'douyin-shop', doc }, roleOf)).toEqual({
      doc,
      origins: { 'douyin-shop': startMs + 1000 },
      copies: {},
    })
  })

  it('from the same connector at the same version: less detail takes nothing away', () => {
    const detailed = anOrder({ live: { roomId: 'r1' } })
    const merged = mergeOrder(
      known('douyin-shop', detailed),
      { connector: 'douyin-shop', doc: anOrder() },
      roleOf,
    )
    expect(merged).toMatchObject({ doc: detailed })
  })

  it('from channel and ERP, in either order: the channel decides, the ERP fills gaps', () => {
    const channel = anOrder({ status: 'booked', live: { roomId: 'r1' } })
    const erp = anOrder({
      status: 'shipped',
      version: startMs + 9000,
      sellerWords: '已核对',
      live: { authorId: 'a1' },
    })
    const wanted = {
      status: 'booked',
      version: startMs,
      sellerWords: '已核对',
      live: { roomId: 'r1', authorId: 'a1' },
    }
    const first = mergeOrder(known('douyin-shop', channel), { connector: 'jushuitan', doc: erp }, roleOf)
    const second = mergeOrder(known('jushuitan', erp), { connector: 'douyin-shop', doc: channel }, roleOf)
    expect(first).toMatchObject({
      doc: wanted,
      origins: { 'douyin-shop': startMs, jushuitan: startMs + 9000 },
    })
    expect(second).toMatchObject({ doc: wanted })
  })

  it('end the same whatever order and however often the copies of a connector arrive', () => {
    const copies = [1, 2, 3, 4, 5].map((n) => anOrder({ version: startMs + n * 1000, statusText: `v${n}` }))
    fc.assert(
      fc.property(fc.shuffledSubarray([...copies, ...copies, ...copies], { minLength: 15 }), (arrivals) => {
        const [first = anOrder(), ...rest] = arrivals
        let state = known('douyin-shop', first)
        for (const doc of rest) {
          const merged = mergeOrder(state, { connector: 'douyin-shop', doc }, roleOf)
          if (merged !== 'older') state = merged
        }
        expect(state.doc).toEqual(copies.at(-1))
      }),
    )
  })

  it('what an ERP said before and says no longer is gone, although the channel leads', () => {
    const channel = known('douyin-shop', anOrder())
    const first = mergeOrder(
      channel,
      { connector: 'jushuitan', doc: anOrder({ version: startMs + 1, sellerWords: '加急' }) },
      roleOf,
    )
    if (first === 'older') throw new Error('the first copy of the ERP cannot be older')
    expect(first.doc.sellerWords).toBe('加急')
    const changed = { connector: 'jushuitan', doc: anOrder({ version: startMs + 2, sellerWords: '已处理' }) }
    expect(mergeOrder(first, changed, roleOf)).toMatchObject({ doc: { sellerWords: '已处理' } })
    const cleared = mergeOrder(
      first,
      { connector: 'jushuitan', doc: anOrder({ version: startMs + 3 }) },
      roleOf,
    )
    expect(cleared).toMatchObject({ doc: expect.not.objectContaining({ sellerWords: expect.anything() }) })
  })

  it('from channel, two ERPs and a file end the same in whatever order and however often they arrive', () => {
    const source = fc.constantFrom('douyin-shop', 'jushuitan', 'wangdiantong', 'old-orders.xlsx')
    const copy = fc.record({
      connector: source,
      version: fc.integer({ min: 1, max: 6 }),
      sellerWords: fc.option(fc.constantFrom('甲', '乙'), { nil: undefined }),
      roomId: fc.option(fc.constantFrom('r1', 'r2'), { nil: undefined }),
      shipped: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
    })
    const unique = fc.uniqueArray(copy, {
      selector: ({ connector, version }) => `${connector} ${version}`,
      minLength: 2,
      maxLength: 8,
    })
    const orders = unique.chain((copies) =>
      fc.tuple(
        fc.constant(copies),
        fc.shuffledSubarray([...copies, ...copies], { minLength: 2 * copies.length }),
        fc.shuffledSubarray([...copies, ...copies], { minLength: 2 * copies.length }),
      ),
    )
    fc.assert(
      fc.property(orders, ([copies, oneWay, otherWay]) => {
        expect(believed(oneWay)).toEqual(believed(otherWay))
        const strongest = copies.filter(({ connector }) => connector === 'douyin-shop')
        if (strongest.length > 0)
          expect(believed(oneWay)?.version).toBe(
            startMs + Math.max(...strongest.map(({ version }) => version)),
          )
      }),
    )
  })
})

describe('copies of one refund', () => {
  it('keep every number, take the stage from the platform and the operator from the ERP', () => {
    const platform = aRefund({ stage: 'refunding', operator: { id: 'system' } })
    const erp = aRefund({
      stage: 'requested',
      version: startMs + 5000,
      operator: { id: 'op-7', name: '小李' },
      refs: { jushuitan: 'AS1' },
    })
    const wanted = {
      doc: {
        stage: 'refunding',
        operator: { id: 'op-7', name: '小李' },
        refs: { 'douyin-shop': '700001', jushuitan: 'AS1' },
      },
    }
    const first = mergeRefund(known('douyin-shop', platform), { connector: 'jushuitan', doc: erp }, roleOf)
    const second = mergeRefund(known('jushuitan', erp), { connector: 'douyin-shop', doc: platform }, roleOf)
    expect(first).toMatchObject(wanted)
    expect(second).toMatchObject(wanted)
  })
})
