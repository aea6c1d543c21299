import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '#src/errors.ts'
import { openTable } from '#src/files/open-table.ts'
import { makeXlsx, type Workbook } from '../support/make-xlsx.ts'

let folder: string
let count = 0
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiliu-files-'))
})
afterAll(() => rm(folder, { recursive: true }))

const path = (name: string) => {
  count += 1
  return join(folder, `${count}-${name}`)
}
async function rowsOf(file: string) {
  const rows: string[][] = []
  for await (const row of (await openTable(file)).rows()) rows.push(row.cells)
  return rows
}
async function fileOf(content: string | Uint8Array, name = 'a.csv') {
  const file = path(name)
  await writeFile(file, content)
  return file
}
async function bookOf(book: Workbook) {
  const file = path('a.xlsx')
  await makeXlsx(file, book)
  return file
}

describe('CSV', () => {
  const wanted = [
    ['订单号', '买家', '金额'],
    ['A1', '张"三"，\n换行', '1,234.50'],
  ]
  const text = '订单号,买家,金额\r\nA1,"张""三""，\n换行","1,234.50"\r\n'

  it('is read in UTF-8 with and without its mark, in UTF-16, and in GBK', async () => {
    expect(await rowsOf(await fileOf(text))).toEqual(wanted)
    expect(await rowsOf(await fileOf(`\ufeff${text}`))).toEqual(wanted)
    expect(await rowsOf(await fileOf(Buffer.from(`\ufeff${text}`, 'utf16le')))).toEqual(wanted)
    // 订单号,金额 / A1,5 in GBK, byte by byte: Node writes no GBK.
    const gbk = Buffer.from('b6a9b5a5bac52cbdf0b6ee0a41312c350a', 'hex')
    const file = await fileOf(gbk)
    expect(await rowsOf(file)).toEqual([
      ['订单号', '金额'],
      ['A1', '5'],
    ])
    expect((await openTable(file)).encoding).toBe('gb18030')
  })

  it('is read with tabs and semicolons, ragged lines, blank lines and quotes out of place', async () => {
    expect(await rowsOf(await fileOf('a\tb\n1\t2\n'))).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ])
    expect(await rowsOf(await fileOf('a;b\n1;2;3\n\n4\n'))).toEqual([['a', 'b'], ['1', '2', '3'], ['4']])
    expect(await rowsOf(await fileOf('a,b\n5" 屏幕,x\n'))).toEqual([
      ['a', 'b'],
      ['5" 屏幕', 'x'],
    ])
  })

  it('whatever it holds is read or refused with a code, and what was written comes back', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        try {
          await rowsOf(await fileOf(bytes))
        } catch (error) {
          expect(error).toBeInstanceOf(AppError)
        }
      }),
      { numRuns: 150 },
    )
    const cell = fc
      .string({ unit: 'grapheme', maxLength: 12 })
      .filter((one) => one.trim() === one && one !== '' && !one.includes('\0'))
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 6 }), async (rows) => {
        const body = rows
          .map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(','))
          .join('\r\n')
        expect(await rowsOf(await fileOf(`h1,h2\r\n${body}`))).toEqual([['h1', 'h2'], ...rows])
      }),
      { numRuns: 100 },
    )
  })
})

describe('XLSX', () => {
  it('gives texts, shared texts, numbers, dates, formulas and gaps as a person sees them', async () => {
    const file = await bookOf({
      shared: ['订单号', '金额 & <单位>'],
      rows: [
        [{ shared: 0 }, { shared: 1 }, '时间'],
        [
          { number: '6917000000000000123' },
          { number: '0.30000000000000004' },
          { days: 46_347.4375 },
          null,
          { xml: '<c r="AT"><f>1+1</f><v>2</v></c>' },
          { xml: '<c r="AT" t="b"><v>1</v></c>' },
          { xml: '<c r="AT" t="str"><f>A1</f><v>文本</v></c>' },
          { xml: '<c r="AT" s="2"><v>46347</v></c>' },
        ],
        [],
        [{ number: '1.5E+3' }, '=HYPERLINK("x")'],
      ],
    })
    expect(await rowsOf(file)).toEqual([
      ['订单号', '金额 & <单位>', '时间'],
      ['6917000000000000123', '0.3', '2026-11-21 10:30:00', '', '2', 'TRUE', '文本', '2026-11-21 00:00:00'],
      ['1500', '=HYPERLINK("x")'],
    ])
    const table = await openTable(file)
    expect(table).toMatchObject({ kind: 'xlsx', sheet: '订单' })
    for await (const row of table.rows()) expect(row.line).toBeGreaterThan(0)
    expect(table.progress()).toBe(1)
  })

  it('reads the first visible sheet, wherever it lies, with rich and phonetic texts', async () => {
    const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    const file = await bookOf({
      rows: [],
      parts: {
        'xl/workbook.xml': `<workbook ${main} xmlns:r="r"><sheets><sheet name="藏" state="hidden" r:id="a"/><sheet name="账" r:id="b"/></sheets></workbook>`,
        'xl/_rels/workbook.xml.rels':
          '<Relationships><Relationship Id="a" Target="worksheets/sheet1.xml"/><Relationship Id="b" Target="/xl/other/two.xml"/></Relationships>',
        'xl/other/two.xml': `<worksheet ${main}><sheetData><row r="3"><c r="B3" t="s"><v>0</v></c></row></sheetData></worksheet>`,
        'xl/sharedStrings.xml': `<sst ${main}><si><r><t>订</t></r><r><t>单</t></r><rPh><t>ding</t></rPh></si></sst>`,
        'xl/worksheets/sheet1.xml': `<worksheet ${main}><sheetData/></worksheet>`,
      },
    })
    expect(await rowsOf(file)).toEqual([['', '订单']])
  })
})

describe('files that are refused', () => {
  const codeOf = async (file: string) => {
    try {
      await rowsOf(file)
      return 'read'
    } catch (error) {
      expect((error as Error).message).toMatch(/\p{Script=Han}/u)
      return (error as AppError).code
    }
  }

  it('name the reason: empty, absent, old Excel, a web page, pictures, archives of something else', async () => {
    expect(await codeOf(await fileOf(''))).toBe('file_empty')
    expect(await codeOf(join(folder, 'absent.csv'))).toBe('file_unreadable')
    expect(await codeOf(await fileOf(Buffer.from('d0cf11e0a1b11ae1000000', 'hex'), 'a.xls'))).toBe(
      'file_old_excel',
    )
    expect(await codeOf(await fileOf('<html><table><tr><td>1</td></tr></table></html>', 'a.xls'))).toBe(
      'file_is_web_page',
    )
    expect(await codeOf(await fileOf(Buffer.from('89504e470d0a1a0a0000000d', 'hex'), 'a.png'))).toBe(
      'file_damaged',
    )
    const other = path('a.xlsx')
    await makeXlsx(other, { rows: [], parts: { 'xl/workbook.xml': '' } })
    expect(await codeOf(other)).toBe('file_damaged')
  })

  it('unpack to far more than they weigh', async () => {
    const file = await bookOf({
      rows: [],
      parts: { 'xl/worksheets/sheet1.xml': ' '.repeat(64 * 1024 * 1024) },
    })
    expect(await codeOf(file)).toBe('file_too_large')
  })

  it('carry XML that defines entities, nests without end or ends too early', async () => {
    const sheet = (xml: string) => bookOf({ rows: [], parts: { 'xl/worksheets/sheet1.xml': xml } })
    const laughs =
      '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet><sheetData>&b;</sheetData></worksheet>'
    expect(await codeOf(await sheet(laughs))).toBe('file_damaged')
    expect(await codeOf(await sheet('<a>'.repeat(100_000)))).toBe('file_damaged')
    expect(await codeOf(await sheet('<worksheet><sheetData><row>'))).toBe('file_damaged')
  })

  it('are cut anywhere: an error with a code, never a crash', async () => {
    const rows = Array.from({ length: 50 }, (_, index) => [`A${index}`, { number: index }])
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 4, max: 2_000 }), async (length) => {
        const file = await bookOf({ rows })
        await truncate(file, length)
        expect(['file_damaged', 'file_too_large']).toContain(await codeOf(file))
      }),
      { numRuns: 25 },
    )
  })
})
