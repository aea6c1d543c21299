import { describe, expect, it } from 'vitest'
import { addRowsAs, spotNamed } from '../../sandbox/feishu/bitable/by-hand.ts'
import { rowsOf } from '../../sandbox/feishu/bitable/state.ts'
import type {
  WebBase,
  WebBaseEntry,
  WebFound,
  WebOutline,
  WebPasted,
  WebRecord,
  WebRows,
} from '../../sandbox/feishu/bitable/web/base-shapes.ts'
import { makeTable } from './bitable-sandbox.ts'
import { startBaseWeb, type WebSandbox } from './bitable-web-client.ts'

const fields = [
  { field_name: '订单号', type: 1 },
  { field_name: '状态', type: 3, property: { options: [{ name: '待发货' }, { name: '已发货' }] } },
  { field_name: '金额', type: 2, property: { formatter: '0.00' } },
  { field_name: '跟进人', type: 11 },
  { field_name: '下单', type: 5, property: { date_formatter: 'yyyy/MM/dd HH:mm' } },
]
const day = 86_400_000

async function orders(sandbox: WebSandbox, count: number) {
  const made = await makeTable(sandbox, fields)
  const spot = spotNamed(sandbox.world, made.base, made.table)
  const drafts = Array.from({ length: count }, (_, i) => ({
    订单号: `NO-${i}`,
    状态: i % 3 === 0 ? '已发货' : '待发货',
    金额: (i * 7) % 100,
    下单: Date.UTC(2026, 2, 10) + i * day * 0.4,
  }))
  const ids = addRowsAs(sandbox.world, spot, sandbox.lin.open_id, drafts)
  const path = `base/${made.base}/tables/${made.table}`
  const view = spot.table.views[0]?.view_id ?? ''
  return { ...made, spot, ids, path, view }
}

describe('rows as the browser client asks for them', () => {
  it('answers windows in the order rows were added, with totals', async () => {
    const sandbox = await startBaseWeb()
    const { path, view, fieldIds, ids } = await orders(sandbox, 25)
    const rows = await sandbox.web<WebRows>('GET', `${path}/rows?view=${view}&from=10&count=3`)
    expect(rows).toMatchObject({ total: 25, from: 10 })
    expect(rows.rows.map((row) => row.record_id)).toEqual(ids.slice(10, 13))
    expect(rows.rows[0]?.cells[fieldIds.订单号 ?? '']).toBe('NO-10')
  })

  it('filters, sorts and groups on the server', async () => {
    const sandbox = await startBaseWeb()
    const { path, view, fieldIds, spot } = await orders(sandbox, 30)
    const status = spot.table.fields[1]
    const shipped = status?.property?.options?.find((option) => option.name === '已发货')?.id ?? ''
    await sandbox.web('PATCH', `${path}/views/${view}`, {
      filter: {
        conjunction: 'and',
        conditions: [{ field_id: fieldIds.金额, operator: 'isGreater', values: ['20'] }],
      },
      layout: {
        group: [{ field_id: fieldIds.状态, desc: true }],
        sort: [{ field_id: fieldIds.金额, desc: true }],
      },
    })
    const { total, groups } = await sandbox.web<WebOutline>('GET', `${path}/outline?view=${view}`)
    expect(groups[0]).toMatchObject({ values: [shipped], start: 0 })
    expect(groups.reduce((sum, group) => sum + group.count, 0)).toBe(total)
    const { rows } = await sandbox.web<WebRows>('GET', `${path}/rows?view=${view}`)
    const amounts = rows.slice(0, groups[0]?.count).map((row) => row.cells[fieldIds.金额 ?? ''] as number)
    expect(amounts).toEqual(amounts.toSorted((a, b) => b - a))
    expect(amounts.every((amount) => amount > 20)).toBe(true)
  })

  it('groups dates by the day of the base', async () => {
    const sandbox = await startBaseWeb()
    const { path, view, fieldIds } = await orders(sandbox, 5)
    await sandbox.web('PATCH', `${path}/views/${view}`, {
      layout: { group: [{ field_id: fieldIds.下单, desc: false }] },
    })
    const { groups } = await sandbox.web<WebOutline>('GET', `${path}/outline?view=${view}`)
    // 08:00, 17:36, next day 03:12, 12:48, 22:24 in Shanghai
    expect(groups.map((group) => group.count)).toEqual([2, 3])
  })

  it('reads only the rows of a window of 10,000, also in a filtered and sorted view asked twice', async () => {
    const sandbox = await startBaseWeb()
    const { path, view, fieldIds, spot } = await orders(sandbox, 10_000)
    const read = new Set<string>()
    for (const row of Object.values(rowsOf(sandbox.world, spot.base, spot.table))) {
      const { cells } = row
      Object.defineProperty(row, 'cells', {
        get: () => {
          read.add(row.record_id)
          return cells
        },
      })
    }
    await sandbox.web('GET', `${path}/rows?view=${view}&from=9000&count=100`)
    expect(read.size).toBe(100)
    await sandbox.web('PATCH', `${path}/views/${view}`, {
      filter: {
        conjunction: 'and',
        conditions: [{ field_id: fieldIds.金额, operator: 'isGreater', values: ['50'] }],
      },
      layout: { sort: [{ field_id: fieldIds.金额, desc: true }] },
    })
    await sandbox.web('GET', `${path}/outline?view=${view}`)
    read.clear()
    const { rows } = await sandbox.web<WebRows>('GET', `${path}/rows?view=${view}&from=3000&count=100`)
    expect(rows).toHaveLength(100)
    expect(read.size).toBe(100)
  })

  it('orders anew after an edit', async () => {
    const sandbox = await startBaseWeb()
    const { path, view, fieldIds, ids } = await orders(sandbox, 3)
    await sandbox.web('PATCH', `${path}/views/${view}`, {
      layout: { sort: [{ field_id: fieldIds.金额, desc: true }] },
    })
    const first = async () =>
      (await sandbox.web<WebRows>('GET', `${path}/rows?view=${view}`)).rows[0]?.record_id
    expect(await first()).toBe(ids[2])
    await sandbox.web('PATCH', `${path}/rows`, {
      changes: [{ record_id: ids[0], cells: { [fieldIds.金额 ?? '']: 999 } }],
    })
    expect(await first()).toBe(ids[0])
  })

  it('finds rows by any shown text and knows the neighbours of a record', async () => {
    const sandbox = await startBaseWeb()
    const { path, view, ids } = await orders(sandbox, 40)
    const found = await sandbox.web<WebFound>('GET', `${path}/find?view=${view}&text=no-3`)
    expect(found.places).toEqual([3, ...Array.from({ length: 10 }, (_, i) => 30 + i)])
    const dates = await sandbox.web<WebFound>('GET', `${path}/find?view=${view}&text=2026/03/11`)
    expect(dates.ids.length).toBeGreaterThan(0)
    const record = await sandbox.web<WebRecord>('GET', `${path}/records/${ids[39]}?view=${view}`)
    expect(record).toMatchObject({ previous: ids[38], next: null, created_by: '林小满' })
  })

  it('pastes text as each field understands it, adds rows below the last and says what did not fit', async () => {
    const sandbox = await startBaseWeb()
    const { path, view, fieldIds, ids } = await orders(sandbox, 1)
    const id = (name: string) => fieldIds[name] ?? ''
    const texts = {
      [id('金额')]: '¥1,234.50',
      [id('状态')]: '新状态',
      [id('跟进人')]: '王岚',
      [id('下单')]: '2026-03-01 09:30',
    }
    const answer = await sandbox.web<WebPasted>('POST', `${path}/rows/paste`, {
      rows: [{ record_id: ids[0], texts }, { texts: { [id('订单号')]: '下一行', [id('金额')]: '很多' } }],
    })
    expect(answer).toEqual({ changed: 1, added: 1, skipped: 1 })
    const { rows } = await sandbox.web<WebRows>('GET', `${path}/rows?view=${view}`)
    expect(rows[0]?.cells).toMatchObject({
      [id('金额')]: 1234.5,
      [id('跟进人')]: [{ id: sandbox.wang.open_id, name: '王岚' }],
      [id('下单')]: Date.UTC(2026, 2, 1, 1, 30),
    })
    expect(rows[1]?.cells).toEqual({ [id('订单号')]: '下一行' })
    const base = await sandbox.web<WebBase>('GET', path.split('/tables')[0] ?? '')
    const options = base.tables.find((table) => table.name === '订单')?.fields[1]?.property?.options
    expect(options?.map((option) => option.name)).toEqual(['待发货', '已发货', '新状态'])
  })

  it('refuses what nobody may: unknown people, rows of nowhere, values of the wrong kind', async () => {
    const sandbox = await startBaseWeb()
    const { path, fieldIds, ids } = await orders(sandbox, 1)
    const cells = { [fieldIds.金额 ?? '']: 'viel' }
    expect(await sandbox.refusal('GET', 'base', undefined, 'ou_nobody')).toMatchObject({ code: 401 })
    expect(
      await sandbox.refusal('PATCH', `${path}/rows`, { changes: [{ record_id: '__proto__', cells }] }),
    ).toMatchObject({ code: 1254043 })
    const refused = await sandbox.refusal('PATCH', `${path}/rows`, {
      changes: [{ record_id: ids[0], cells }],
    })
    expect(refused.code).toBe(1254061)
    expect(refused.msg).toContain('NumberFieldConvFail')
    expect(await sandbox.refusal('GET', `${path}/rows?view=vewnothing`)).toMatchObject({ code: 1254042 })
    expect(await sandbox.refusal('PATCH', `${path}/rows`, { changes: 'all' })).toMatchObject({
      code: 1254001,
    })
  })

  it('finds and shows what formulas compute', async () => {
    const sandbox = await startBaseWeb()
    const { path, view, ids } = await orders(sandbox, 3)
    const { field_id } = await sandbox.web<{ field_id: string }>('POST', `${path}/fields`, {
      name: '加一千',
      type: 20,
      property: { formula_expression: '[金额]+1000', formatter: '' },
    })
    const { rows } = await sandbox.web<WebRows>('GET', `${path}/rows?view=${view}`)
    expect(rows[1]?.cells[field_id]).toBe('1007')
    const found = await sandbox.web<WebFound>('GET', `${path}/find?view=${view}&text=1007`)
    expect(found.ids).toEqual([ids[1]])
  })

  it('finds and groups rows with a date beyond every calendar', async () => {
    const sandbox = await startBaseWeb()
    const { path, view, fieldIds } = await orders(sandbox, 2)
    await sandbox.web('POST', `${path}/rows`, { rows: [{ [fieldIds.下单 ?? '']: 9e15 }] })
    await sandbox.web('PATCH', `${path}/views/${view}`, {
      layout: { group: [{ field_id: fieldIds.下单, desc: false }] },
    })
    const { groups } = await sandbox.web<WebOutline>('GET', `${path}/outline?view=${view}`)
    expect(groups.map((group) => group.count)).toEqual([2, 1])
    const found = await sandbox.web<WebFound>('GET', `${path}/find?view=${view}&text=9000000000000000`)
    expect(found.places).toEqual([2])
  })

  it('lists bases with what they hold', async () => {
    const sandbox = await startBaseWeb()
    const { base } = await orders(sandbox, 4)
    const list = await sandbox.web<WebBaseEntry[]>('GET', 'base')
    const entry = list.find((one) => one.app_token === base)
    expect(entry?.tables.find((table) => table.name === '订单')).toMatchObject({ rows: 4 })
    expect(entry?.right).toBe('edit')
  })
})
