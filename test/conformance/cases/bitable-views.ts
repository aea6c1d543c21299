import { expect } from 'vitest'
import type { ConformanceCase } from '../case.ts'
import { apps, data, done, type Place, refused, rested, works } from './bitable-place.ts'

const base = `${apps}/:app_token`
const tables = `${base}/tables`
const table = `${tables}/:table_id`
const views = `${table}/views`
const form = `${table}/forms/:form_id`

const pathOf = ({ app_token, table_id }: Place) => ({ app_token, table_id })
const rooted = ({ app_token, table_id }: Place) => `${apps}/${app_token}/tables/${table_id}`

export const viewCases: ConformanceCase[] = [
  works(`GET ${views}`, 'lists views', async ({ sdk }, known) => {
    const got = data(await sdk.bitable.v1.appTableView.list({ path: pathOf(known) }))
    expect(got.items[0]).toMatchObject({ view_type: 'grid' })
  }),
  works(`POST ${views}`, 'adds a view', async ({ sdk }, known) => {
    const sent = { view_name: '看板', view_type: 'kanban' as const }
    const made = data(await sdk.bitable.v1.appTableView.create({ path: pathOf(known), data: sent }))
    expect(made.view).toMatchObject(sent)
  }),
  works(`GET ${views}/:view_id`, 'answers a view with its property', async ({ sdk }, known) => {
    const got = data(
      await sdk.bitable.v1.appTableView.get({ path: { ...pathOf(known), view_id: known.view_id } }),
    )
    expect(got.view).toMatchObject({ view_id: known.view_id, property: { filter_info: null } })
  }),
  works(
    `PATCH ${views}/:view_id`,
    'keeps a filter by ids, its value as JSON text',
    async ({ sdk }, known) => {
      const condition = { field_id: known.fields.金额 ?? '', operator: 'isGreater' as const, value: '["1"]' }
      const changed = data(
        await sdk.bitable.v1.appTableView.patch({
          path: { ...pathOf(known), view_id: known.view_id },
          data: { property: { filter_info: { conjunction: 'and', conditions: [condition] } } },
        }),
      )
      expect(changed.view.property.filter_info.conditions).toMatchObject([{ ...condition, field_type: 2 }])
    },
  ),
  works(`DELETE ${views}/:view_id`, 'removes a view', async (world, known) => {
    const made = await done(world, 'POST', `${rooted(known)}/views`, { view_name: '多余' })
    const path = { ...pathOf(known), view_id: made.view.view_id }
    expect(await world.sdk.bitable.v1.appTableView.delete({ path })).toMatchObject({ code: 0 })
  }),
  refused({
    endpoint: `POST ${views}`,
    code: 99992402,
    status: 400,
    why: 'for a view_type nobody knows',
    body: { view_name: '新', view_type: 'moon' },
  }),
  refused({
    endpoint: `POST ${views}`,
    code: 1254020,
    status: 200,
    why: 'for a name that is taken',
    body: { view_name: '表格' },
  }),
  refused({
    endpoint: `POST ${views}`,
    code: 1254021,
    status: 200,
    why: 'for an empty name',
    body: { view_name: '' },
  }),
  refused({
    endpoint: `POST ${views}`,
    code: 1254022,
    status: 200,
    why: 'for a name with brackets',
    body: { view_name: '[新]' },
  }),
  refused({
    endpoint: `GET ${views}/:view_id`,
    code: 1254042,
    status: 404,
    why: 'for a view nobody has',
    ids: { view_id: 'vewNone' },
  }),
  works(
    `PATCH ${views}/:view_id`,
    'answers 1254018 with HTTP 400 for a value that is no JSON text',
    async (world, known) => {
      const condition = { field_id: known.fields.金额, operator: 'is', value: '1' }
      const body = { property: { filter_info: { conjunction: 'and', conditions: [condition] } } }
      const answer = await world.call('PATCH', `${rooted(known)}/views/${known.view_id}`, { body })
      expect(answer).toMatchObject({ status: 400, json: { code: 1254018 } })
    },
    'error',
  ),
  works(
    `DELETE ${views}/:view_id`,
    'answers 1254023 for the last view',
    async (world, known) => {
      const made = await done(world, 'POST', `${apps}/${known.app_token}/tables`, {
        table: { name: '一个视图' },
      })
      const path = `${apps}/${known.app_token}/tables/${made.table_id}/views`
      const [only] = (await done(world, 'GET', path)).items
      await rested(world)
      expect(await world.call('DELETE', `${path}/${only.view_id}`)).toMatchObject({ json: { code: 1254023 } })
    },
    'error',
  ),
  works(
    `POST ${views}`,
    'answers 1254101 above 200 views',
    async (world, known) => {
      const made = await done(world, 'POST', `${apps}/${known.app_token}/tables`, {
        table: { name: '很多视图' },
      })
      const path = `${apps}/${known.app_token}/tables/${made.table_id}/views`
      let last = await world.call('POST', path, { body: { view_name: '视图0' } })
      for (let n = 1; n < 200; n += 1) {
        if (n % 9 === 0) await world.advance(1_000)
        last = await world.call('POST', path, { body: { view_name: `视图${n}` } })
      }
      expect(last).toMatchObject({ status: 200, json: { code: 1254101 } })
    },
    'limit',
  ),
]

export const formCases: ConformanceCase[] = [
  works(`GET ${form}`, 'answers a form', async ({ sdk }, known) => {
    const got = data(
      await sdk.bitable.v1.appTableForm.get({ path: { ...pathOf(known), form_id: known.form_id } }),
    )
    expect(got.form).toMatchObject({ name: '登记', shared: false, submit_limit_once: false })
  }),
  works(`PATCH ${form}`, 'shares a form', async ({ sdk }, known) => {
    const sent = { shared: true, shared_limit: 'anyone_editable' as const, description: '说明' }
    const path = { ...pathOf(known), form_id: known.form_id }
    const changed = data(await sdk.bitable.v1.appTableForm.patch({ path, data: sent }))
    expect(changed.form).toMatchObject({ ...sent, shared_url: expect.stringContaining(known.form_id) })
  }),
  works(`GET ${form}/fields`, 'lists its questions', async ({ sdk }, known) => {
    const path = { ...pathOf(known), form_id: known.form_id }
    const got = data(await sdk.bitable.v1.appTableFormField.list({ path }))
    expect(got.items[0]).toMatchObject({ title: '单号', required: false, visible: true })
  }),
  works(`PATCH ${form}/fields/:field_id`, 'changes a question and its place', async ({ sdk }, known) => {
    const path = { ...pathOf(known), form_id: known.form_id, field_id: known.fields.金额 ?? '' }
    const sent = { title: '多少钱', required: true, pre_field_id: known.fields.单号 ?? '' }
    const changed = data(await sdk.bitable.v1.appTableFormField.patch({ path, data: sent }))
    expect(changed).toMatchObject({ fields: sent })
  }),
  refused({
    endpoint: `GET ${form}`,
    code: 1254042,
    status: 404,
    why: 'for a view that is no form',
    ids: { form_id: 'vewNone' },
  }),
  refused({
    endpoint: `PATCH ${form}/fields/:field_id`,
    code: 1254049,
    status: 404,
    why: 'for a question nobody has',
    ids: { field_id: 'fldNone' },
    body: { title: 'x' },
  }),
  refused({
    endpoint: `PATCH ${form}`,
    code: 99992402,
    status: 400,
    why: 'for a shared_limit nobody knows',
    body: { shared_limit: 'moon' },
  }),
  works(`POST ${form}/upgrade`, 'makes a newer form of a form', async (world, known) => {
    const path = `${rooted(known)}/forms/${known.form_id}/upgrade`
    const made = await done(world, 'POST', path, { form_name: '新登记', display_mode: 'traditional' })
    expect(made.form.id).toMatch(/^vew/)
    await rested(world)
    const again = { form_name: '再新', display_mode: 'traditional' }
    const answer = await world.call('POST', `${rooted(known)}/forms/${made.form.id}/upgrade`, { body: again })
    expect(answer).toMatchObject({ status: 400, json: { code: 1254128 } })
  }),
  refused({
    endpoint: `POST ${form}/upgrade`,
    code: 1254124,
    status: 400,
    why: 'for an empty name',
    body: { form_name: '', display_mode: 'traditional' },
  }),
  refused({
    endpoint: `POST ${form}/upgrade`,
    code: 1254125,
    status: 400,
    why: 'for a name with brackets',
    body: { form_name: '[x]', display_mode: 'traditional' },
  }),
  refused({
    endpoint: `POST ${form}/upgrade`,
    code: 1254126,
    status: 400,
    why: 'for a display_mode nobody knows',
    body: { form_name: '又', display_mode: 'moon' },
  }),
  refused({
    endpoint: `POST ${form}/upgrade`,
    code: 1254127,
    status: 400,
    why: 'for a name that is taken',
    body: { form_name: '表格', display_mode: 'traditional' },
  }),
]
