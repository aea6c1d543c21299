import { describe, expect, test } from 'vitest'
import { normalValue } from '#src/bitable/codec/index.ts'
import type { AnyTable, FieldDef } from '#src/contracts/table.ts'
import { baseName, tables } from '../../bitable-schemas/index.ts'

const fieldsOf = (table: AnyTable) => Object.entries(table.fields as Record<string, FieldDef>)
/** Feishu docs: 字段编辑指南, 新增数据表, 更新视图. */
const numberFormats = ['0', '0.0', '0.00', '0.000', '0.0000', '1,000', '1,000.00', '%', '0.00%']
const dateFormats = ['yyyy/MM/dd', 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd', 'yyyy-MM-dd HH:mm', 'MM-dd']
const systemNames = ['写入批次', '最后修改']

test('the base has a name and no two tables share an id or a name', () => {
  expect(baseName).toBe('汇流')
  expect(new Set(tables.map((table) => table.id)).size).toBe(tables.length)
  expect(new Set(tables.map((table) => table.name)).size).toBe(tables.length)
})

describe.each(tables.map((table) => [table.name, table] as const))('table %s', (_name, table) => {
  test('its names are ones the platform takes', () => {
    expect(table.id).toMatch(/^[a-z][a-z-]*$/)
    expect(table.name).not.toMatch(/[/\\?*:[\]]/)
    const names = fieldsOf(table).map(([, field]) => field.name)
    expect(new Set(names).size).toBe(names.length)
    for (const name of names) {
      expect(name).toBe(name.trim())
      expect(name.length).toBeLessThanOrEqual(100)
      expect(systemNames).not.toContain(name)
    }
    for (const view of table.views) expect(view.name).not.toMatch(/[[\]]/)
    expect(new Set(table.views.map((view) => view.name)).size).toBe(table.views.length)
  })

  test('every field says what it is in English too, and its format is one the platform knows', () => {
    for (const [, field] of fieldsOf(table)) {
      expect(field.nameEn, field.name).toBeTypeOf('string')
      if (field.type === 'number') expect(numberFormats).toContain(field.format)
      if (field.type === 'date') expect(dateFormats).toContain(field.format)
      const isSelect = field.type === 'select' || field.type === 'multiSelect'
      expect(field.options.length > 0, field.name).toBe(isSelect)
      expect(new Set(field.options.map((option) => option.name)).size).toBe(field.options.length)
      for (const { color } of field.options) expect(color ?? 0).toBeLessThanOrEqual(54)
    }
  })

  test('what its views filter by can be in the table', () => {
    for (const view of table.views) {
      for (const condition of view.where) {
        const field = (table.fields as Record<string, FieldDef>)[condition.field]
        for (const value of condition.values) {
          if (field?.type === 'select')
            expect(normalValue(field, value, { table: table.id, key: 'k' })).toBe(value)
        }
      }
      if (view.kind !== 'kanban') continue
      const firstSelect = fieldsOf(table).find(([, field]) => field.type === 'select')
      expect(firstSelect?.[0], 'a new board is grouped by the first select field').toBe('status')
    }
  })

  test('an empty row is not closed unless the table only ever grows', () => {
    expect(table.window.closed({})).toBe(table.id === 'ledger')
  })
})
