import type { Client } from '@larksuiteoapi/node-sdk'
import { z } from 'zod'
import { allPages } from './all-pages.ts'
import type { Call } from './call.ts'
import { pageAnswer, pageParam } from './page-answer.ts'
import { ofTable, pathPart } from './path-part.ts'
import type { Bitable, WireField } from './types.ts'

type Sdk = Client['bitable']['v1']
type FieldBody = NonNullable<NonNullable<Parameters<Sdk['appTableField']['create']>[0]>['data']>
type ViewBody = NonNullable<NonNullable<Parameters<Sdk['appTableView']['patch']>[0]>['data']>
type NewView = NonNullable<NonNullable<Parameters<Sdk['appTableView']['create']>[0]>['data']>

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

type Fields = Pick<Bitable, 'listFields' | 'createField' | 'updateField'>
type Views = Pick<Bitable, 'listViews' | 'createView' | 'patchView'>

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
