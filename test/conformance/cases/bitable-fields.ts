import { expect } from 'vitest'
import type { ConformanceCase } from '../case.ts'
import { apps, data, done, type Place, refused, rested, works } from './bitable-place.ts'

const base = `${apps}/:app_token`
const tables = `${base}/tables`
const table = `${tables}/:table_id`
const fields = `${table}/fields`

const pathOf = ({ app_token, table_id }: Place) => ({ app_token, table_id })
const rooted = ({ app_token, table_id }: Place) => `${apps}/${app_token}/tables/${table_id}`
const many = <T>(count: number, item: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => item(n))

const wrongProperties: [number, unknown, number, string?][] = [
  [1, {}, 1254080],
  [2, { formatter: 'x' }, 1254081],
  [3, { options: [{ name: '甲' }, { name: '甲' }] }, 1254082],
  [4, { options: [{ name: '甲', color: 99 }] }, 1254083],
  [5, { date_formatter: 'x' }, 1254084],
  [7, {}, 1254085],
  [15, {}, 1254087],
  [17, {}, 1254088],
  [18, { table_id: 'tblNone' }, 1254089],
  [20, { formatter: 'x' }, 1254091],
  [21, { table_id: 'tblNone' }, 1254092],
  [1001, { date_formatter: 'x' }, 1254093],
  [1002, { date_formatter: 'x' }, 1254094],
  [1003, {}, 1254095],
  [1004, {}, 1254096],
]

export const fieldCases: ConformanceCase[] = [
  works(`GET ${fields}`, 'lists fields with their properties', async ({ sdk }, known) => {
    const got = data(
      await sdk.bitable.v1.appTableField.list({ path: pathOf(known), params: { page_size: 100 } }),
    )
    expect(got.items[0]).toMatchObject({ field_name: '单号', is_primary: true, ui_type: 'Text' })
  }),
  works(`POST ${fields}`, 'adds a field', async ({ sdk }, known) => {
    const sent = { field_name: '备注', type: 1 }
    const made = data(await sdk.bitable.v1.appTableField.create({ path: pathOf(known), data: sent }))
    expect(made.field).toMatchObject(sent)
  }),
  works(`PUT ${fields}/:field_id`, 'overwrites a field: options are matched by id', async (world, known) => {
    const options = [{ name: '一' }, { name: '二' }]
    const made = await done(world, 'POST', `${rooted(known)}/fields`, {
      field_name: '档',
      type: 3,
      property: { options },
    })
    const [first] = made.field.property.options
    const path = { ...pathOf(known), field_id: made.field.field_id }
    const sent = { field_name: '档次', type: 3, property: { options: [first] } }
    const changed = data(await world.sdk.bitable.v1.appTableField.update({ path, data: sent }))
    expect(changed.field).toMatchObject({ field_name: '档次', property: { options: [first] } })
  }),
  works(`DELETE ${fields}/:field_id`, 'removes a field', async (world, known) => {
    const made = await done(world, 'POST', `${rooted(known)}/fields`, { field_name: '多余', type: 1 })
    const path = { ...pathOf(known), field_id: made.field.field_id }
    expect(data(await world.sdk.bitable.v1.appTableField.delete({ path }))).toEqual({
      field_id: made.field.field_id,
      deleted: true,
    })
  }),
  ...wrongProperties.map(([type, property, code]) =>
    refused({
      endpoint: `POST ${fields}`,
      code,
      status: 400,
      why: `for a wrong property of type ${type}`,
      body: { field_name: '坏', type, property },
    }),
  ),
  refused({
    endpoint: `POST ${fields}`,
    code: 1254014,
    status: 200,
    why: 'for a name that is taken',
    body: { field_name: '单号', type: 1 },
  }),
  refused({
    endpoint: `POST ${fields}`,
    code: 1254028,
    status: 400,
    why: 'for an empty name',
    body: { field_name: ' ', type: 1 },
  }),
  refused({
    endpoint: `POST ${fields}`,
    code: 1254029,
    status: 400,
    why: 'for a name above 100 characters',
    body: { field_name: 'x'.repeat(101), type: 1 },
  }),
  refused({
    endpoint: `POST ${fields}`,
    code: 1254012,
    status: 200,
    why: 'for a type the API cannot make',
    body: { field_name: '按钮', type: 3001 },
  }),
  refused({
    endpoint: `POST ${fields}`,
    code: 1254026,
    status: 200,
    why: 'for an option without a name',
    body: { field_name: '选', type: 3, property: { options: [{ name: '' }] } },
  }),
  refused({
    endpoint: `PUT ${fields}/:field_id`,
    code: 1254044,
    status: 200,
    why: 'for a field nobody has',
    ids: { field_id: 'fldNone' },
    body: { field_name: 'x', type: 1 },
  }),
  refused({
    endpoint: `PUT ${fields}/:field_id`,
    code: 1254009,
    status: 200,
    why: 'for a field_id that is none',
    ids: { field_id: 'x' },
    body: { field_name: 'x', type: 1 },
  }),
  refused({
    endpoint: `PUT ${fields}/:field_id`,
    code: 1254606,
    status: 200,
    why: 'when nothing changes',
    body: { field_name: '金额', type: 2, property: { formatter: '0.0' } },
  }),
  works(
    `DELETE ${fields}/:field_id`,
    'answers 1254046 for the first field',
    async (world, known) => {
      const answer = await world.call('DELETE', `${rooted(known)}/fields/${known.fields.单号}`)
      expect(answer).toMatchObject({ status: 200, json: { code: 1254046 } })
    },
    'error',
  ),
  works(
    `POST ${fields}`,
    'answers 1254105 above 300 fields',
    async (world, known) => {
      const wanted = many(300, (n) => ({ field_name: `列${n}`, type: 1 }))
      const made = await done(world, 'POST', `${apps}/${known.app_token}/tables`, {
        table: { name: '宽表', fields: wanted },
      })
      const path = `${apps}/${known.app_token}/tables/${made.table_id}/fields`
      await rested(world)
      expect(await world.call('POST', path, { body: { field_name: '多', type: 1 } })).toMatchObject({
        status: 200,
        json: { code: 1254105 },
      })
    },
    'limit',
  ),
]
