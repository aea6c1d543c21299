import { describe, expect, it } from 'vitest'
import { makeTable, startBitable } from './bitable-sandbox.ts'

const text = { field_name: '订单号', type: 1 }

describe('bases and tables', () => {
  it('gives a new base a default table with default fields and empty rows', async () => {
    const sandbox = await startBitable()
    const { data } = await sandbox.call('POST', '', { name: '订单中心' })
    expect(data.app).toMatchObject({
      name: '订单中心',
      folder_token: '',
      default_table_id: expect.stringMatching(/^tbl/),
    })
    const fields = await sandbox.call(
      'GET',
      `/${data.app.app_token}/tables/${data.app.default_table_id}/fields`,
    )
    expect(fields.data.items[0]).toMatchObject({
      field_name: '文本',
      type: 1,
      is_primary: true,
      ui_type: 'Text',
    })
    const rows = await sandbox.call(
      'POST',
      `/${data.app.app_token}/tables/${data.app.default_table_id}/records/search`,
      {},
    )
    expect(rows.data.total).toBeGreaterThan(0)
    expect(rows.data.items[0].fields).toEqual({})
    const got = await sandbox.call('GET', `/${data.app.app_token}`)
    expect(got.data.app).toMatchObject({ name: '订单中心', is_advanced: false, time_zone: 'Asia/Shanghai' })
  })

  it('answers what is missing with the HTTP status of each API family', async () => {
    const sandbox = await startBitable()
    const { path, base } = await makeTable(sandbox, [text])
    expect(await sandbox.call('GET', '/basNoSuchBase/tables')).toMatchObject({
      status: 200,
      code: 1254040,
      msg: 'BaseTokenNotFound',
    })
    expect(await sandbox.call('GET', `/${base}/tables/tblNone/fields`)).toMatchObject({
      status: 200,
      code: 1254041,
    })
    expect(await sandbox.call('GET', `/${base}/tables/nonsense/fields`)).toMatchObject({
      status: 200,
      code: 1254004,
    })
    expect(await sandbox.call('GET', `${path}/views/vewNone`)).toMatchObject({ status: 404, code: 1254042 })
    expect(await sandbox.call('DELETE', `${path}/views/vewNone`)).toMatchObject({
      status: 200,
      code: 1254042,
    })
    expect(await sandbox.call('PATCH', `/${base}/tables/tblNone`, { name: 'x' })).toMatchObject({
      status: 404,
      code: 1254041,
    })
    expect(await sandbox.call('PUT', `${path}/records/recNone`, { fields: {} })).toMatchObject({
      status: 200,
      code: 1254043,
    })
    expect(
      await sandbox.call('POST', `/${base}/tables/tblNone/records/batch_get`, { record_ids: ['rec1'] }),
    ).toMatchObject({ status: 404, code: 1254041 })
  })

  it('refuses a duplicate name, a bad first field and deleting the last table', async () => {
    const sandbox = await startBitable()
    const { base, path } = await makeTable(sandbox, [text])
    expect(await sandbox.call('POST', `/${base}/tables`, { table: { name: '订单' } })).toMatchObject({
      status: 200,
      code: 1254013,
    })
    expect(
      await sandbox.call('POST', `/${base}/tables`, {
        table: { name: 'b', fields: [{ field_name: 'x', type: 3 }] },
      }),
    ).toMatchObject({ status: 400, code: 1254012 })
    expect(await sandbox.call('POST', `/${base}/tables`, { table: { name: 'a/b' } })).toMatchObject({
      status: 400,
      code: 99992402,
    })
    const tables = await sandbox.call('GET', `/${base}/tables`)
    expect(tables.data.total).toBe(2)
    expect(await sandbox.call('DELETE', path)).toMatchObject({ code: 0 })
    const left: string = tables.data.items[0].table_id
    expect(await sandbox.call('DELETE', `/${base}/tables/${left}`)).toMatchObject({
      status: 403,
      code: 1254034,
    })
  })

  it('keeps a copy closed until it is made, then has everything in it', async () => {
    const sandbox = await startBitable()
    const { base, path, table } = await makeTable(sandbox, [text])
    await sandbox.call('POST', `${path}/records`, { fields: { 订单号: 'A1' } })
    const { data } = await sandbox.call('POST', `/${base}/copy`, { name: '副本' })
    const copied = `/${data.app.app_token}/tables/${table}/records/search`
    expect(await sandbox.call('POST', copied, {})).toMatchObject({ status: 400, code: 1254036 })
    await sandbox.kernel.clock.advance(5_000)
    const rows = await sandbox.call('POST', copied, {})
    expect(rows.data.items[0].fields).toEqual({ 订单号: [{ type: 'text', text: 'A1' }] })
  })

  it('does not open a person’s base to the app before it is shared', async () => {
    const sandbox = await startBitable()
    const made = await sandbox.control('POST', 'bases', { open_id: sandbox.lin.open_id, name: '私人' })
    const path = `/${made.body.app_token}/tables`
    expect(await sandbox.call('GET', path)).toMatchObject({ status: 403, code: 91403 })
    await sandbox.control('POST', `bases/${made.body.app_token}/share`, {})
    expect(await sandbox.call('GET', path)).toMatchObject({ status: 200, code: 0 })
  })
})

describe('fields', () => {
  it('pages fields and tells names, types and properties', async () => {
    const sandbox = await startBitable()
    const select = {
      field_name: '状态',
      type: 3,
      property: { options: [{ name: '待付' }, { name: '已付', color: 5 }, { name: '退' }] },
    }
    const { path } = await makeTable(sandbox, [
      text,
      select,
      {
        field_name: '金额',
        type: 2,
        ui_type: 'Currency',
        property: { formatter: '0.00', currency_code: 'CNY' },
      },
    ])
    const first = await sandbox.call('GET', `${path}/fields?page_size=2`)
    expect(first.data).toMatchObject({ total: 3, has_more: true })
    const options = first.data.items[1].property.options
    expect(options.map((o: { color: number }) => o.color)).toEqual([0, 5, 6])
    expect(options[0].id).toMatch(/^opt/)
    const second = await sandbox.call('GET', `${path}/fields?page_size=2&page_token=${first.data.page_token}`)
    expect(second.data).toMatchObject({
      has_more: false,
      items: [{ field_name: '金额', ui_type: 'Currency' }],
    })
    expect(await sandbox.call('GET', `${path}/fields?page_size=101`)).toMatchObject({
      status: 400,
      code: 99992402,
    })
  })

  it('refuses bad properties with the code of the type', async () => {
    const sandbox = await startBitable()
    const { path } = await makeTable(sandbox, [text])
    const codeOf = async (field: object) => {
      const { status, code } = await sandbox.call('POST', `${path}/fields`, { field_name: 'x', ...field })
      return [status, code]
    }
    expect(await codeOf({ type: 1, property: {} })).toEqual([400, 1254080])
    expect(await codeOf({ type: 15, property: {} })).toEqual([400, 1254087])
    expect(await codeOf({ type: 2, property: { formatter: '0.00000' } })).toEqual([400, 1254081])
    expect(
      await codeOf({ type: 2, ui_type: 'Rating', property: { formatter: '0', min: 2, max: 5 } }),
    ).toEqual([400, 1254081])
    expect(await codeOf({ type: 3, property: { options: [{ name: '' }] } })).toEqual([200, 1254026])
    expect(await codeOf({ type: 3, property: { options: [{ name: 'a', id: 'optX' }] } })).toEqual([
      400, 1254082,
    ])
    expect(await codeOf({ type: 5, property: { date_formatter: 'dd.MM.yyyy' } })).toEqual([400, 1254084])
    expect(await codeOf({ type: 18, property: { table_id: 'tblNone' } })).toEqual([400, 1254089])
    expect(await codeOf({ type: 19 })).toEqual([200, 1254012])
    expect(await codeOf({ type: 1, field_name: '订单号' })).toEqual([200, 1254014])
    expect(await codeOf({ type: 1, field_name: '  ' })).toEqual([400, 1254028])
  })

  it('overwrites a field as a whole: options left out vanish with their cells, options without id are new', async () => {
    const sandbox = await startBitable()
    const select = {
      field_name: '状态',
      type: 3,
      property: { options: [{ name: '待付' }, { name: '已付' }] },
    }
    const { path, fieldIds } = await makeTable(sandbox, [text, select])
    await sandbox.call('POST', `${path}/records/batch_create`, {
      records: [{ fields: { 订单号: '1', 状态: '待付' } }, { fields: { 订单号: '2', 状态: '已付' } }],
    })
    const fields = await sandbox.call('GET', `${path}/fields`)
    const [unpaid] = fields.data.items[1].property.options
    const put = {
      field_name: '订单状态',
      type: 3,
      property: { options: [{ id: unpaid.id, name: '未付' }, { name: '已付' }] },
    }
    expect(await sandbox.call('PUT', `${path}/fields/${fieldIds.状态}`, put)).toMatchObject({ code: 0 })
    const rows = await sandbox.call('POST', `${path}/records/search`, { field_names: ['订单状态'] })
    expect(rows.data.items.map((r: { fields: object }) => r.fields)).toEqual([{ 订单状态: '未付' }, {}])
    const now = await sandbox.call('GET', `${path}/fields`)
    const same = { ...put, property: { options: now.data.items[1].property.options } }
    expect(await sandbox.call('PUT', `${path}/fields/${fieldIds.状态}`, same)).toMatchObject({
      status: 200,
      code: 1254606,
    })
  })

  it('protects the primary field', async () => {
    const sandbox = await startBitable()
    const { path, fieldIds } = await makeTable(sandbox, [text, { field_name: '备注', type: 1 }])
    expect(await sandbox.call('DELETE', `${path}/fields/${fieldIds.订单号}`)).toMatchObject({
      status: 200,
      code: 1254046,
    })
    expect(
      await sandbox.call('PUT', `${path}/fields/${fieldIds.订单号}`, { field_name: '订单号', type: 7 }),
    ).toMatchObject({ code: 1254012 })
    expect((await sandbox.call('DELETE', `${path}/fields/${fieldIds.备注}`)).data).toMatchObject({
      deleted: true,
    })
  })

  it('keeps both sides of a two-way link in step', async () => {
    const sandbox = await startBitable()
    const { base, path, table } = await makeTable(sandbox, [text])
    const refunds = await sandbox.call('POST', `/${base}/tables`, {
      table: {
        name: '退款',
        fields: [
          { field_name: '退款号', type: 1 },
          { field_name: '订单', type: 21, property: { table_id: table, back_field_name: '退款' } },
        ],
      },
    })
    const refundPath = `/${base}/tables/${refunds.data.table_id}`
    const order = await sandbox.call('POST', `${path}/records`, { fields: { 订单号: 'A1' } })
    const orderId: string = order.data.record.record_id
    const refund = await sandbox.call('POST', `${refundPath}/records`, {
      fields: { 退款号: 'R1', 订单: [orderId] },
    })
    const orders = await sandbox.call('POST', `${path}/records/search`, {})
    expect(orders.data.items[0].fields.退款).toEqual({ link_record_ids: [refund.data.record.record_id] })
    await sandbox.call('DELETE', `${refundPath}/records/${refund.data.record.record_id}`)
    expect(
      (await sandbox.call('POST', `${path}/records/search`, {})).data.items[0].fields,
    ).not.toHaveProperty('退款')
    expect(
      await sandbox.call('POST', `${refundPath}/records`, { fields: { 订单: ['recNobody'] } }),
    ).toMatchObject({ status: 400, code: 1254074 })
  })
})

describe('views and forms', () => {
  it('filters a view by field and option ids, in JSON text', async () => {
    const sandbox = await startBitable()
    const select = {
      field_name: '状态',
      type: 3,
      property: { options: [{ name: '待付' }, { name: '已付' }] },
    }
    const { path, fieldIds } = await makeTable(sandbox, [text, select])
    await sandbox.call('POST', `${path}/records/batch_create`, {
      records: [{ fields: { 订单号: '1', 状态: '待付' } }, { fields: { 订单号: '2', 状态: '已付' } }],
    })
    const fields = await sandbox.call('GET', `${path}/fields`)
    const paid: string = fields.data.items[1].property.options[1].id
    const made = await sandbox.call('POST', `${path}/views`, { view_name: '已付', view_type: 'kanban' })
    const viewPath = `${path}/views/${made.data.view.view_id}`
    const filter = (value: string) => ({
      property: {
        filter_info: { conjunction: 'and', conditions: [{ field_id: fieldIds.状态, operator: 'is', value }] },
      },
    })
    expect(await sandbox.call('PATCH', viewPath, filter('["已付"]'))).toMatchObject({
      status: 400,
      code: 1254018,
    })
    expect(await sandbox.call('PATCH', viewPath, filter('已付'))).toMatchObject({
      status: 400,
      code: 1254018,
    })
    const patched = await sandbox.call('PATCH', viewPath, filter(JSON.stringify([paid])))
    expect(patched.data.view.property.filter_info.conditions[0]).toMatchObject({
      field_type: 3,
      value: `["${paid}"]`,
    })
    const rows = await sandbox.call('POST', `${path}/records/search`, { view_id: made.data.view.view_id })
    expect(rows.data.items.map((r: { fields: { 状态: string } }) => r.fields.状态)).toEqual(['已付'])
  })

  it('refuses bad and taken view names and deleting the last view', async () => {
    const sandbox = await startBitable()
    const { path } = await makeTable(sandbox, [text])
    const views = await sandbox.call('GET', `${path}/views`)
    expect(views.data.items[0]).toMatchObject({ view_type: 'grid', view_public_level: 'Public' })
    const { view_id, view_name } = views.data.items[0]
    expect(await sandbox.call('POST', `${path}/views`, { view_name })).toMatchObject({
      status: 200,
      code: 1254020,
    })
    expect(await sandbox.call('POST', `${path}/views`, { view_name: '[a]' })).toMatchObject({
      status: 200,
      code: 1254022,
    })
    expect(await sandbox.call('PATCH', `${path}/views/${view_id}`, { view_name: '' })).toMatchObject({
      status: 400,
      code: 1254021,
    })
    expect(await sandbox.call('DELETE', `${path}/views/${view_id}`)).toMatchObject({
      status: 200,
      code: 1254023,
    })
  })

  it('shares a form and orders its questions', async () => {
    const sandbox = await startBitable()
    const { path, fieldIds } = await makeTable(sandbox, [text, { field_name: '备注', type: 1 }])
    const made = await sandbox.call('POST', `${path}/views`, { view_name: '登记', view_type: 'form' })
    const form = `${path}/forms/${made.data.view.view_id}`
    const patched = await sandbox.call('PATCH', form, {
      name: '登记表',
      shared: true,
      shared_limit: 'tenant_editable',
    })
    expect(patched.data.form).toMatchObject({ name: '登记表', shared: true, shared_limit: 'tenant_editable' })
    await sandbox.call('PATCH', `${form}/fields/${fieldIds.备注}`, { required: true, pre_field_id: '' })
    const questions = await sandbox.call('GET', `${form}/fields`)
    expect(questions.data.items[0]).toMatchObject({ field_id: fieldIds.备注, required: true, visible: true })
    expect(await sandbox.call('GET', `${path}/forms/vewNone`)).toMatchObject({ status: 404, code: 1254042 })
  })
})
