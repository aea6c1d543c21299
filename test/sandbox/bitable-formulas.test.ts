import { describe, expect, it } from 'vitest'
import { makeTable, startBitable } from './bitable-sandbox.ts'

const noon = Date.parse('2026-11-21T12:00:00+08:00')

/** What formulas show for one record, by expression; fields may be named as people or as the open API does. */
async function results(expressions: string[]): Promise<Record<string, unknown>> {
  const sandbox = await startBitable({ now: noon, frozen: true })
  const made = await makeTable(sandbox, [
    { field_name: '单号', type: 1 },
    { field_name: '单价', type: 2 },
    { field_name: '数量', type: 2 },
    { field_name: '状态', type: 3, property: { options: [{ name: '急' }] } },
    { field_name: '下单', type: 5 },
  ])
  const price = `bitable::$table[${made.table}].$field[${made.fieldIds.单价}]`
  for (const [n, expression] of expressions.entries()) {
    if (n % 9 === 8) await sandbox.kernel.clock.advance(1_000)
    const property = { formula_expression: expression.replaceAll('PRICE', price) }
    const added = await sandbox.call('POST', `${made.path}/fields`, {
      field_name: `公式${n}`,
      type: 20,
      property,
    })
    expect(added.code).toBe(0)
  }
  const fields = { 单号: 'A1', 单价: 12.5, 数量: 4, 状态: '急', 下单: noon - 3 * 86_400_000 }
  await sandbox.call('POST', `${made.path}/records`, { fields })
  const { data } = await sandbox.call('POST', `${made.path}/records/search`, {})
  return Object.fromEntries(
    expressions.map((expression, n) => {
      const shown = data.items[0].fields[`公式${n}`]
      return [expression, shown?.value[0]?.text ?? shown?.value[0]]
    }),
  )
}

describe('formulas', () => {
  it('compute with fields, operators and functions', async () => {
    const expected = {
      'PRICE*[数量]': 50,
      '([单价]+1)*2-3': 24,
      'IF([数量]>3,"多","少")': '多',
      'SUM([单价],[数量],1)': 17.5,
      'CONCATENATE([单号],"-",[状态])': 'A1-急',
      '[单号]&"·"&[数量]': 'A1·4',
      'TEXT([下单],"YYYY-MM-DD")': '2026-11-18',
      'TEXT([单价],"0.00")': '12.50',
      'DAYS(NOW(),[下单])': 3,
      'DATEDIF([下单],NOW(),"D")': 3,
      'INT(NOW()-[下单])': 3,
      'AND([数量]>=4,[状态]="急")': true,
      'ROUND([单价]/3,2)': 4.17,
      'IFERROR([单价]/0,"无")': '无',
      'LEFT([单号],1)': 'A',
    }
    expect(await results(Object.keys(expected))).toEqual(expected)
  })

  it('that cannot be computed show #, and one that needs itself too', async () => {
    const expected = { 'MOON(1)': '#', '[没有]': '#', '1+': '#', '[单价]/0': '#', '[公式4]': '#', '"': '#' }
    expect(await results(Object.keys(expected))).toEqual(expected)
  })
})
