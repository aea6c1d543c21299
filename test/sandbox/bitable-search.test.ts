import { describe, expect, it } from 'vitest'
import { type BitableSandbox, makeTable, startBitable } from './bitable-sandbox.ts'

/** Saturday 2026-11-21, 12:00 in Beijing */
const noon = Date.UTC(2026, 10, 21, 4)
const hour = 3_600_000
const day = 24 * hour

const fields = [
  { field_name: '单号', type: 1 },
  { field_name: '金额', type: 2 },
  {
    field_name: '状态',
    type: 3,
    property: { options: [{ name: '待付' }, { name: '已付' }, { name: '退款' }] },
  },
  { field_name: '标签', type: 4 },
  { field_name: '下单', type: 5 },
  { field_name: '加急', type: 7 },
  { field_name: '跟进人', type: 11 },
  { field_name: '公式', type: 20, property: { formula_expression: '1' } },
]

async function filled() {
  const sandbox = await startBitable({ now: noon })
  const made = await makeTable(sandbox, fields)
  const records = [
    { 单号: 'A-1', 金额: 100, 状态: '待付', 标签: ['新客'], 下单: noon, 加急: true },
    {
      单号: 'A-2',
      金额: 20,
      状态: '已付',
      标签: ['新客', '加价'],
      下单: noon - day,
      跟进人: [{ id: sandbox.lin.open_id }],
    },
    { 单号: 'B-3', 金额: 300, 状态: '退款', 下单: noon - 13 * hour, 加急: false },
    { 单号: 'B-4' },
  ].map((fields) => ({ fields }))
  const created = await sandbox.call('POST', `${made.path}/records/batch_create`, { records })
  expect(created.code).toBe(0)
  return { sandbox, ...made }
}

type Condition = [field: string, operator: string, value: string[]]

async function found(sandbox: BitableSandbox, path: string, ...conditions: Condition[]) {
  const filter = {
    conjunction: 'and',
    conditions: conditions.map(([field_name, operator, value]) => ({ field_name, operator, value })),
  }
  const answer = await sandbox.call('POST', `${path}/records/search`, { filter })
  if (answer.code !== 0) return answer.code
  return answer.data.items
    .map((r: { fields: { 单号: { text: string }[] } }) => r.fields.单号[0]?.text.slice(-1))
    .join('')
}

describe('search filters', () => {
  it('understand text, numbers, options, boxes and people', async () => {
    const { sandbox, path } = await filled()
    const cases: [Condition[], string][] = [
      [[['单号', 'is', ['A-1']]], '1'],
      [[['单号', 'contains', ['A']]], '12'],
      [[['单号', 'doesNotContain', ['A']]], '34'],
      [[['金额', 'isGreater', ['20.0']]], '13'],
      [
        [
          ['金额', 'isGreaterEqual', ['20']],
          ['金额', 'isLess', ['300']],
        ],
        '12',
      ],
      [[['金额', 'isEmpty', []]], '4'],
      [[['状态', 'is', ['已付']]], '2'],
      [[['状态', 'isNot', ['已付']]], '134'],
      [[['状态', 'contains', ['已付', '退款']]], '23'],
      [[['标签', 'is', ['新客']]], '1'],
      [[['标签', 'contains', ['新客']]], '12'],
      [[['加急', 'is', ['false']]], '234'],
      [[['跟进人', 'is', [sandbox.lin.open_id]]], '2'],
      [[['跟进人', 'isEmpty', []]], '134'],
    ]
    for (const [conditions, expected] of cases) {
      expect([conditions, await found(sandbox, path, ...conditions)]).toEqual([conditions, expected])
    }
  })

  it('understand dates as days of the base’s time zone', async () => {
    const { sandbox, path } = await filled()
    const cases: [Condition, string][] = [
      [['下单', 'is', ['Today']], '1'],
      [['下单', 'is', ['Yesterday']], '23'],
      [['下单', 'is', ['ExactDate', String(noon - 11 * hour)]], '1'],
      [['下单', 'isLess', ['Today']], '23'],
      [['下单', 'isGreater', ['ExactDate', String(noon + 11 * hour)]], '1'],
      [['下单', 'is', ['CurrentMonth']], '123'],
      [['下单', 'is', ['LastMonth']], ''],
      [['下单', 'is', ['TheLastWeek']], '123'],
      [['下单', 'isNotEmpty', []], '123'],
    ]
    for (const [condition, expected] of cases) {
      expect([condition, await found(sandbox, path, condition)]).toEqual([condition, expected])
    }
  })

  it('join one level of children', async () => {
    const { sandbox, path } = await filled()
    const is = (field_name: string, value: string) => ({ field_name, operator: 'is', value: [value] })
    const filter = {
      conjunction: 'and',
      children: [
        { conjunction: 'or', conditions: [is('状态', '待付'), is('状态', '退款')] },
        { conjunction: 'or', conditions: [is('金额', '100'), is('金额', '20')] },
      ],
    }
    expect((await sandbox.call('POST', `${path}/records/search`, { filter })).data.total).toBe(1)
    const deep = { conjunction: 'and', children: [{ conjunction: 'and', children: [filter] }] }
    expect(await sandbox.call('POST', `${path}/records/search`, { filter: deep })).toMatchObject({
      status: 200,
      code: 1254018,
    })
  })

  it('refuse what the platform does not filter by', async () => {
    const { sandbox, path } = await filled()
    const refused: [Condition, number][] = [
      [['公式', 'is', ['1']], 1254018],
      [['单号', 'isGreater', ['A']], 1254018],
      [['金额', 'is', ['a lot']], 1254018],
      [['金额', 'contains', ['1']], 1254018],
      [['下单', 'isNot', ['Today']], 1254018],
      [['下单', 'isGreater', ['CurrentWeek']], 1254018],
      [['下单', 'is', ['2026-11-21']], 1254018],
      [['状态', 'is', ['没有这个']], 1254018],
      [['加急', 'isEmpty', []], 1254018],
      [['单号', 'isEmpty', ['x']], 1254018],
      [['单号 ', 'is', ['A-1']], 1254045],
      [['单号', 'is', ['x'.repeat(2_000)]], 1254107],
    ]
    for (const [condition, code] of refused) {
      expect([condition, await found(sandbox, path, condition)]).toEqual([condition, code])
    }
    const many = Array.from({ length: 51 }, (): Condition => ['单号', 'is', ['1']])
    expect(await found(sandbox, path, ...many)).toBe(99992402)
  })
})

describe('search answers', () => {
  it('are sorted, cut to chosen fields and carry who and when on request', async () => {
    const { sandbox, path } = await filled()
    const { data } = await sandbox.call('POST', `${path}/records/search`, {
      field_names: ['金额'],
      sort: [{ field_name: '金额', desc: true }],
      automatic_fields: true,
    })
    expect(data.items.map((r: { fields: { 金额?: number } }) => r.fields)).toEqual([
      { 金额: 300 },
      { 金额: 100 },
      { 金额: 20 },
      {},
    ])
    expect(data.items[0]).toMatchObject({
      created_by: { name: '汇流助手' },
      last_modified_by: { name: '汇流助手' },
    })
    expect(data.items[0].created_time).toBeGreaterThanOrEqual(noon)
    expect(await sandbox.call('POST', `${path}/records/search`, { field_names: ['没有'] })).toMatchObject({
      code: 1254024,
    })
    expect(
      await sandbox.call('POST', `${path}/records/search`, { sort: [{ field_name: '没有' }] }),
    ).toMatchObject({ code: 1254016 })
  })

  it('come in pages that lose no row when earlier ones are deleted meanwhile', async () => {
    const { sandbox, path } = await filled()
    const first = await sandbox.call('POST', `${path}/records/search?page_size=2`, {})
    expect(first.data).toMatchObject({ has_more: true, total: 4 })
    await sandbox.call('DELETE', `${path}/records/${first.data.items[0].record_id}`)
    const second = await sandbox.call(
      'POST',
      `${path}/records/search?page_size=2&page_token=${first.data.page_token}`,
      {},
    )
    expect(second.data.items).toHaveLength(2)
    expect(second.data).toMatchObject({ has_more: false })
    expect(second.data).not.toHaveProperty('page_token')
    expect(await sandbox.call('POST', `${path}/records/search?page_size=501`, {})).toMatchObject({
      status: 400,
      code: 1254011,
    })
    expect(await sandbox.call('POST', `${path}/records/search?page_token=nonsense`, {})).toMatchObject({
      code: 1254002,
    })
  })

  it('ignore the view when a filter is given and refuse a view that is not there', async () => {
    const { sandbox, path } = await filled()
    const filter = {
      conjunction: 'and',
      conditions: [{ field_name: '单号', operator: 'is', value: ['A-1'] }],
    }
    expect(
      (await sandbox.call('POST', `${path}/records/search`, { view_id: 'vewNone', filter })).data.total,
    ).toBe(1)
    expect(await sandbox.call('POST', `${path}/records/search`, { view_id: 'vewNone' })).toMatchObject({
      status: 200,
      code: 1254042,
    })
  })
})
