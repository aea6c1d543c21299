import { expect } from 'vitest'
import type { ConformanceCase, ConformanceWorld } from '../case.ts'
import { apps, data, done, type Place, place, refused, rested, works } from './bitable-place.ts'

const table = `${apps}/:app_token/tables/:table_id`
const records = `${table}/records`
const create = `POST ${records}`
const batchCreate = `POST ${records}/batch_create`
const update = `PUT ${records}/:record_id`
const batchUpdate = `POST ${records}/batch_update`
const search = `POST ${records}/search`
const batchGet = `POST ${records}/batch_get`

const pathOf = ({ app_token, table_id }: Place) => ({ app_token, table_id })
const condition = (value: string[], operator = 'is', field_name = '单号') => ({ field_name, operator, value })
const filter = (...conditions: object[]) => ({ filter: { conjunction: 'and', conditions } })
const many = <T>(count: number, item: T): T[] => Array.from({ length: count }, () => item)

async function add(world: ConformanceWorld, known: Place, fields: Record<string, unknown>): Promise<string> {
  const made = await done(world, 'POST', `${apps}/${known.app_token}/tables/${known.table_id}/records`, {
    fields,
  })
  return made.record.record_id
}

const happy: ConformanceCase[] = [
  works(create, 'adds a record and echoes what was sent', async ({ sdk }, known) => {
    const made = data(
      await sdk.bitable.v1.appTableRecord.create({
        path: pathOf(known),
        data: { fields: { 单号: 'B1', 金额: 2 } },
      }),
    )
    expect(made.record).toMatchObject({
      record_id: expect.stringMatching(/^rec/),
      fields: { 单号: 'B1', 金额: 2 },
    })
  }),
  works(batchCreate, 'adds records in their order', async ({ sdk }, known) => {
    const made = data(
      await sdk.bitable.v1.appTableRecord.batchCreate({
        path: pathOf(known),
        data: { records: [{ fields: { 单号: 'C1' } }, { fields: { 单号: 'C2' } }] },
      }),
    )
    expect(made.records.map((one: { fields: object }) => one.fields)).toEqual([
      { 单号: 'C1' },
      { 单号: 'C2' },
    ])
  }),
  works(update, 'changes only the fields that are named', async (world, known) => {
    const record_id = await add(world, known, { 单号: 'D1', 金额: 1 })
    await rested(world)
    const path = { ...pathOf(known), record_id }
    data(await world.sdk.bitable.v1.appTableRecord.update({ path, data: { fields: { 金额: 9 } } }))
    const got = data(await world.sdk.bitable.v1.appTableRecord.get({ path }))
    expect(got.record.fields).toMatchObject({ 单号: 'D1', 金额: 9 })
  }),
  works(batchUpdate, 'changes several records at once; null empties', async (world, known) => {
    const ids = [
      await add(world, known, { 单号: 'E1', 金额: 1 }),
      await add(world, known, { 单号: 'E2', 金额: 1 }),
    ]
    const sent = ids.map((record_id) => ({ record_id, fields: { 金额: null } }))
    const path = `${apps}/${known.app_token}/tables/${known.table_id}/records`
    expect((await done(world, 'POST', `${path}/batch_update`, { records: sent })).records).toHaveLength(2)
    const got = await done(world, 'POST', `${path}/batch_get`, { record_ids: ids })
    expect(got.records.map((one: { fields: object }) => Object.keys(one.fields))).toEqual([
      ['单号'],
      ['单号'],
    ])
  }),
  works(`DELETE ${records}/:record_id`, 'removes a record', async (world, known) => {
    const record_id = await add(world, known, { 单号: 'F1' })
    const gone = data(
      await world.sdk.bitable.v1.appTableRecord.delete({ path: { ...pathOf(known), record_id } }),
    )
    expect(gone).toEqual({ deleted: true, record_id })
  }),
  works(`POST ${records}/batch_delete`, 'removes several records', async (world, known) => {
    const ids = [await add(world, known, { 单号: 'G1' }), await add(world, known, { 单号: 'G2' })]
    const gone = data(
      await world.sdk.bitable.v1.appTableRecord.batchDelete({ path: pathOf(known), data: { records: ids } }),
    )
    expect(gone.records).toEqual(ids.map((record_id) => ({ deleted: true, record_id })))
  }),
  works(search, 'finds by filter and answers text in segments', async (world, known) => {
    const record_id = await add(world, known, { 单号: 'H1', 状态: '乙' })
    const found = data(
      await world.sdk.bitable.v1.appTableRecord.search({
        path: pathOf(known),
        params: { page_size: 10 },
        data: {
          filter: { conjunction: 'and', conditions: [{ field_name: '单号', operator: 'is', value: ['H1'] }] },
          field_names: ['单号', '状态'],
        },
      }),
    )
    expect(found.items).toEqual([{ record_id, fields: { 单号: [{ type: 'text', text: 'H1' }], 状态: '乙' } }])
  }),
  works(batchGet, 'tells which records are absent', async ({ sdk }, known) => {
    const got = data(
      await sdk.bitable.v1.appTableRecord.batchGet({
        path: pathOf(known),
        data: { record_ids: [known.record_id, 'recNone'], automatic_fields: true, with_shared_url: true },
      }),
    )
    expect(got).toMatchObject({
      records: [
        { record_id: known.record_id, created_time: expect.any(Number), shared_url: expect.any(String) },
      ],
      forbidden_record_ids: [],
      absent_record_ids: ['recNone'],
    })
  }),
  works(`GET ${records}`, 'lists records with plain text', async ({ sdk }, known) => {
    const got = data(
      await sdk.bitable.v1.appTableRecord.list({ path: pathOf(known), params: { page_size: 1 } }),
    )
    expect(got).toMatchObject({
      has_more: true,
      items: [{ record_id: known.record_id, fields: { 单号: 'A1' } }],
    })
  }),
  works(`GET ${records}/:record_id`, 'answers one record', async ({ sdk }, known) => {
    const path = { ...pathOf(known), record_id: known.record_id }
    expect(data(await sdk.bitable.v1.appTableRecord.get({ path })).record.fields.单号).toBe('A1')
  }),
]

const wrongValues: [string, unknown, number, number][] = [
  ['单号', 5, 1254060, 200],
  ['金额', 'x', 1254061, 200],
  ['状态', ['甲'], 1254062, 200],
  ['日期', '2026-01-01', 1254064, 200],
  ['凭证', 'x', 1254069, 200],
  ['凭证', [{ file_token: 'boxNone' }], 1254303, 200],
  ['没有', 1, 1254045, 200],
  ['单号', 'x'.repeat(100_001), 1254130, 200],
]

const errors: ConformanceCase[] = [
  ...wrongValues.map(([name, value, code, status]) =>
    refused({
      endpoint: create,
      code,
      status,
      why: `for ${JSON.stringify(value)?.slice(0, 30)} in ${name}`,
      body: { fields: { [name]: value } },
    }),
  ),
  refused({
    endpoint: update,
    code: 1254043,
    status: 200,
    why: 'for a record nobody has',
    ids: { record_id: 'recNone' },
    body: { fields: {} },
  }),
  refused({
    endpoint: update,
    code: 1254006,
    status: 200,
    why: 'for a record_id that is none',
    ids: { record_id: 'x' },
    body: { fields: {} },
  }),
  refused({
    endpoint: create,
    code: 1254037,
    status: 400,
    why: 'for a client_token that is no uuid v4',
    body: { fields: {} },
    query: { client_token: 'x' },
  }),
  refused({ endpoint: create, code: 99992402, status: 400, why: 'for a body without fields', body: {} }),
  refused({
    endpoint: search,
    code: 1254018,
    status: 200,
    why: 'for an operator the field does not know',
    body: filter(condition(['1'], 'isGreater')),
  }),
  refused({
    endpoint: search,
    code: 99992402,
    status: 400,
    why: 'for a conjunction nobody knows',
    body: { filter: { conjunction: 'xor', conditions: [] } },
  }),
  refused({
    endpoint: search,
    code: 1254045,
    status: 200,
    why: 'for a filter on a field nobody has',
    body: filter(condition(['1'], 'is', '没有')),
  }),
  refused({
    endpoint: search,
    code: 1254016,
    status: 200,
    why: 'for a sort on a field nobody has',
    body: { sort: [{ field_name: '没有' }] },
  }),
  refused({
    endpoint: search,
    code: 1254024,
    status: 200,
    why: 'for field_names nobody has',
    body: { field_names: ['没有'] },
  }),
  refused({
    endpoint: search,
    code: 1254042,
    status: 200,
    why: 'for a view nobody has',
    body: { view_id: 'vewNone' },
  }),
  works(
    create,
    'answers 1254608 with HTTP 403 when a client_token is repeated',
    async (world, known) => {
      const path = `${apps}/${known.app_token}/tables/${known.table_id}/records`
      const query = { client_token: '8f1e2d3c-4b5a-4c6d-8e7f-001122334455' }
      expect((await world.call('POST', path, { query, body: { fields: {} } })).json.code).toBe(0)
      expect(await world.call('POST', path, { query, body: { fields: {} } })).toMatchObject({
        status: 403,
        json: { code: 1254608 },
      })
    },
    'error',
  ),
  works(
    create,
    'answers 1254291 with HTTP 200 to a second write at the same time',
    async (world, known) => {
      const path = `${apps}/${known.app_token}/tables/${known.table_id}/records`
      const answers = await Promise.all([1, 2].map(() => world.call('POST', path, { body: { fields: {} } })))
      expect(answers.map((one) => one.json.code).toSorted()).toEqual([0, 1254291])
      expect(answers.every((one) => one.status === 200)).toBe(true)
    },
    'error',
  ),
]

const limits: ConformanceCase[] = [
  refused({
    kind: 'limit',
    endpoint: batchCreate,
    code: 1254104,
    status: 200,
    why: 'above 1,000 records',
    body: { records: many(1_001, { fields: {} }) },
  }),
  refused({
    kind: 'limit',
    endpoint: batchUpdate,
    code: 1254104,
    status: 200,
    why: 'above 1,000 records',
    body: { records: many(1_001, { record_id: 'rec1', fields: {} }) },
  }),
  refused({
    kind: 'limit',
    endpoint: `POST ${records}/batch_delete`,
    code: 1254104,
    status: 200,
    why: 'above 500 records',
    body: { records: many(501, 'rec1') },
  }),
  refused({
    kind: 'limit',
    endpoint: batchGet,
    code: 99992402,
    status: 400,
    why: 'above 100 records',
    body: { record_ids: many(101, 'rec1') },
  }),
  refused({
    kind: 'limit',
    endpoint: search,
    code: 1254011,
    status: 400,
    why: 'above 500 per page',
    query: { page_size: 501 },
  }),
  refused({
    kind: 'limit',
    endpoint: search,
    code: 99992402,
    status: 400,
    why: 'above 50 conditions',
    body: filter(...many(51, condition(['1']))),
  }),
  refused({
    kind: 'limit',
    endpoint: search,
    code: 99992402,
    status: 400,
    why: 'above 10 values',
    body: filter(condition(many(11, 'x'))),
  }),
  refused({
    kind: 'limit',
    endpoint: search,
    code: 1254107,
    status: 200,
    why: 'above 2,000 characters of filter',
    body: filter(condition(['x'.repeat(2_001)])),
  }),
  refused({
    kind: 'limit',
    endpoint: search,
    code: 1254108,
    status: 200,
    why: 'above 1,000 characters of sort',
    body: { sort: many(60, { field_name: '单号', desc: true }) },
  }),
  refused({
    kind: 'limit',
    endpoint: create,
    code: 1254106,
    status: 200,
    why: 'above 100 files in a cell',
    body: { fields: { 凭证: many(101, { file_token: 'x' }) } },
  }),
  works(
    batchCreate,
    'answers 1254103 above the rows a table may hold',
    async (world) => {
      const known = await place(world)
      const { settings } = world.sandbox.kernel
      const cap = settings.rowCap
      settings.rowCap = 1
      const path = `${apps}/${known.app_token}/tables/${known.table_id}/records/batch_create`
      const answer = await world.call('POST', path, { body: { records: [{ fields: {} }] } })
      settings.rowCap = cap
      expect(answer).toMatchObject({ status: 200, json: { code: 1254103 } })
    },
    'limit',
  ),
]

export const recordCases: ConformanceCase[] = [...happy, ...errors, ...limits]
