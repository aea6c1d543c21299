import { expect } from 'vitest'
import type { ConformanceCase } from '../case.ts'
import { apps, data, done, newBase, type Place, refused, works } from './bitable-place.ts'

const base = `${apps}/:app_token`
const tables = `${base}/tables`
const table = `${tables}/:table_id`

const pathOf = ({ app_token, table_id }: Place) => ({ app_token, table_id })
const many = <T>(count: number, item: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => item(n))

const appCases: ConformanceCase[] = [
  works(`POST ${apps}`, 'makes a base with a table, fields and empty rows', async (world) => {
    await world.advance(60_000)
    const { app } = data(await world.sdk.bitable.v1.app.create({ data: { name: '新表' } }))
    expect(app).toMatchObject({
      name: '新表',
      default_table_id: expect.stringMatching(/^tbl/),
      url: expect.any(String),
    })
  }),
  refused({
    endpoint: `POST ${apps}`,
    code: 1254031,
    status: 400,
    why: 'for a name above 255 characters',
    body: { name: 'x'.repeat(256) },
  }),
  works(`GET ${base}`, 'tells name, revision and time zone', async ({ sdk }, { app_token }) => {
    const { app } = data(await sdk.bitable.v1.app.get({ path: { app_token } }))
    expect(app).toMatchObject({ app_token, name: '合规', is_advanced: true, time_zone: 'Asia/Shanghai' })
  }),
  works(`PUT ${base}`, 'renames a base', async (world) => {
    const app_token = await newBase(world, '旧名')
    const { app } = data(
      await world.sdk.bitable.v1.app.update({ path: { app_token }, data: { name: '新名' } }),
    )
    expect(app).toMatchObject({ name: '新名' })
  }),
  works(`POST ${base}/copy`, 'copies: 1254036 until it is done', async (world, { app_token }) => {
    await world.advance(60_000)
    const { app } = data(await world.sdk.bitable.v1.app.copy({ path: { app_token }, data: { name: '副本' } }))
    const early = await world.call('GET', `${apps}/${app.app_token}/tables`)
    expect(early).toMatchObject({ status: 400, json: { code: 1254036 } })
    expect((await done(world, 'GET', `${apps}/${app.app_token}/tables`)).total).toBeGreaterThan(1)
  }),
]

const tableCases: ConformanceCase[] = [
  works(`GET ${tables}`, 'lists tables', async ({ sdk }, { app_token }) => {
    const got = data(await sdk.bitable.v1.appTable.list({ path: { app_token }, params: { page_size: 1 } }))
    expect(got).toMatchObject({
      has_more: true,
      items: [{ table_id: expect.any(String), revision: expect.any(Number) }],
    })
  }),
  works(`POST ${tables}`, 'makes a table with fields and a view', async ({ sdk }, { app_token }) => {
    const made = data(
      await sdk.bitable.v1.appTable.create({
        path: { app_token },
        data: {
          table: { name: '退款', default_view_name: '全部', fields: [{ field_name: '单号', type: 1 }] },
        },
      }),
    )
    expect(made).toMatchObject({
      table_id: expect.any(String),
      field_id_list: [expect.stringMatching(/^fld/)],
    })
  }),
  refused({
    endpoint: `POST ${tables}`,
    code: 1254013,
    status: 200,
    why: 'for a name that is taken',
    body: { table: { name: '订单' } },
  }),
  refused({
    endpoint: `POST ${tables}`,
    code: 1254012,
    status: 400,
    why: 'for a first field that cannot be one',
    body: { table: { name: '坏', fields: [{ field_name: '选', type: 3 }] } },
  }),
  works(`POST ${tables}/batch_create`, 'makes several tables', async ({ sdk }, { app_token }) => {
    const sent = { tables: [{ name: '甲' }, { name: '乙' }] }
    const made = data(await sdk.bitable.v1.appTable.batchCreate({ path: { app_token }, data: sent }))
    expect(made.table_ids).toHaveLength(2)
  }),
  refused({
    kind: 'limit',
    endpoint: `POST ${tables}/batch_create`,
    code: 1254100,
    status: 200,
    why: 'above 100 tables',
    body: { tables: many(100, (n) => ({ name: `表${n}` })) },
  }),
  works(`PATCH ${table}`, 'renames a table', async ({ sdk }, known) => {
    const renamed = data(await sdk.bitable.v1.appTable.patch({ path: pathOf(known), data: { name: '订单' } }))
    expect(renamed).toEqual({ name: '订单' })
  }),
  works(`DELETE ${table}`, 'deletes a table', async (world, known) => {
    const made = await done(world, 'POST', `${apps}/${known.app_token}/tables`, { table: { name: '多余' } })
    const path = { app_token: known.app_token, table_id: made.table_id }
    expect(await world.sdk.bitable.v1.appTable.delete({ path })).toMatchObject({ code: 0 })
  }),
  works(
    `DELETE ${table}`,
    'answers 1254034 with HTTP 403 for the last table',
    async (world) => {
      const app_token = await newBase(world, '一张表')
      const [only] = (await done(world, 'GET', `${apps}/${app_token}/tables`)).items
      const answer = await world.call('DELETE', `${apps}/${app_token}/tables/${only.table_id}`)
      expect(answer).toMatchObject({ status: 403, json: { code: 1254034 } })
    },
    'error',
  ),
  works(`POST ${tables}/batch_delete`, 'deletes several tables', async (world, known) => {
    const made = await done(world, 'POST', `${apps}/${known.app_token}/tables/batch_create`, {
      tables: [{ name: '多一' }, { name: '多二' }],
    })
    const path = { app_token: known.app_token }
    const gone = await world.sdk.bitable.v1.appTable.batchDelete({
      path,
      data: { table_ids: made.table_ids },
    })
    expect(gone).toMatchObject({ code: 0 })
  }),
  refused({
    kind: 'limit',
    endpoint: `POST ${tables}/batch_delete`,
    code: 1254104,
    status: 200,
    why: 'above 50 tables',
    body: { table_ids: many(51, (n) => `tblNone${n}`) },
  }),
]

export const structureCases: ConformanceCase[] = [...appCases, ...tableCases]
