import { describe, expect, it } from 'vitest'
import { addUser } from '../../sandbox/feishu/contact/index.ts'
import { type BitableSandbox, makeTable, startBitable, uploadFile } from './bitable-sandbox.ts'

const noon = Date.UTC(2026, 10, 21, 4)

const everyType = [
  { field_name: '文本', type: 1 },
  {
    field_name: '条码',
    type: 1,
    ui_type: 'Barcode',
    property: { allowed_edit_modes: { manual: true, scan: false } },
  },
  { field_name: '数字', type: 2 },
  { field_name: '进度', type: 2, ui_type: 'Progress', property: { formatter: '0%' } },
  { field_name: '评分', type: 2, ui_type: 'Rating', property: { formatter: '0', min: 1, max: 5 } },
  { field_name: '单选', type: 3, property: { options: [{ name: '甲' }] } },
  { field_name: '多选', type: 4 },
  { field_name: '日期', type: 5 },
  { field_name: '复选', type: 7 },
  { field_name: '人员', type: 11 },
  { field_name: '电话', type: 13 },
  { field_name: '链接', type: 15 },
  { field_name: '附件', type: 17 },
  { field_name: '位置', type: 22, property: { location: { input_type: 'not_limit' } } },
  { field_name: '公式', type: 20, property: { formula_expression: '1+1' } },
  { field_name: '创建时间', type: 1001 },
  { field_name: '修改时间', type: 1002 },
  { field_name: '创建人', type: 1003 },
  { field_name: '修改人', type: 1004 },
  {
    field_name: '编号',
    type: 1005,
    property: {
      auto_serial: {
        type: 'custom',
        options: [
          { type: 'fixed_text', value: 'D' },
          { type: 'created_time', value: 'yyyyMMdd' },
          { type: 'system_number', value: '3' },
        ],
      },
    },
  },
]

/** A table with a field of every type. An e-mail field can only be added to a table that exists. */
async function everyTypeTable(sandbox: BitableSandbox) {
  const made = await makeTable(sandbox, everyType)
  await sandbox.call('POST', `${made.path}/fields`, { field_name: '邮箱', type: 1, ui_type: 'Email' })
  return made
}

function values(sandbox: BitableSandbox, file: string) {
  return {
    文本: '你好',
    邮箱: 'a@b.cn',
    条码: '690',
    数字: 12.5,
    进度: 0.25,
    评分: 3,
    单选: '甲',
    多选: ['乙', '丙'],
    日期: noon,
    复选: true,
    人员: [{ id: sandbox.lin.open_id }],
    电话: '+8613800000000',
    链接: { text: '订单', link: 'https://example.com/1' },
    附件: [{ file_token: file }],
    位置: '116.397755,39.903179',
  }
}

describe('values of every field type', () => {
  it('echo on create as they were sent and come back from search in their read shapes', async () => {
    const sandbox = await startBitable({ now: noon })
    const { base, path } = await everyTypeTable(sandbox)
    const file = await uploadFile(sandbox, base, '回执.txt')
    const sent = values(sandbox, file)
    const made = await sandbox.call('POST', `${path}/records`, { fields: sent })
    expect(made.data.record.fields).toEqual(sent)
    expect(made.data.record.id).toBe(made.data.record.record_id)
    const { data } = await sandbox.call('POST', `${path}/records/search`, {})
    const person = { id: sandbox.lin.open_id, name: '林小满', en_name: '林小满', email: '', avatar_url: '' }
    const shown = data.items[0].fields
    expect(shown).toMatchObject({
      ...sent,
      文本: [{ type: 'text', text: '你好' }],
      邮箱: [{ type: 'url', text: 'a@b.cn', link: 'mailto:a@b.cn' }],
      条码: [{ type: 'text', text: '690' }],
      人员: [person],
      附件: [{ file_token: file, name: '回执.txt', type: 'text/plain' }],
      位置: { location: '116.397755,39.903179' },
      编号: 'D20261121001',
      创建人: [{ id: sandbox.kernel.identity().botOpenId }],
    })
    expect(shown.创建时间).toBe(shown.修改时间)
    expect(shown.公式).toEqual({ type: 2, value: [2] })
    const legacy = await sandbox.call('GET', `${path}/records/${made.data.record.record_id}`)
    expect(legacy.data.record.fields.文本).toBe('你好')
  })

  it('are refused with the code of the type, and the batch changes nothing', async () => {
    const sandbox = await startBitable()
    const { path } = await everyTypeTable(sandbox)
    const good = { fields: { 文本: '好', 单选: '新的选项' } }
    const bad: [object, number, number][] = [
      [{ 文本: 1 }, 200, 1254060],
      [{ 文本: [{ type: 'text', text: 'x' }] }, 200, 1254060],
      [{ 数字: '12' }, 200, 1254061],
      [{ 单选: ['甲'] }, 200, 1254062],
      [{ 多选: '乙' }, 200, 1254063],
      [{ 日期: '2026-11-21' }, 200, 1254064],
      [{ 复选: 'true' }, 200, 1254065],
      [{ 人员: sandbox.lin.open_id }, 200, 1254066],
      [{ 人员: [{ id: 'ou_nobody' }] }, 200, 1254066],
      [{ 链接: 'https://example.com' }, 200, 1254068],
      [{ 附件: ['boxcn1'] }, 200, 1254069],
      [{ 附件: [{ file_token: 'boxcnNobodyUploaded' }] }, 200, 1254303],
      [{ 电话: '138****0000' }, 200, 1254072],
      [{ 位置: '北京' }, 400, 1254015],
      [{ 公式: 2 }, 400, 1254015],
      [{ 创建时间: noon }, 400, 1254015],
      [{ 编号: '1' }, 400, 1254015],
      [{ 文本: 'x'.repeat(100_001) }, 200, 1254130],
      [{ ' 文本': 'x' }, 200, 1254045],
    ]
    for (const [fields, status, code] of bad) {
      const answer = await sandbox.call('POST', `${path}/records/batch_create`, {
        records: [good, { fields }],
      })
      expect([fields, answer.status, answer.code]).toEqual([fields, status, code])
    }
    expect((await sandbox.call('POST', `${path}/records/search`, {})).data.total).toBe(0)
    const { data } = await sandbox.call('GET', `${path}/fields`)
    const select = data.items.find((f: { field_name: string }) => f.field_name === '单选')
    expect(select.property.options.map((o: { name: string }) => o.name)).toEqual(['甲'])
  })

  it('create options nobody made before, once per name across a batch', async () => {
    const sandbox = await startBitable()
    const { path } = await everyTypeTable(sandbox)
    const records = [{ fields: { 单选: '乙' } }, { fields: { 单选: '乙', 多选: ['丁'] } }]
    expect(await sandbox.call('POST', `${path}/records/batch_create`, { records })).toMatchObject({ code: 0 })
    const { data } = await sandbox.call('GET', `${path}/fields?page_size=100`)
    const optionsOf = (name: string) =>
      data.items.find((f: { field_name: string }) => f.field_name === name).property.options
    expect(optionsOf('单选')).toMatchObject([
      { name: '甲', color: 0 },
      { name: '乙', color: 1 },
    ])
    expect(optionsOf('多选')).toMatchObject([{ name: '丁', color: 0 }])
  })

  it('become empty with null, and empty ones are left out of search', async () => {
    const sandbox = await startBitable()
    const { base, path } = await everyTypeTable(sandbox)
    const file = await uploadFile(sandbox, base, '回执.txt')
    const sent = values(sandbox, file)
    const made = await sandbox.call('POST', `${path}/records`, { fields: sent })
    const id: string = made.data.record.record_id
    const empty = Object.fromEntries(Object.keys(sent).map((name) => [name, null]))
    expect(await sandbox.call('PUT', `${path}/records/${id}`, { fields: empty })).toMatchObject({ code: 0 })
    const { data } = await sandbox.call('POST', `${path}/records/search`, { field_names: Object.keys(sent) })
    expect(data.items[0].fields).toEqual({})
  })

  it('name people by the id type of the call', async () => {
    const sandbox = await startBitable()
    const { path } = await everyTypeTable(sandbox)
    const chen = addUser(sandbox.kernel, { name: '陈可' })
    const made = await sandbox.call('POST', `${path}/records?user_id_type=user_id`, {
      fields: { 人员: [{ id: chen.user_id }] },
    })
    expect(made.code).toBe(0)
    const byUnion = await sandbox.call('POST', `${path}/records/search?user_id_type=union_id`, {
      field_names: ['人员'],
    })
    expect(byUnion.data.items[0].fields.人员).toMatchObject([{ id: chen.union_id, name: '陈可' }])
    expect(
      await sandbox.call('POST', `${path}/records?user_id_type=union_id`, {
        fields: { 人员: [{ id: chen.user_id }] },
      }),
    ).toMatchObject({ code: 1254066 })
  })
})
