import type { Client } from '@larksuiteoapi/node-sdk'
import { z } from 'zod'
import type { Call } from './call.ts'
import { pageAnswer, pageParam } from './page-answer.ts'
import { ofTable } from './path-part.ts'
import type { Bitable, SearchRequest, WireRecord } from './types.ts'

type Sdk = Client['bitable']['v1']['appTableRecord']
type CreateBody = NonNullable<NonNullable<Parameters<Sdk['batchCreate']>[0]>['data']>
type UpdateBody = NonNullable<NonNullable<Parameters<Sdk['batchUpdate']>[0]>['data']>
type SearchBody = NonNullable<NonNullable<Parameters<Sdk['search']>[0]>['data']>

const record = z
  .object({
    record_id: z.string(),
    fields: z.record(z.string(), z.unknown()).nullish(),
    last_modified_time: z.number().nullish(),
  })
  .transform(
    (one): WireRecord => ({
      recordId: one.record_id,
      fields: one.fields ?? {},
      ...(typeof one.last_modified_time === 'number' ? { lastModifiedTime: one.last_modified_time } : {}),
    }),
  )

const records = z.object({ records: z.array(record).nullish() }).transform((data) => data.records ?? [])

const ids = z.array(z.string()).nullish()

const picked = z
  .object({ records: z.array(record).nullish(), absent_record_ids: ids, forbidden_record_ids: ids })
  .transform((data) => ({
    records: data.records ?? [],
    absent: data.absent_record_ids ?? [],
    forbidden: data.forbidden_record_ids ?? [],
  }))

/** Feishu docs, 批量获取记录: at most 100 a call. */
const recordsPerGet = 100

type Records = Pick<Bitable, 'batchCreate' | 'batchUpdate' | 'batchDelete' | 'batchGet' | 'search'>

export function createRecords(call: Call): Records {
  return { ...createRecordWrites(call), ...createRecordReads(call) }
}

function createRecordWrites(call: Call): Pick<Records, 'batchCreate' | 'batchUpdate' | 'batchDelete'> {
  return {
    batchCreate: (appToken, tableId, rows, clientToken, { purpose }) =>
      call({
        api: 'bitable.record.batch-create',
        purpose,
        answer: records,
        send: (sdk, auth) =>
          sdk.bitable.v1.appTableRecord.batchCreate(
            {
              path: ofTable(appToken, tableId),
              params: { user_id_type: 'open_id', client_token: clientToken },
              data: { records: rows } as CreateBody,
            },
            auth,
          ),
      }),
    async batchUpdate(appToken, tableId, rows, clientToken, { purpose }) {
      await call({
        api: 'bitable.record.batch-update',
        purpose,
        answer: z.unknown(),
        // The generated type has no client_token here; the platform takes one on every write of records.
        send: (sdk, auth) =>
          sdk.bitable.v1.appTableRecord.batchUpdate(
            {
              path: ofTable(appToken, tableId),
              params: { user_id_type: 'open_id', client_token: clientToken } as { user_id_type: 'open_id' },
              data: { records: rows } as UpdateBody,
            },
            auth,
          ),
      })
    },
    async batchDelete(appToken, tableId, recordIds, { purpose }) {
      await call({
        api: 'bitable.record.batch-delete',
        purpose,
        answer: z.unknown(),
        send: (sdk, auth) =>
          sdk.bitable.v1.appTableRecord.batchDelete(
            { path: ofTable(appToken, tableId), data: { records: recordIds } },
            auth,
          ),
      })
    },
  }
}

function createRecordReads(call: Call): Pick<Records, 'batchGet' | 'search'> {
  const getSome = (appToken: string, tableId: string, recordIds: string[], purpose: string) =>
    call({
      api: 'bitable.record.batch-get',
      purpose,
      answer: picked,
      send: (sdk, auth) =>
        sdk.bitable.v1.appTableRecord.batchGet(
          {
            path: ofTable(appToken, tableId),
            data: { record_ids: recordIds, user_id_type: 'open_id', automatic_fields: true },
          },
          auth,
        ),
    })

  return {
    async batchGet(appToken, tableId, recordIds, { purpose }) {
      const all: Awaited<ReturnType<Bitable['batchGet']>> = { records: [], absent: [], forbidden: [] }
      for (let i = 0; i < recordIds.length; i += recordsPerGet) {
        const some = await getSome(appToken, tableId, recordIds.slice(i, i + recordsPerGet), purpose)
        all.records.push(...some.records)
        all.absent.push(...some.absent)
        all.forbidden.push(...some.forbidden)
      }
      return all
    },
    search: (appToken, tableId, request, { purpose }) =>
      call({
        api: 'bitable.record.search',
        purpose,
        answer: pageAnswer(record),
        send: (sdk, auth) =>
          sdk.bitable.v1.appTableRecord.search(
            {
              path: ofTable(appToken, tableId),
              params: {
                user_id_type: 'open_id',
                page_size: request.pageSize ?? 500,
                ...pageParam(request.pageToken),
              },
              data: searchBody(request),
            },
            auth,
          ),
      }),
  }
}

const searchBody = (request: SearchRequest) =>
  ({
    ...(request.viewId === undefined ? {} : { view_id: request.viewId }),
    ...(request.fieldNames === undefined ? {} : { field_names: request.fieldNames }),
    ...(request.sort === undefined ? {} : { sort: request.sort }),
    ...(request.filter === undefined ? {} : { filter: request.filter }),
    ...(request.automaticFields === undefined ? {} : { automatic_fields: request.automaticFields }),
  }) as SearchBody
