import type { Client } from '@larksuiteoapi/node-sdk'
import { z } from 'zod'
import { allPages } from './all-pages.ts'
import type { Call } from './call.ts'
import { pageAnswer, pageParam } from './page-answer.ts'
import { pathPart } from './path-part.ts'
import type { Bitable, WireField } from './types.ts'

type Sdk = Client['bitable']['v1']
type TableBody = NonNullable<NonNullable<Parameters<Sdk['appTable']['create']>[0]>['data']>
type FieldBody = NonNullable<NonNullable<Parameters<Sdk['appTableField']['create']>[0]>['data']>
type ViewBody = NonNullable<NonNullable<Parameters<Sdk['appTableView']['patch']>[0]>['data']>
type NewView = NonNullable<NonNullable<Parameters<Sdk['appTableView']['create']>[0]>['data']>

const app = z
  .object({
    app: z.object({
      app_token: z.string(),
      name: z.string().default(''),
      default_table_id: z.string().default(''),
      url: z.string().default(''),
      time_zone: z.string().default('Asia/Shanghai'),
      is_advanced: z.boolean().default(false),
    }),
  })
  .transform((data) => data.app)

const table = z
  .object({ table_id: z.string(), name: z.string() })
  .transform((one) => ({ tableId: one.table_id, name: one.name }))

const newTable = z
  .object({
    table_id: z.string(),
    default_view_id: z.string().nullish(),
    field_id_list: z.array(z.string()).nullish(),
  })
  .transform((one) => ({
    tableId: one.table_id,
    defaultViewId: one.default_view_id || undefined,
    fieldIds: one.field_id_list ?? [],
  }))

const field = z
  .object({
    field_id: z.string(),
    field_name: z.string(),
    type: z.number(),
    ui_type: z.string().default(''),
    property: z.record(z.string(), z.unknown()).nullish(),
    is_primary: z.boolean().nullish(),
  })
  .transform(
    (one): WireField => ({
      fieldId: one.field_id,
      name: one.field_name,
      type: one.type,
      uiType: one.ui_type,
      property: one.property ?? null,
      isPrimary: one.is_primary ?? false,
    }),
  )

const changedField = z.object({ field }).transform((data) => data.field)

const view = z
  .object({ view_id: z.string(), view_name: z.string(), view_type: z.string() })
  .transform((one) => ({ viewId: one.view_id, name: one.view_name, type: one.view_type }))

const newView = z.object({ view: z.object({ view_id: z.string() }) }).transform((data) => data.view.view_id)

/** Feishu docs, 列出数据表, 列出字段, 列出视图: pages of up to 100. */
const perPage = { page_size: 100 }

type Apps = Pick<Bitable, 'createApp' | 'getApp'>
type Tables = Pick<Bitable, 'listTables' | 'createTable' | 'deleteTable'>
type Fields = Pick<Bitable, 'listFields' | 'createField' | 'updateField'>
type Views = Pick<Bitable, 'listViews' | 'createView' | 'patchView'>

const ofTable = (appToken: string, tableId: string) => ({
  app_token: pathPart(appToken),
  table_id: pathPart(tableId),
})

export function createApps(call: Call): Apps {
  return {
    async createApp(name, { purpose }) {
      const made = await call({
        api: 'bitable.app.create',
        purpose,
        answer: app,
        send: (sdk, auth) => sdk.bitable.v1.app.create({ data: { name, time_zone: 'Asia/Shanghai' } }, auth),
      })
      return { appToken: made.app_token, defaultTableId: made.default_table_id, url: made.url }
    },
    async getApp(appToken, { purpose }) {
      const known = await call({
        api: 'bitable.app.get',
        purpose,
        answer: app,
        send: (sdk, auth) => sdk.bitable.v1.app.get({ path: { app_token: pathPart(appToken) } }, auth),
      })
      return {
        appToken: known.app_token,
        name: known.name,
        timeZone: known.time_zone,
        isAdvanced: known.is_advanced,
      }
    },
  }
}

export function createTables(call: Call): Tables {
  return {
    listTables: (appToken, { purpose }) =>
      allPages((token) =>
        call({
          api: 'bitable.table.list',
          purpose,
          answer: pageAnswer(table),
          send: (sdk, auth) =>
            sdk.bitable.v1.appTable.list(
              { path: { app_token: pathPart(appToken) }, params: { ...perPage, ...pageParam(token) } },
              auth,
            ),
        }),
      ),
    createTable: (appToken, body, { purpose }) =>
      call({
        api: 'bitable.table.create',
        purpose,
        answer: newTable,
        send: (sdk, auth) =>
          sdk.bitable.v1.appTable.create(
            { path: { app_token: pathPart(appToken) }, data: { table: body } as TableBody },
            auth,
          ),
      }),
    async deleteTable(appToken, tableId, { purpose }) {
      await call({
        api: 'bitable.table.delete',
        purpose,
        answer: z.unknown(),
        send: (sdk, auth) => sdk.bitable.v1.appTable.delete({ path: ofTable(appToken, tableId) }, auth),
      })
    },
  }
}

export function createFields(call: Call): Fields {
  return {
    listFields: (appToken, tableId, { purpose }) =>
      allPages((token) =>
        call({
          api: 'bitable.field.list',
          purpose,
          answer: pageAnswer(field),
          send: (sdk, auth) =>
            sdk.bitable.v1.appTableField.list(
              { path: ofTable(appToken, tableId), params: { ...perPage, ...pageParam(token) } },
              auth,
            ),
        }),
      ),
    createField: (appToken, tableId, body, { purpose }) =>
      call({
        api: 'bitable.field.create',
        purpose,
        answer: changedField,
        send: (sdk, auth) =>
          sdk.bitable.v1.appTableField.create(
            { path: ofTable(appToken, tableId), data: body as FieldBody },
            auth,
          ),
      }),
    updateField: (appToken, tableId, fieldId, body, { purpose }) =>
      call({
        api: 'bitable.field.update',
        purpose,
        answer: changedField,
        send: (sdk, auth) =>
          sdk.bitable.v1.appTableField.update(
            { path: { ...ofTable(appToken, tableId), field_id: pathPart(fieldId) }, data: body as FieldBody },
            auth,
          ),
      }),
  }
}

export function createViews(call: Call): Views {
  return {
    listViews: (appToken, tableId, { purpose }) =>
      allPages((token) =>
        call({
          api: 'bitable.view.list',
          purpose,
          answer: pageAnswer(view),
          send: (sdk, auth) =>
            sdk.bitable.v1.appTableView.list(
              { path: ofTable(appToken, tableId), params: { ...perPage, ...pageParam(token) } },
              auth,
            ),
        }),
      ),
    createView: (appToken, tableId, body, { purpose }) =>
      call({
        api: 'bitable.view.create',
        purpose,
        answer: newView,
        send: (sdk, auth) =>
          sdk.bitable.v1.appTableView.create(
            { path: ofTable(appToken, tableId), data: body as NewView },
            auth,
          ),
      }),
    async patchView(appToken, tableId, viewId, body, { purpose }) {
      await call({
        api: 'bitable.view.patch',
        purpose,
        answer: z.unknown(),
        send: (sdk, auth) =>
          sdk.bitable.v1.appTableView.patch(
            { path: { ...ofTable(appToken, tableId), view_id: pathPart(viewId) }, data: body as ViewBody },
            auth,
          ),
      })
    },
  }
}
