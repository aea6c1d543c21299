import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Known, mergeOrder, mergeRefund, type Role } from '#src/intake/merge.ts'
import { anOrder, aRefund, startMs } from './records.ts'

const roles: Record<string, Role> = { 'douyin-shop': 'channel', jushuitan: 'erp' }
const roleOf = (id: string): Role => roles[id] ?? 'file'
const known = <D extends { version: number }>(connector: string, doc: D): Known<D> => ({
  doc,
  origins: { [connector]: doc.version },
})

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
