/** A base of the app's own to try endpoints on; one per world, every case adds what it needs. */
import { expect } from 'vitest'
import type { ConformanceCase, ConformanceWorld, RawAnswer } from '../case.ts'

export const apps = '/open-apis/bitable/v1/apps'

export interface Place {
  app_token: string
  table_id: string
  view_id: string
  form_id: string
  record_id: string
  role_id: string
  /** field ids by name */
  fields: Record<string, string>
}

const places = new WeakMap<ConformanceWorld, Promise<Place>>()

/** Time stands still in these worlds: without this every second call would meet a rate limit. */
export async function rested(world: ConformanceWorld): Promise<ConformanceWorld> {
  await world.advance(3_000)
  return world
}

export function place(world: ConformanceWorld): Promise<Place> {
  const known = places.get(world) ?? make(world)
  places.set(world, known)
  return known
}

async function make(world: ConformanceWorld): Promise<Place> {
  const app_token = await newBase(world, '合规')
  const text = { field_name: '单号', type: 1 }
  const options = { options: [{ name: '甲' }, { name: '乙' }] }
  const table = await done(world, 'POST', `${apps}/${app_token}/tables`, {
    table: {
      name: '订单',
      default_view_name: '表格',
      fields: [
        text,
        { field_name: '状态', type: 3, property: options },
        { field_name: '金额', type: 2 },
        { field_name: '凭证', type: 17 },
        { field_name: '日期', type: 5 },
      ],
    },
  })
  const path = `${apps}/${app_token}/tables/${table.table_id}`
  const form = await done(world, 'POST', `${path}/views`, { view_name: '登记', view_type: 'form' })
  const listed = await done(world, 'GET', `${path}/fields`)
  const record = await done(world, 'POST', `${path}/records`, { fields: { 单号: 'A1', 状态: '甲', 金额: 3 } })
  await done(world, 'PUT', `${apps}/${app_token}`, { is_advanced: true })
  const role = await done(world, 'POST', `/open-apis/base/v2/apps/${app_token}/roles`, {
    role_name: '客服',
    table_roles: [],
  })
  return {
    app_token,
    table_id: table.table_id,
    view_id: table.default_view_id,
    form_id: form.view.view_id,
    record_id: record.record.record_id,
    role_id: role.role.role_id,
    fields: Object.fromEntries(
      listed.items.map((field: { field_name: string; field_id: string }) => [
        field.field_name,
        field.field_id,
      ]),
    ),
  }
}

export async function newBase(world: ConformanceWorld, name: string): Promise<string> {
  await world.advance(60_000)
  return (await done(world, 'POST', apps, { name })).app.app_token
}

// biome-ignore lint/suspicious/noExplicitAny: cases read many answer shapes
export type Data = any

/** A call that must succeed; its `data`. */
export async function done(
  world: ConformanceWorld,
  method: string,
  path: string,
  body?: unknown,
): Promise<Data> {
  await rested(world)
  const answer = await world.call(method, path, { body })
  expect(answer.json, `${method} ${path}`).toMatchObject({ code: 0 })
  return answer.json.data
}

/** What the SDK resolved to must be a success; its `data`. */
export function data(answer: { code?: number | undefined; data?: unknown } | null): Data {
  expect(answer).toMatchObject({ code: 0 })
  return answer?.data
}

/** Fills a template with the place's ids; `ids` override them. */
export function filled(template: string, known: Place, ids: Record<string, string> = {}): string {
  const { fields, ...own } = known
  const all: Record<string, string> = { ...own, field_id: fields.金额 ?? '', ...ids }
  return template.replace(/:(\w+)/g, (_match, name: string) => all[name] ?? `${name}None`)
}

export interface Refusal {
  endpoint: string
  code: number
  status: number
  why: string
  body?: unknown
  query?: Record<string, string | number>
  ids?: Record<string, string>
  kind?: 'error' | 'limit'
}

/** A case in which a call is refused. */
export function refused({ endpoint, code, status, why, body, query, ids, kind }: Refusal): ConformanceCase {
  const [method = '', template = ''] = endpoint.split(' ')
  return {
    endpoint,
    kind: kind ?? 'error',
    title: `answers ${code} with HTTP ${status} ${why}`,
    async run(world) {
      const known = await place(world)
      await rested(world)
      const answer: RawAnswer = await world.call(method, filled(template, known, ids), {
        body: body ?? (method === 'GET' || method === 'DELETE' ? undefined : {}),
        ...(query && { query }),
      })
      expect(answer, JSON.stringify(answer.json)).toMatchObject({ status, json: { code } })
    },
  }
}

/** A case in which an endpoint does what it is for. */
export function works(
  endpoint: string,
  title: string,
  run: (world: ConformanceWorld, known: Place) => Promise<void>,
  kind: ConformanceCase['kind'] = 'happy',
): ConformanceCase {
  return {
    endpoint,
    kind,
    title,
    async run(world) {
      const known = await place(world)
      await rested(world)
      await run(world, known)
    },
  }
}
