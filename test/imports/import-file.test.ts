import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type ImportRequest, importFile } from '#src/imports/import-file.ts'
import { csvCell } from '#src/imports/refused-rows.ts'
import { fileImport } from '../../connectors/file-import/index.ts'
import { useDatabase } from '../support/database.ts'
import { makeXlsx } from '../support/make-xlsx.ts'

const database = useDatabase()
const now = Date.parse('2026-11-21T04:00:00Z')
const config = fileImport.config.parse({ platform: 'tongcheng' })
const source = { shop: { id: 'shop-1', name: '同程店' }, connector: fileImport, config }
let folder: string
let count = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiliu-import-'))
})
afterAll(() => rm(folder, { recursive: true }))
beforeEach(() => database.pool.query('truncate orders, refunds, raw_records, events, settings'))

async function csv(text: string): Promise<string> {
  count += 1
  const path = join(folder, `${count}.csv`)
  await writeFile(path, text)
  return path
}

function run(path: string, request: Partial<ImportRequest> = {}) {
  const roleOf = () => 'file' as const
  return importFile(
    { database, roleOf, now: () => now },
    { path, source, wishes: {}, dryRun: false, refusedPath: `${path}-refused.csv`, ...request },
  )
}

const ordersOf = async () =>
  (await database.pool.query('select order_no, status, doc from orders order by order_no')).rows

const header = '订单编号,订单状态,订单提交时间,支付完成时间,订单应付金额,商品名称,数量,收货人,手机号'
const row = (no: string, more = '') =>
  `${no},待发货,2026-11-21 10:00:00,2026-11-21 10:01:00,"1,234.50",三亚套餐,2,张小明,13800001111${more}`

describe('importing a file', () => {
  it('recognises the columns by their names, takes every row, and the same file again changes nothing', async () => {
    const path = await csv([header, row('TC0001'), row('TC0002')].join('\n'))
    const report = await run(path)
    expect(report).toMatchObject({
      kind: 'orders',
      rows: 2,
      created: 2,
      changed: 0,
      refused: 0,
      refusedPath: undefined,
    })
    expect(report.columns.map(({ label, header: text }) => `${label}←${text}`)).toEqual([
      '订单号←订单编号',
      '订单状态←订单状态',
      '下单时间←订单提交时间',
      '付款时间←支付完成时间',
      '订单金额←订单应付金额',
      '商品名称←商品名称',
      '数量←数量',
      '收件人←收货人',
      '手机号←手机号',
    ])
    const [first] = await ordersOf()
    expect(first).toMatchObject({
      order_no: 'TC0001',
      status: 'paid',
      doc: {
        platform: 'tongcheng',
        shopId: 'shop-1',
        amounts: { total: 123_450, paid: 123_450 },
        times: { created: Date.parse('2026-11-21T02:00:00Z') },
        buyer: { name: '张**' },
        lines: [{ title: '三亚套餐', quantity: 2 }],
      },
    })
    expect(JSON.stringify(await ordersOf())).not.toContain('13800001111')
    expect(await run(path)).toMatchObject({ created: 0, changed: 0, unchanged: 2 })
  })

  it('shows in a dry run what would change, field by field, and writes nothing', async () => {
    await run(await csv([header, row('TC0001')].join('\n')))
    const path = await csv([header, row('TC0001').replace('待发货', '已发货'), row('TC0003')].join('\n'))
    const report = await run(path, { dryRun: true })
    expect(report).toMatchObject({ created: 1, changed: 1, unchanged: 0 })
    expect(report.differences).toContainEqual({
      number: 'TC0001',
      path: 'status',
      before: 'paid',
      after: 'shipped',
    })
    expect(await ordersOf()).toHaveLength(1)
    expect((await ordersOf())[0].status).toBe('paid')
  })

  it('reads workbooks with a title, merged groups and an order over several rows', async () => {
    count += 1
    const path = join(folder, `${count}.xlsx`)
    await makeXlsx(path, {
      rows: [
        ['同程订单导出 2026-11'],
        ['订单编号', '下单时间', '商品信息', null, null, '实付金额'],
        [null, null, '商品名称', '数量', '单价', null],
        ['TC1', { days: 46_347.4375 }, '三亚套餐', { number: 1 }, { number: '100.5' }, { number: 201 }],
        ['TC1', null, '加床', { number: 1 }, { number: '100.5' }, null],
        ['TC2', '2026/11/21', '门票', { number: 2 }, { number: 30 }, { number: 60 }],
      ],
    })
    expect(await run(path)).toMatchObject({ rows: 3, created: 2, refused: 0 })
    const rows = await ordersOf()
    expect(rows[0].doc).toMatchObject({
      times: { created: Date.parse('2026-11-21T02:30:00Z') },
      lines: [
        { title: '三亚套餐', amount: 10_050 },
        { title: '加床', amount: 10_050 },
      ],
      amounts: { paid: 20_100 },
    })
  })

  it('takes refunds when the columns speak of them', async () => {
    const text =
      '售后编号,订单编号,售后类型,售后状态,退款金额,申请时间\nRF1,TC1,仅退款,退款成功,12.5,2026-11-20 09:00:00\n'
    expect(await run(await csv(text))).toMatchObject({ kind: 'refunds', created: 1 })
    const { rows } = await database.pool.query('select doc from refunds')
    expect(rows[0].doc).toMatchObject({ refundNo: 'RF1', stage: 'refunded', refundedAmount: 1250 })
  })

  it('refuses rows one by one, and gives them back with the reason, harmless in Excel', async () => {
    const bad = [
      row('TC0001').replace('"1,234.50"', '"=1+1"'),
      row('6.91700001234567E+18'),
      row('TC0004').replace('2026-11-21 10:00:00', '昨天'),
      row('TC0005'),
      row('TC0006'),
      row('TC0005'),
    ]
    const report = await run(await csv([header, ...bad].join('\n')))
    expect(report).toMatchObject({ rows: 6, created: 2, refused: 4 })
    expect(report.reasons.join('\n')).toMatch(
      /第 2 行「订单金额」.*\n.*末位已丢失.*\n.*第 4 行「下单时间」.*\n.*不相邻/s,
    )
    const back = await readFile(report.refusedPath ?? '', 'utf8')
    expect(back.startsWith('\ufeff订单编号')).toBe(true)
    expect(back).toContain("'=1+1")
    expect(back).toContain('未导入原因')
    // Mended, the rest goes in.
    const mended = back
      .replace("'=1+1", '5')
      .replace('6.91700001234567E+18', 'TC0002')
      .replace('昨天', '2026-11-21 10:00:00')
    expect(await run(await csv(mended))).toMatchObject({ created: 3, unchanged: 1, refused: 0 })
  })

  it('asks for a column it can not find, takes what a person says, and remembers it for the next file', async () => {
    const strange = (no: string) => `流水,何时,多少钱,备注项\n${no},2026-11-21 10:00:00,5,x\n`
    await expect(run(await csv(strange('A1')))).rejects.toMatchObject({ code: 'file_no_header' })
    const text = (no: string) => `编号列,下单时间,订单金额\n${no},2026-11-21 10:00:00,5\n`
    await expect(run(await csv(text('A1')))).rejects.toMatchObject({
      code: 'column_missing',
      message: expect.stringContaining('--map 订单号='),
    })
    const wishes = { 订单号: '编号列' }
    expect(await run(await csv(text('A1')), { wishes })).toMatchObject({ created: 1 })
    expect(await run(await csv(text('A2')))).toMatchObject({ created: 1 })
    await expect(run(await csv(text('A3')), { wishes: { 订单号: '没有的列' } })).rejects.toMatchObject({
      code: 'column_unknown',
    })
    await expect(run(await csv(text('A3')), { wishes: { 没有的字段: '编号列' } })).rejects.toMatchObject({
      code: 'column_unknown',
    })
  })

  it('old orders become rows without a card, fresh ones are news', async () => {
    const old = row('TC0001').replace('2026-11-21 10:00:00', '2026-10-01 10:00:00')
    await run(await csv([header, old, row('TC0002')].join('\n')))
    const { rows } = await database.pool.query(
      "select subject, payload->>'history' as history from events order by subject",
    )
    expect(rows).toEqual([
      { subject: 'order:tongcheng:TC0001', history: 'true' },
      { subject: 'order:tongcheng:TC0002', history: 'false' },
    ])
  })

  it('what the platform says itself is not overwritten by a file', async () => {
    await run(await csv([header, row('TC0001')].join('\n')))
    const api = { ...source, connector: { ...fileImport, id: 'platform-api' } }
    const roleOf = (id: string) => (id === 'platform-api' ? ('channel' as const) : ('file' as const))
    const path = await csv([header, row('TC0001').replace('待发货', '已完成')].join('\n'))
    const request = { path, wishes: {}, dryRun: false, refusedPath: `${path}-refused.csv` }
    await importFile({ database, roleOf, now: () => now }, { ...request, source: api })
    const again = await csv([header, row('TC0001').replace('待发货', '已取消')].join('\n'))
    await importFile({ database, roleOf, now: () => now }, { ...request, path: again, source })
    expect((await ordersOf())[0].status).toBe('completed')
  })
})

describe('cells that are given back', () => {
  it('can not be run as formulas, and numbers stay numbers', () => {
    expect(csvCell('=HYPERLINK("http://x")')).toBe('"\'=HYPERLINK(""http://x"")"')
    expect(csvCell('@SUM(1)')).toBe("'@SUM(1)")
    expect(csvCell('-12.5')).toBe('-12.5')
    expect(csvCell('普通,文字')).toBe('"普通,文字"')
  })
})
