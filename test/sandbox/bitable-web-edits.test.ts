import { describe, expect, it } from 'vitest'
import { spotNamed } from '../../sandbox/feishu/bitable/by-hand.ts'
import type { WebBase, WebChange, WebRows } from '../../sandbox/feishu/bitable/web/base-shapes.ts'
import { makeTable, receiveEvents, subscribe } from './bitable-sandbox.ts'
import { startBaseWeb } from './bitable-web-client.ts'

const fields = [
  { field_name: '订单号', type: 1 },
  { field_name: '备注', type: 1 },
  { field_name: '状态', type: 3, property: { options: [{ name: '待发货', color: 3 }] } },
]

async function setUp() {
  const sandbox = await startBaseWeb()
  const made = await makeTable(sandbox, fields)
  const path = `base/${made.base}/tables/${made.table}`
  const table = () => spotNamed(sandbox.world, made.base, made.table).table
  const view = table().views[0]?.view_id ?? ''
  return { sandbox, ...made, api: made.path, path, table, view }
}

describe('what people change in the browser client', () => {
  it('fires the events of the platform for rows, with the person as operator', async () => {
    const { sandbox, base, path, fieldIds } = await setUp()
    await subscribe(sandbox, base)
    const received = await receiveEvents(sandbox.kernel)
    const note = fieldIds.备注 ?? ''
    const { record_ids } = await sandbox.web<{ record_ids: string[] }>('POST', `${path}/rows`, {
      rows: [{ [note]: 'a' }],
    })
    await sandbox.web('PATCH', `${path}/rows`, {
      changes: [{ record_id: record_ids[0], cells: { [note]: 'b' } }],
    })
    await sandbox.web('PATCH', `${path}/rows`, {
      changes: [{ record_id: record_ids[0], cells: { [note]: 'b' } }],
    })
    await sandbox.web('POST', `${path}/rows/delete`, { record_ids }, sandbox.wang.open_id)
    const events = await received.next(3)
    const told = events.map(({ event }) => [event.action_list[0].action, event.operator_id.open_id])
    expect(told).toHaveLength(3)
    expect(told).toEqual(
      expect.arrayContaining([
        ['record_added', sandbox.lin.open_id],
        ['record_edited', sandbox.lin.open_id],
        ['record_deleted', sandbox.wang.open_id],
      ]),
    )
  })

  it('fires the events of the platform for columns, and none for saving one as it is', async () => {
    const { sandbox, base, path, fieldIds, table } = await setUp()
    await subscribe(sandbox, base)
    const received = await receiveEvents(sandbox.kernel)
    await sandbox.web('PATCH', `${path}/fields/${fieldIds.备注}`, { name: '备注' })
    await sandbox.web('PATCH', `${path}/fields/${fieldIds.备注}`, { name: '说明' })
    await sandbox.web('POST', `${path}/fields`, { name: '数量', type: 2, property: { formatter: '0' } })
    await sandbox.web('DELETE', `${path}/fields/${fieldIds.备注}`)
    const events = await received.next(3)
    const told = events.map(({ header, event }) => [header.event_type, event.action_list[0].action])
    expect(told.map(([type]) => type)).toEqual(Array(3).fill('drive.file.bitable_field_changed_v1'))
    expect(told.map(([, action]) => action).toSorted()).toEqual([
      'field_added',
      'field_deleted',
      'field_edited',
    ])
    expect(table().fields.map((field) => field.field_name)).toEqual(['订单号', '状态', '数量'])
  })

  it('remembers who changed which cells of a record, the app’s writes too', async () => {
    const { sandbox, api, path, fieldIds } = await setUp()
    const note = fieldIds.备注 ?? ''
    const { record_ids } = await sandbox.web<{ record_ids: string[] }>('POST', `${path}/rows`, {
      rows: [{ [note]: 'a' }],
    })
    const [id] = record_ids
    await sandbox.call('PUT', `${api}/records/${id}`, { fields: { 备注: 'b' } })
    await sandbox.web(
      'PATCH',
      `${path}/rows`,
      { changes: [{ record_id: id, cells: { [note]: null } }] },
      sandbox.wang.open_id,
    )
    const history = await sandbox.web<WebChange[]>('GET', `${path}/records/${id}/history`)
    expect(history.map(({ by, action, cells }) => [by, action, cells])).toEqual([
      ['王岚', 'edited', [{ field_id: note, before: 'b', after: null }]],
      [sandbox.kernel.identity().botName, 'edited', [{ field_id: note, before: 'a', after: 'b' }]],
      ['林小满', 'added', [{ field_id: note, before: null, after: 'a' }]],
    ])
  })

  it('retypes a column and keeps what can be read', async () => {
    const { sandbox, path, fieldIds, view } = await setUp()
    const note = fieldIds.备注 ?? ''
    await sandbox.web('POST', `${path}/rows`, { rows: [{ [note]: '12.5' }, { [note]: 'zwölf' }] })
    await sandbox.web('PATCH', `${path}/fields/${note}`, {
      type: 2,
      ui_type: 'Number',
      property: { formatter: '0.00' },
    })
    const { rows } = await sandbox.web<WebRows>('GET', `${path}/rows?view=${view}`)
    expect(rows.map((row) => row.cells[note])).toEqual([12.5, undefined])
  })

  it('copies a column with its options and cells, beside the original in that view', async () => {
    const { sandbox, path, fieldIds, view, table } = await setUp()
    const status = fieldIds.状态 ?? ''
    await sandbox.web('POST', `${path}/rows`, { rows: [{ [status]: '待发货' }] })
    const { field_id } = await sandbox.web<{ field_id: string }>(
      'POST',
      `${path}/fields/${fieldIds.备注}/copy`,
      { view },
    )
    const copy = await sandbox.web<{ field_id: string }>('POST', `${path}/fields/${status}/copy`, { view })
    const option = table().fields.find((field) => field.field_id === copy.field_id)?.property?.options?.[0]
    expect(option).toMatchObject({ name: '待发货', color: 3 })
    const { rows } = await sandbox.web<WebRows>('GET', `${path}/rows?view=${view}`)
    expect(rows[0]?.cells[copy.field_id]).toBe(option?.id)
    const shown = await sandbox.web<WebBase>('GET', path.split('/tables')[0] ?? '')
    const order = shown.tables.find((one) => one.name === '订单')?.views[0]?.layout.order ?? []
    expect(order.indexOf(field_id)).toBe(order.indexOf(fieldIds.备注 ?? '') + 1)
  })

  it('saves filters and hidden fields where the open API sees them', async () => {
    const { sandbox, api, path, fieldIds, view } = await setUp()
    await sandbox.web('PATCH', `${path}/views/${view}`, {
      filter: {
        conjunction: 'or',
        conditions: [{ field_id: fieldIds.备注, operator: 'contains', values: ['急'] }],
      },
      hidden: [fieldIds.状态],
    })
    const answer = await sandbox.call('GET', `${api}/views/${view}`)
    expect(answer.data.view.property).toMatchObject({
      hidden_fields: [fieldIds.状态],
      filter_info: {
        conjunction: 'or',
        conditions: [{ field_id: fieldIds.备注, operator: 'contains', value: '["急"]' }],
      },
    })
    await sandbox.web('PATCH', `${path}/views/${view}`, { filter: null })
    expect((await sandbox.call('GET', `${api}/views/${view}`)).data.view.property.filter_info).toBeNull()
  })

  it('makes, names, copies and deletes views of every kind, and keeps the last', async () => {
    const { sandbox, path, view, table, fieldIds } = await setUp()
    for (const type of ['grid', 'kanban', 'gallery', 'gantt', 'form'])
      await sandbox.web('POST', `${path}/views`, { name: `我的 ${type}`, type })
    await sandbox.web('PATCH', `${path}/views/${view}`, {
      name: '全部',
      layout: { sort: [{ field_id: fieldIds.备注, desc: true }], widths: { [fieldIds.备注 ?? '']: 333 } },
    })
    const { view_id } = await sandbox.web<{ view_id: string }>('POST', `${path}/views`, {
      name: '全部 副本',
      copy_of: view,
    })
    const base = await sandbox.web<WebBase>('GET', path.split('/tables')[0] ?? '')
    const copy = base.tables.flatMap((one) => one.views).find((one) => one.view_id === view_id)
    expect(copy?.layout).toMatchObject({
      sort: [{ field_id: fieldIds.备注, desc: true }],
      widths: { [fieldIds.备注 ?? '']: 333 },
    })
    expect(await sandbox.refusal('POST', `${path}/views`, { name: '全部', type: 'grid' })).toMatchObject({
      code: 1254020,
    })
    for (const one of table().views.slice(1)) await sandbox.web('DELETE', `${path}/views/${one.view_id}`)
    const last = await sandbox.refusal('DELETE', `${path}/views/${table().views[0]?.view_id}`)
    expect(last.msg).toContain('LastViewDeleteForbidden')
  })

  it('makes, names and deletes tables', async () => {
    const { sandbox, base, path } = await setUp()
    const { table_id } = await sandbox.web<{ table_id: string }>('POST', `base/${base}/tables`, {
      name: '门店',
    })
    await sandbox.web('PATCH', path, { name: '全部订单' })
    expect(await sandbox.refusal('PATCH', path, { name: '门店' })).toMatchObject({ code: 1254013 })
    await sandbox.web('DELETE', `base/${base}/tables/${table_id}`)
    const shown = await sandbox.web<WebBase>('GET', `base/${base}`)
    expect(shown.tables.map((table) => table.name)).toContain('全部订单')
    expect(shown.tables.map((table) => table.name)).not.toContain('门店')
  })

  it('shows a closed base to its people only, and a readable one without letting others write', async () => {
    const { sandbox, base, path } = await setUp()
    const share = (link_share_entity: string) =>
      sandbox.send('PATCH', `/drive/v1/permissions/${base}/public?type=bitable`, { link_share_entity })
    await share('tenant_readable')
    expect(await sandbox.refusal('POST', `${path}/rows`, { rows: [{}] })).toMatchObject({ code: 1254302 })
    await share('closed')
    expect(await sandbox.refusal('GET', `base/${base}`)).toMatchObject({ code: 91403 })
    expect(await sandbox.web<object[]>('GET', 'base')).toEqual([])
    const member = { member_type: 'openid', member_id: sandbox.lin.open_id, perm: 'edit' }
    await sandbox.send('POST', `/drive/v1/permissions/${base}/members?type=bitable`, member)
    await sandbox.web('POST', `${path}/rows`, { rows: [{}] })
    expect(await sandbox.refusal('GET', `base/${base}`, undefined, sandbox.wang.open_id)).toMatchObject({
      code: 91403,
    })
  })

  it('shows a role its own rows and fields only', async () => {
    const { sandbox, base, path, fieldIds, view } = await setUp()
    const note = fieldIds.备注 ?? ''
    await sandbox.web('POST', `${path}/rows`, { rows: [{ [note]: '急' }, { [note]: '缓' }] })
    await sandbox.call('PUT', `/${base}`, { is_advanced: true })
    const made = await sandbox.send('POST', `/base/v2/apps/${base}/roles`, {
      role_name: '客服',
      table_roles: [
        {
          table_id: path.split('/').at(-1),
          table_perm: 2,
          rec_rule: {
            conjunction: 'and',
            conditions: [{ field_name: '备注', operator: 'is', value: ['急'] }],
            other_perm: 0,
          },
          field_perm: { 订单号: 1, 备注: 3 },
          allow_add_record: false,
          allow_delete_record: false,
        },
      ],
    })
    expect(made.code).toBe(0)
    const roleId = made.data.role.role_id
    await sandbox.call('POST', `/${base}/roles/${roleId}/members`, { member_id: sandbox.wang.open_id })
    const as = sandbox.wang.open_id
    const { rows, total } = await sandbox.web<WebRows>('GET', `${path}/rows?view=${view}`, undefined, as)
    expect(total).toBe(1)
    expect(rows[0]?.cells[note]).toBe('急')
    const seen = await sandbox.web<WebBase>('GET', `base/${base}`, undefined, as)
    expect(seen.tables[0]?.fields.map((field) => [field.name, field.editable])).toEqual([
      ['订单号', false],
      ['备注', true],
    ])
    expect(await sandbox.refusal('POST', `${path}/rows`, { rows: [{}] }, as)).toMatchObject({ code: 1254302 })
  })
})
