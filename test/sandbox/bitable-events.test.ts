import { describe, expect, it } from 'vitest'
import { makeTable, receiveEvents, startBitable, subscribe } from './bitable-sandbox.ts'

const fields = [
  { field_name: '订单号', type: 1 },
  { field_name: '状态', type: 3, property: { options: [{ name: '待付' }] } },
  { field_name: '跟进人', type: 11 },
  { field_name: '金额', type: 2 },
]

describe('change events of a subscribed base', () => {
  it('tell which cells the app’s own writes changed, by field id, as JSON text', async () => {
    const sandbox = await startBitable()
    const events = await receiveEvents(sandbox.kernel)
    const { base, table, path, fieldIds } = await makeTable(sandbox, fields)
    await subscribe(sandbox, base)
    const made = await sandbox.call('POST', `${path}/records`, {
      fields: { 订单号: 'A1', 状态: '待付', 跟进人: [{ id: sandbox.lin.open_id }], 金额: 12 },
    })
    const id: string = made.data.record.record_id
    await sandbox.call('PUT', `${path}/records/${id}`, { fields: { 订单号: 'A1', 金额: null } })
    await sandbox.call('PUT', `${path}/records/${id}`, { fields: { 订单号: 'A1' } })
    await sandbox.call('DELETE', `${path}/records/${id}`)
    const [added, edited, deleted] = await events.next(3)
    const option = (await sandbox.call('GET', `${path}/fields`)).data.items[1].property.options[0].id
    expect(added).toMatchObject({
      schema: '2.0',
      header: { event_type: 'drive.file.bitable_record_changed_v1' },
      event: {
        file_type: 'bitable',
        file_token: base,
        table_id: table,
        operator_id: { open_id: sandbox.kernel.identity().botOpenId },
        action_list: [{ record_id: id, action: 'record_added', before_value: [] }],
      },
    })
    const { lin } = sandbox
    expect(added?.event.action_list[0].after_value).toEqual([
      { field_id: fieldIds.订单号, field_value: '[{"type":"text","text":"A1"}]' },
      { field_id: fieldIds.状态, field_value: option },
      {
        field_id: fieldIds.跟进人,
        field_value: '',
        field_identity_value: {
          users: [
            {
              user_id: { open_id: lin.open_id, user_id: lin.user_id, union_id: lin.union_id },
              name: '林小满',
              en_name: '林小满',
              avatar_url: '',
            },
          ],
        },
      },
      { field_id: fieldIds.金额, field_value: '12' },
    ])
    expect(edited?.event.action_list).toEqual([
      {
        record_id: id,
        action: 'record_edited',
        before_value: [{ field_id: fieldIds.金额, field_value: '12' }],
        after_value: [{ field_id: fieldIds.金额, field_value: '' }],
      },
    ])
    expect(deleted?.event.action_list[0]).toMatchObject({ action: 'record_deleted', record_id: id })
    expect(String(added?.event.update_time)).toHaveLength(10)
  })

  it('come from people’s edits with the person as operator', async () => {
    const sandbox = await startBitable()
    const events = await receiveEvents(sandbox.kernel)
    const { base, path, fieldIds } = await makeTable(sandbox, fields)
    const made = await sandbox.call('POST', `${path}/records`, { fields: { 订单号: 'A1' } })
    await subscribe(sandbox, base)
    const { open_id } = sandbox.lin
    const table = `bases/${base}/tables/${encodeURIComponent('订单')}`
    const row = `${table}/records/${made.data.record.record_id}`
    expect(await sandbox.control('POST', `${row}/edit`, { open_id, fields: { 状态: '加急' } })).toMatchObject(
      { status: 200 },
    )
    const added = await sandbox.control('POST', `${table}/records`, { open_id, fields: { 订单号: '手工' } })
    expect(added.body.record_id).toMatch(/^rec/)
    await sandbox.control('POST', `${row}/delete`, { open_id })
    const rows = await events.next(3)
    expect(rows.map((e) => [e.event.operator_id.open_id, e.event.action_list[0].action])).toEqual([
      [open_id, 'record_edited'],
      [open_id, 'record_added'],
      [open_id, 'record_deleted'],
    ])
    await sandbox.control('POST', `${table}/fields/${fieldIds.金额}/rename`, { open_id, name: '实付' })
    await sandbox.control('POST', `${table}/fields/${fieldIds.金额}/retype`, { open_id, type: 1 })
    await sandbox.control('POST', `${table}/fields/${fieldIds.金额}/delete`, { open_id })
    const changes = (await events.next(6)).slice(3)
    expect(changes.map((e) => [e.header.event_type, e.event.action_list[0].action])).toEqual([
      ['drive.file.bitable_field_changed_v1', 'field_edited'],
      ['drive.file.bitable_field_changed_v1', 'field_edited'],
      ['drive.file.bitable_field_changed_v1', 'field_deleted'],
    ])
    expect(changes[0]?.event.action_list[0]).toMatchObject({
      field_id: fieldIds.金额,
      before_value: { id: fieldIds.金额, name: '金额', type: 2, property: { formatter: '0.0' } },
      after_value: { name: '实付', type: 2 },
    })
    expect(changes[1]?.event.action_list[0].after_value).toMatchObject({ type: 1 })
  })

  it('are not sent for a base nobody subscribed', async () => {
    const sandbox = await startBitable()
    const events = await receiveEvents(sandbox.kernel)
    const silent = await makeTable(sandbox, fields)
    const loud = await makeTable(sandbox, fields)
    await subscribe(sandbox, loud.base)
    await sandbox.call('POST', `${silent.path}/records`, { fields: { 订单号: 'A' } })
    await sandbox.call('POST', `${loud.path}/records`, { fields: { 订单号: 'B' } })
    expect((await events.next(1))[0]?.event.file_token).toBe(loud.base)
  })
})

describe('the control API', () => {
  it('shows rows by field name and refuses edits that make no sense', async () => {
    const sandbox = await startBitable()
    const { base, table, path } = await makeTable(sandbox, fields)
    await sandbox.call('POST', `${path}/records`, {
      fields: { 订单号: 'A1', 状态: '待付', 跟进人: [{ id: sandbox.lin.open_id }], 金额: 12 },
    })
    const shown = await sandbox.control('GET', `rows?table=${encodeURIComponent('订单')}`)
    expect(shown.body).toMatchObject([
      {
        app_token: base,
        table_id: table,
        table: '订单',
        count: 1,
        rows: [{ fields: { 订单号: 'A1', 状态: '待付', 金额: 12, 跟进人: [{ name: '林小满' }] } }],
      },
    ])
    expect(sandbox.kernel.readState().bases).toContainEqual(
      expect.objectContaining({
        app_token: base,
        tables: expect.arrayContaining([{ table_id: table, name: '订单' }]),
      }),
    )
    const { open_id } = sandbox.lin
    const rows = `bases/${base}/tables/${table}/records`
    expect(await sandbox.control('POST', rows, { open_id, fields: { 没有: 1 } })).toMatchObject({
      status: 400,
      body: { code: 1254045 },
    })
    expect(await sandbox.control('POST', rows, { open_id: 'ou_nobody', fields: {} })).toMatchObject({
      status: 400,
    })
    expect(await sandbox.control('POST', rows, { fields: {} })).toMatchObject({ status: 400 })
    expect(await sandbox.control('POST', `${rows}/recNone/edit`, { open_id, fields: {} })).toMatchObject({
      status: 400,
    })
  })
})
