import { describe, expect, it } from 'vitest'
import { storeFile } from '../../sandbox/feishu/approval/files.ts'
import type { Widget } from '../../sandbox/feishu/approval/state.ts'
import { listDepartments } from '../../sandbox/feishu/contact/departments.ts'
import { type Desk, startDesk } from './approval-world.ts'
import type { Loose } from './world-sandbox.ts'

const option = [
  { value: 'k1', text: '交通' },
  { value: 'k2', text: '住宿' },
]
const widget = (type: string, more: Partial<Widget> = {}): Widget => ({
  id: type,
  name: type,
  type,
  required: false,
  printable: true,
  ...more,
})

/** Files one widget through the API: the answer's code, and the widget as it reads back. */
async function filed(desk: Desk, one: Widget, given: object): Promise<{ code: number; read: Loose }> {
  const definition = desk.define([desk.node('a', 'OR', ['王岚'])], { form: [one] })
  const body = {
    approval_code: definition.approval_code,
    open_id: desk.id('林小夏'),
    form: JSON.stringify([{ id: one.id, type: one.type, ...given }]),
  }
  const made = await desk.call('POST', '/instances', body)
  if (made.code !== 0) return { code: made.code, read: undefined }
  return { code: 0, read: JSON.parse((await desk.instance(made.data.instance_code)).form)[0] }
}

describe('widget values', () => {
  it('read back as they were given, options as their texts', async () => {
    const desk = await startDesk()
    const same: [Widget, object][] = [
      [widget('input'), { value: '纸' }],
      [widget('number'), { value: 2.5 }],
      [widget('amount', { option: { currencyRange: ['CNY', 'USD'] } }), { value: 9.5, currency: 'USD' }],
      [widget('date'), { value: '2026-11-21T09:30:00+08:00' }],
      [
        widget('dateInterval'),
        { value: { start: '2026-11-21T09:30:00+08:00', end: '2026-11-22T09:30:00+08:00', interval: 1 } },
      ],
      [widget('document'), { value: { token: 'doxcn1', type: 'docx' } }],
      [
        widget('department'),
        { value: [{ open_id: listDepartments(desk.world.kernel)[0]?.open_department_id }] },
      ],
    ]
    for (const [one, given] of same) expect((await filed(desk, one, given)).read).toMatchObject(given)
    expect((await filed(desk, widget('radioV2', { option }), { value: 'k2' })).read.value).toBe('住宿')
    expect((await filed(desk, widget('checkboxV2', { option }), { value: ['k1', 'k2'] })).read.value).toEqual(
      ['交通', '住宿'],
    )
    const phone = { value: { countryCode: '+86', nationalNumber: '13122222222' } }
    expect((await filed(desk, widget('telephone'), phone)).read.value).toEqual({
      country_code: '+86',
      national_number: '13122222222',
    })
    const contact = { value: [desk.person('赵敏').user_id] }
    expect((await filed(desk, widget('contact'), contact)).read).toMatchObject({
      ...contact,
      open_ids: [desk.id('赵敏')],
    })
    const address = { value: [{ id: '460000', detailAddress: '亚龙湾 1 号' }] }
    expect((await filed(desk, widget('address'), address)).read.value).toBe('中国/海南省 亚龙湾 1 号')
  })

  it('tables hold rows of widgets, links lead to instances, files become links of 12 hours', async () => {
    const desk = await startDesk()
    const table = widget('fieldList', { children: [widget('input'), widget('radioV2', { option })] })
    const rows = [
      [
        { id: 'input', type: 'input', value: '机票' },
        { id: 'radioV2', type: 'radioV2', value: 'k1' },
      ],
    ]
    expect((await filed(desk, table, { value: rows })).read.value).toMatchObject([
      [{ value: '机票' }, { value: '交通' }],
    ])
    const other = await desk.apply()
    expect((await filed(desk, widget('connect'), { value: [other] })).read.value).toEqual([other])
    const file = storeFile(desk.world.kernel, {
      name: '发票.pdf',
      type: 'attachment',
      content: Buffer.from('发票'),
    })
    const { read } = await filed(desk, widget('attachmentV2'), { value: [file.code] })
    expect(read.ext).toBe('发票.pdf')
    expect(await (await fetch(read.value[0])).text()).toBe('发票')
  })

  it('that do not fit are refused', async () => {
    const desk = await startDesk()
    const wrong: [Widget, unknown][] = [
      [widget('number'), 'x'],
      [widget('dateInterval'), { start: '2026-11-21' }],
      [widget('checkboxV2', { option }), ['no']],
      [widget('department'), [{ open_id: 'od-no' }]],
      [widget('connect'), ['no']],
      [widget('attachmentV2'), ['no']],
      [widget('telephone'), '131'],
      [widget('address'), [{}]],
      [widget('contact'), ['nobody']],
      [widget('fieldList', { children: [] }), 'x'],
    ]
    for (const [one, value] of wrong)
      expect([one.type, (await filed(desk, one, { value })).code]).toEqual([one.type, 1390001])
    expect((await filed(desk, widget('text'), { value: 'x' })).code).toBe(60006)
    expect((await filed(desk, widget('serialNumber'), { value: 'x' })).code).toBe(60006)
  })
})
