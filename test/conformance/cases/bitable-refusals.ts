/** Refusals that every endpoint of a family shares, with the HTTP status its page documents. */
import type { ConformanceCase } from '../case.ts'
import { apps, refused } from './bitable-place.ts'

interface Endpoint {
  method: string
  path: string
  /** A body that passes the schema. */
  body?: unknown
  /** HTTP status of 1254040 and 1254041 … */
  missing: number
  /** … and of 1254003 and 1254004. */
  wrong: number
}

const table = `${apps}/:app_token/tables/:table_id`
const fields = { fields: {} }
const roles = '/open-apis/base/v2/apps/:app_token/roles'
const role = { role_name: '某', table_roles: [] }
const members = `${apps}/:app_token/roles/:role_id/members`
const list = { member_list: [{ type: 'open_id', id: 'ou_x' }] }

const endpoints: Endpoint[] = [
  { method: 'GET', path: `${apps}/:app_token`, missing: 200, wrong: 200 },
  { method: 'PUT', path: `${apps}/:app_token`, body: { name: '某' }, missing: 200, wrong: 200 },
  { method: 'POST', path: `${apps}/:app_token/copy`, body: { name: '某' }, missing: 404, wrong: 400 },
  { method: 'GET', path: `${apps}/:app_token/tables`, missing: 200, wrong: 200 },
  {
    method: 'POST',
    path: `${apps}/:app_token/tables`,
    body: { table: { name: '某' } },
    missing: 200,
    wrong: 200,
  },
  {
    method: 'POST',
    path: `${apps}/:app_token/tables/batch_create`,
    body: { tables: [{ name: '某' }] },
    missing: 200,
    wrong: 200,
  },
  {
    method: 'POST',
    path: `${apps}/:app_token/tables/batch_delete`,
    body: { table_ids: ['tblNone'] },
    missing: 200,
    wrong: 200,
  },
  { method: 'PATCH', path: table, body: { name: '某' }, missing: 404, wrong: 400 },
  { method: 'DELETE', path: table, missing: 200, wrong: 200 },
  { method: 'GET', path: `${table}/fields`, missing: 200, wrong: 200 },
  { method: 'POST', path: `${table}/fields`, body: { field_name: '某', type: 1 }, missing: 200, wrong: 200 },
  {
    method: 'PUT',
    path: `${table}/fields/:field_id`,
    body: { field_name: '某', type: 1 },
    missing: 200,
    wrong: 200,
  },
  { method: 'DELETE', path: `${table}/fields/:field_id`, missing: 200, wrong: 200 },
  { method: 'GET', path: `${table}/views`, missing: 200, wrong: 200 },
  { method: 'POST', path: `${table}/views`, body: { view_name: '某' }, missing: 200, wrong: 200 },
  { method: 'DELETE', path: `${table}/views/:view_id`, missing: 200, wrong: 200 },
  { method: 'GET', path: `${table}/views/:view_id`, missing: 404, wrong: 400 },
  { method: 'PATCH', path: `${table}/views/:view_id`, body: { view_name: '某' }, missing: 404, wrong: 400 },
  { method: 'GET', path: `${table}/forms/:form_id`, missing: 404, wrong: 400 },
  { method: 'PATCH', path: `${table}/forms/:form_id`, body: { name: '某' }, missing: 404, wrong: 400 },
  { method: 'GET', path: `${table}/forms/:form_id/fields`, missing: 404, wrong: 400 },
  {
    method: 'PATCH',
    path: `${table}/forms/:form_id/fields/:field_id`,
    body: { title: '某' },
    missing: 404,
    wrong: 400,
  },
  {
    method: 'POST',
    path: `${table}/forms/:form_id/upgrade`,
    body: { form_name: '某', display_mode: 'traditional' },
    missing: 404,
    wrong: 400,
  },
  {
    method: 'POST',
    path: `${table}/field_groups`,
    body: { field_groups: [{ name: '某', children: [{ type: 'field', id: 'fldNone' }] }] },
    missing: 404,
    wrong: 400,
  },
  { method: 'POST', path: `${table}/records`, body: fields, missing: 200, wrong: 200 },
  {
    method: 'POST',
    path: `${table}/records/batch_create`,
    body: { records: [fields] },
    missing: 200,
    wrong: 200,
  },
  { method: 'PUT', path: `${table}/records/:record_id`, body: fields, missing: 200, wrong: 200 },
  {
    method: 'POST',
    path: `${table}/records/batch_update`,
    body: { records: [{ record_id: 'recNone', ...fields }] },
    missing: 200,
    wrong: 200,
  },
  { method: 'DELETE', path: `${table}/records/:record_id`, missing: 200, wrong: 200 },
  {
    method: 'POST',
    path: `${table}/records/batch_delete`,
    body: { records: ['recNone'] },
    missing: 200,
    wrong: 200,
  },
  { method: 'POST', path: `${table}/records/search`, body: {}, missing: 200, wrong: 200 },
  {
    method: 'POST',
    path: `${table}/records/batch_get`,
    body: { record_ids: ['recNone'] },
    missing: 404,
    wrong: 400,
  },
  { method: 'GET', path: `${table}/records`, missing: 200, wrong: 200 },
  { method: 'GET', path: `${table}/records/:record_id`, missing: 200, wrong: 200 },
  { method: 'GET', path: roles, missing: 200, wrong: 200 },
  { method: 'POST', path: roles, body: role, missing: 200, wrong: 200 },
  { method: 'PUT', path: `${roles}/:role_id`, body: role, missing: 200, wrong: 200 },
  { method: 'DELETE', path: `${apps}/:app_token/roles/:role_id`, missing: 200, wrong: 200 },
  { method: 'GET', path: `${apps}/:app_token/roles`, missing: 200, wrong: 200 },
  { method: 'POST', path: `${apps}/:app_token/roles`, body: role, missing: 200, wrong: 200 },
  { method: 'PUT', path: `${apps}/:app_token/roles/:role_id`, body: role, missing: 200, wrong: 200 },
  { method: 'GET', path: members, missing: 200, wrong: 200 },
  { method: 'POST', path: members, body: { member_id: 'ou_x' }, missing: 200, wrong: 200 },
  { method: 'DELETE', path: `${members}/:member_id`, missing: 200, wrong: 200 },
  { method: 'POST', path: `${members}/batch_create`, body: list, missing: 404, wrong: 400 },
  { method: 'POST', path: `${members}/batch_delete`, body: list, missing: 404, wrong: 400 },
  { method: 'GET', path: `${apps}/:app_token/dashboards`, missing: 404, wrong: 400 },
  {
    method: 'POST',
    path: `${apps}/:app_token/dashboards/:block_id/copy`,
    body: { name: '某' },
    missing: 404,
    wrong: 400,
  },
  { method: 'GET', path: `${apps}/:app_token/workflows`, missing: 404, wrong: 400 },
  { method: 'GET', path: `${apps}/:app_token/block_workflows`, missing: 400, wrong: 400 },
  {
    method: 'PUT',
    path: `${apps}/:app_token/workflows/:workflow_id`,
    body: { status: 'Enable' },
    missing: 200,
    wrong: 200,
  },
]

/** A base or a table that does not exist, or an id that is none, for every endpoint below a base. */
export const sharedRefusals: ConformanceCase[] = endpoints.flatMap(
  ({ method, path, body, missing, wrong }) => {
    const shared = { endpoint: `${method} ${path}`, ...(body !== undefined && { body }) }
    const base = [
      refused({
        ...shared,
        code: 1254040,
        status: missing,
        why: 'for a base nobody has',
        ids: { app_token: 'basNobodyHasThis' },
      }),
      refused({
        ...shared,
        code: 1254003,
        status: wrong,
        why: 'for an app_token that is none',
        ids: { app_token: 'bas_!' },
      }),
    ]
    if (!path.includes(':table_id')) return base
    return [
      ...base,
      refused({
        ...shared,
        code: 1254041,
        status: missing,
        why: 'for a table nobody has',
        ids: { table_id: 'tblNone' },
      }),
      refused({
        ...shared,
        code: 1254004,
        status: wrong,
        why: 'for a table_id that is none',
        ids: { table_id: 'None' },
      }),
    ]
  },
)
