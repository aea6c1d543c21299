import type { Client } from '@larksuiteoapi/node-sdk'
import { z } from 'zod'
import { allPages } from './all-pages.ts'
import type { Call } from './call.ts'
import { pageAnswer, pageParam } from './page-answer.ts'
import { ofTable, pathPart } from './path-part.ts'
import type { Bitable } from './types.ts'

type Sdk = Client['bitable']['v1']
type TableBody = NonNullable<NonNullable<Parameters<Sdk['appTable']['create']>[0]>['data']>

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

/** Feishu docs, 列出数据表, 列出字段, 列出视图: pages of up to 100. */
const perPage = { page_size: 100 }

type Apps = Pick<Bitable, 'createApp' | 'getApp'>
type Tables = Pick<Bitable, 'listTables' | 'createTable' | 'deleteTable'>

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
