import { beforeEach, describe, expect, test } from 'vitest'
import { createRows } from '#src/bitable/rows.ts'
import type { Rows } from '#src/contracts/playbook.ts'
import { money, multiSelect, select, table, text } from '#src/contracts/table.ts'
import { useDatabase } from '../support/database.ts'

const parcels = table(
  'parcels',
  '包裹',
  {
    no: text('单号').key(),
    status: select('状态', ['新建', '完成']),
    amount: money('金额'),
    tags: multiSelect('标签', ['急', '贵']),
    follow: text('跟进').ownedBy('shared'),
    note: text('备注').ownedBy('staff'),
  },
  { window: { closed: (row) => row.status === '完成' } },
)
const other = table('other', '别的', { no: text('单号').key() })

describe('desired rows', () => {
  const database = useDatabase()
  beforeEach(() => database.pool.query('truncate table_rows, foreign_rows'))
  const state = <T>(run: (rows: Rows) => Promise<T>, now = 1_000) =>
    database.db.transaction((tx) => run(createRows(tx, { trace: 't1', now, tables: [parcels] })))
  const stored = async () => (await database.pool.query('select * from table_rows')).rows

  test('put creates a row and merges into it; the version only rises when something really changes', async () => {
    await state((rows) => rows.put(parcels, 'P1', { status: '新建', amount: 5, tags: ['急', '贵'] }))
    await state((rows) => rows.put(parcels, 'P1', { status: '新建', tags: ['贵', '急'] }), 2_000)
    expect((await stored())[0]).toMatchObject({ version: 1, trace: 't1', closed: false })
    await state((rows) => rows.put(parcels, 'P1', { amount: null, status: '完成' }), 2_000)
    expect((await stored())[0]).toMatchObject({ version: 2, closed: true })
    expect(await state((rows) => rows.get(parcels, 'P1'))).toEqual({
      no: 'P1',
      status: '完成',
      tags: ['急', '贵'],
    })
  })

  test('put takes staff fields only for a new row, act takes them always', async () => {
    await state((rows) => rows.put(parcels, 'P1', { note: '第一次' }))
    await state((rows) => rows.put(parcels, 'P1', { note: '系统想改', follow: '系统' }))
    expect(await state((rows) => rows.get(parcels, 'P1'))).toMatchObject({ note: '第一次', follow: '系统' })
    await state((rows) => rows.act(parcels, 'P1', { note: '小满写的', follow: '小满' }, 'ou_1'))
    expect(await state((rows) => rows.get(parcels, 'P1'))).toMatchObject({ note: '小满写的', follow: '小满' })
  })

  test('insert writes once', async () => {
    expect(await state((rows) => rows.insert(parcels, 'P1', { amount: 1 }))).toBe(true)
    expect(await state((rows) => rows.insert(parcels, 'P1', { amount: 2 }))).toBe(false)
    expect(await state((rows) => rows.get(parcels, 'P1'))).toMatchObject({ amount: 1 })
  })

  test('two handlers at once lose nothing', async () => {
    await Promise.all([
      state((rows) => rows.put(parcels, 'P1', { amount: 7 })),
      state((rows) => rows.put(parcels, 'P1', { status: '新建' })),
      state((rows) => rows.put(parcels, 'P1', { tags: ['急'] })),
    ])
    expect(await state((rows) => rows.get(parcels, 'P1'))).toEqual({
      no: 'P1',
      amount: 7,
      status: '新建',
      tags: ['急'],
    })
  })

  test('a rolled back handler leaves no row', async () => {
    const failing = state(async (rows) => {
      await rows.put(parcels, 'P1', { amount: 7 })
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await stored()).toEqual([])
  })

  test('a value, field, key or table that is not right is refused before anything is stored', async () => {
    const wrong: [(rows: Rows) => Promise<unknown>, string][] = [
      [(rows) => rows.put(parcels, 'P1', { status: '未知' }), 'bitable_value_invalid'],
      [(rows) => rows.put(parcels, 'P1', { amount: 0.5 }), 'bitable_value_invalid'],
      [(rows) => rows.put(parcels, 'P1', { nope: 1 } as never), 'bitable_field_unknown'],
      [(rows) => rows.put(parcels, 'P1', { constructor: 1 } as never), 'bitable_field_unknown'],
      [(rows) => rows.put(parcels, ' P1', {}), 'bitable_key_invalid'],
      [(rows) => rows.put(parcels, '', {}), 'bitable_key_invalid'],
      [(rows) => rows.put(parcels, 'a\u0000b', {}), 'bitable_key_invalid'],
      [(rows) => rows.put(other, 'P1', {}), 'bitable_table_unknown'],
    ]
    for (const [refusal, code] of wrong) await expect(state(refusal)).rejects.toMatchObject({ code })
    expect(await stored()).toEqual([])
  })
})
