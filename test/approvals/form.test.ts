import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { buildForm, nextCheckDelay, rfc3339 } from '#src/approvals/form.ts'
import { defineApproval, type WidgetDef, type WidgetType, type WidgetValue } from '#src/contracts/approval.ts'
import type { ApprovalWidget } from '#src/feishu/types.ts'

const widget = (type: string, change: Partial<ApprovalWidget> = {}): ApprovalWidget => ({
  id: 'widget1',
  customId: 'field',
  name: '控件',
  type,
  required: false,
  options: [],
  ...change,
})
const choices = [
  { key: 'k-1', text: '仅退款' },
  { key: 'k-2', text: '退货退款' },
]

/** A form with one field of ours. */
function approval(type: WidgetType, value: WidgetValue | undefined, change: Partial<WidgetDef> = {}) {
  return defineApproval({
    id: 'test',
    label: '测试',
    input: z.object({}),
    widgets: { field: { customId: 'field', name: '字段', type, required: false, ...change } },
    fill: () => ({ field: value }),
    title: () => '测试',
    sample: {},
  })
}

/** What the one widget is filled with, or what is wrong. */
function filled(type: WidgetType, value: WidgetValue | undefined, theirs: ApprovalWidget): unknown {
  const result = buildForm(approval(type, value), [theirs], {})
  return result.ok ? JSON.parse(result.form)[0] : result.problems
}

describe('filling a widget', () => {
  it.each<[WidgetType, WidgetValue, string, object]>([
    ['input', '张三', 'input', { value: '张三' }],
    ['input', '张三', 'textarea', { value: '张三' }],
    ['textarea', 'a\nb', 'textarea', { value: 'a\nb' }],
    ['textarea', 'a', 'input', { value: 'a' }],
    ['number', 3, 'number', { value: 3 }],
    ['number', 3, 'amount', { value: 3, currency: 'CNY' }],
    ['number', 3, 'input', { value: '3' }],
    ['amount', 268_005, 'amount', { value: 2680.05, currency: 'CNY' }],
    ['amount', 5, 'number', { value: 0.05 }],
    ['amount', -100, 'amount', { value: -1, currency: 'CNY' }],
    ['amount', 268_000, 'input', { value: '2680.00' }],
    ['date', Date.UTC(2026, 10, 21, 16, 30), 'date', { value: '2026-11-22T00:30:00+08:00' }],
    ['date', Date.UTC(2026, 10, 21, 16, 30), 'input', { value: '2026-11-22 00:30' }],
    ['radioV2', '退货退款', 'radioV2', { value: 'k-2' }],
    ['radioV2', 'k-1', 'radioV2', { value: 'k-1' }],
    ['radioV2', '仅退款', 'radio', { value: 'k-1' }],
    ['radioV2', '仅退款', 'input', { value: '仅退款' }],
    ['checkboxV2', ['仅退款', 'k-2'], 'checkboxV2', { value: ['k-1', 'k-2'] }],
    ['checkboxV2', '仅退款', 'checkbox', { value: ['k-1'] }],
    ['contact', 'ou_1', 'contact', { value: [], open_ids: ['ou_1'] }],
    ['contact', ['ou_1', 'ou_2'], 'contact', { value: [], open_ids: ['ou_1', 'ou_2'] }],
  ])('our %s %o in their %s', (type, value, theirs, expected) => {
    expect(filled(type, value, widget(theirs, { options: choices }))).toEqual({
      id: 'widget1',
      type: theirs,
      ...expected,
    })
  })

  it('leaves a widget without a value out: Feishu refuses an empty one', () => {
    expect(buildForm(approval('input', undefined), [widget('input')], {})).toEqual({ ok: true, form: '[]' })
    expect(buildForm(approval('input', ''), [widget('input')], {})).toEqual({ ok: true, form: '[]' })
    expect(filled('number', 0, widget('number'))).toMatchObject({ value: 0 })
  })

  it('finds the widget by its custom id first, then by its name', () => {
    const byName = widget('input', { id: 'w-name', customId: undefined, name: '字段' })
    const byId = widget('input', { id: 'w-id', name: '改过的名字' })
    const idOf = (widgets: ApprovalWidget[]) => {
      const result = buildForm(approval('input', 'x'), widgets, {})
      return result.ok ? JSON.parse(result.form)[0].id : result.problems
    }
    expect(idOf([byName, byId])).toBe('w-id')
    expect(idOf([byName])).toBe('w-name')
  })
})

describe('a definition that does not fit', () => {
  it.each<[WidgetType, WidgetValue, ApprovalWidget, string]>([
    [
      'amount',
      100,
      widget('date', { name: '退款金额' }),
      '「退款金额」的类型是 date，需要 amount 或 number 或 input',
    ],
    ['radioV2', '换货', widget('radioV2', { name: '类型', options: choices }), '「类型」没有选项「换货」'],
    [
      'checkboxV2',
      ['仅退款', '换货'],
      widget('checkboxV2', { name: '类型', options: choices }),
      '「类型」没有选项「换货」',
    ],
    ['contact', 'ou_1', widget('input', { name: '同事' }), '「同事」的类型是 input'],
    ['number', 'three', widget('number', { name: '数量' }), '「数量」需要数字'],
    ['date', 'tomorrow', widget('date', { name: '日期' }), '「日期」需要日期'],
    ['input', 'x', widget('fieldList', { name: '明细' }), '「明细」的类型是 fieldList'],
  ])('our %s %o: names the widget', (type, value, theirs, problem) => {
    expect(filled(type, value, theirs)).toEqual([expect.stringContaining(problem)])
  })

  it('names a widget we need that is not there, with its custom id', () => {
    const result = buildForm(approval('amount', 1, { required: true }), [], {})
    expect(result).toEqual({ ok: false, problems: ['审批定义缺少控件「字段」（自定义 ID field）'] })
    expect(buildForm(approval('amount', 1), [], {})).toEqual({ ok: true, form: '[]' })
  })

  it('names a required widget of theirs that we know nothing of, and everything else that is wrong, at once', () => {
    const theirs = [
      widget('date'),
      widget('input', { id: 'w2', customId: 'cost', name: '成本中心', required: true }),
      widget('input', { id: 'w3', customId: 'free', name: '随便' }),
    ]
    const result = buildForm(approval('amount', 1), theirs, {})
    expect(result).toMatchObject({ ok: false })
    expect(result.ok ? [] : result.problems).toHaveLength(2)
    expect(result.ok ? '' : result.problems.join()).toContain('成本中心')
  })
})

describe('dates in forms', () => {
  it('name the same instant with the Shanghai offset', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_102_444_800 }), (seconds) => {
        const text = rfc3339(seconds * 1000)
        expect(text).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+08:00$/)
        expect(Date.parse(text)).toBe(seconds * 1000)
      }),
    )
  })
})

describe('how often an open case is read', () => {
  it('ever more rarely, but at least every six hours', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (age, more) => {
        expect(nextCheckDelay(age + more)).toBeGreaterThanOrEqual(nextCheckDelay(age))
        expect(nextCheckDelay(age)).toBeLessThanOrEqual(6 * 3_600_000)
        expect(nextCheckDelay(age)).toBeGreaterThanOrEqual(60_000)
      }),
    )
  })
})
