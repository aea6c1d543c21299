import { randomUUID } from 'node:crypto'
import { Client, LoggerLevel } from '@larksuiteoapi/node-sdk'
import { describe, expect, it } from 'vitest'
import { type BitableSandbox, startBitable } from './bitable-sandbox.ts'

function clientOf(sandbox: BitableSandbox): Client {
  const { appId, appSecret } = sandbox.kernel.identity()
  return new Client({ appId, appSecret, domain: sandbox.url, loggerLevel: LoggerLevel.fatal })
}

describe('the official SDK', () => {
  it('builds a table, writes, searches and deletes rows without knowing it talks to a sandbox', async () => {
    const sandbox = await startBitable()
    const { bitable } = clientOf(sandbox)
    const app = await bitable.app.create({ data: { name: 'SDK' } })
    const app_token = app.data?.app?.app_token ?? ''
    const made = await bitable.appTable.create({
      path: { app_token },
      data: {
        table: {
          name: '订单',
          default_view_name: '全部订单',
          fields: [
            { field_name: '单号', type: 1 },
            { field_name: '金额', type: 2 },
          ],
        },
      },
    })
    const path = { app_token, table_id: made.data?.table_id ?? '' }
    const created = await bitable.appTableRecord.batchCreate({
      path,
      params: { client_token: randomUUID() },
      data: { records: [{ fields: { 单号: 'A', 金额: 1 } }, { fields: { 单号: 'B', 金额: 2 } }] },
    })
    const ids = created.data?.records?.map((r) => r.record_id ?? '') ?? []
    await bitable.appTableRecord.batchUpdate({
      path,
      data: { records: [{ record_id: ids[0], fields: { 金额: 9 } }] },
    })
    const found = await bitable.appTableRecord.search({
      path,
      params: { page_size: 10 },
      data: {
        filter: {
          conjunction: 'and',
          conditions: [{ field_name: '金额', operator: 'isGreater', value: ['5'] }],
        },
      },
    })
    expect(found.data?.items?.map((r) => r.fields)).toEqual([
      { 单号: [{ type: 'text', text: 'A' }], 金额: 9 },
    ])
    const views = await bitable.appTableView.list({ path })
    expect(views.data?.items?.map((v) => v.view_name)).toEqual(['全部订单'])
    await bitable.appTableRecord.batchDelete({ path, data: { records: ids } })
    expect((await bitable.appTableRecord.search({ path, data: {} })).data?.total).toBe(0)
  })

  it('resolves failures with HTTP 200 and throws those with HTTP 4xx', async () => {
    const sandbox = await startBitable()
    const { bitable } = clientOf(sandbox)
    const path = { app_token: 'basNone', table_id: 'tblNone' }
    const soft = await bitable.appTableRecord.create({ path, data: { fields: {} } })
    expect(soft.code).toBe(1254040)
    await expect(bitable.appTableRecord.batchGet({ path, data: { record_ids: ['rec1'] } })).rejects.toThrow(
      '404',
    )
  })
})
