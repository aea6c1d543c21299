import type { Page } from 'playwright-core'
import type { WebBase } from '../../sandbox/feishu/bitable/web/base-shapes.ts'
import type { WebSession } from '../../sandbox/web/shapes.ts'

export interface GridTable {
  app: string
  table: string
  view: string
  /** field id by name */
  fields: Record<string, string>
  ids: string[]
  /** Address of the table in the client. */
  path: string
}

export interface NewField {
  name: string
  type: number
  ui_type?: string
  property?: object
}

/** Asks the sandbox's browser side as its first person (or another). */
export async function ask<T>(url: string, method: string, path: string, body?: unknown, as = 0): Promise<T> {
  const session = (await (await fetch(`${url}/_web/session`)).json()) as WebSession
  const response = await fetch(`${url}/_web/${path}`, {
    method,
    headers: {
      'x-sandbox-person': session.people[as]?.open_id ?? '',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const answer = await response.json()
  if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`)
  return answer as T
}

/** A base of its own with one table: a primary field 名称, the given fields, and rows by field name. */
export async function makeGrid(
  url: string,
  wanted: readonly NewField[],
  rows: readonly Record<string, unknown>[],
): Promise<GridTable> {
  const { app_token: app } = await ask<{ app_token: string }>(url, 'POST', 'base', { name: '测试表' })
  const { table_id: table } = await ask<{ table_id: string }>(url, 'POST', `base/${app}/tables`, {
    name: '订单',
  })
  const at = `base/${app}/tables/${table}`
  const made = await ask<WebBase>(url, 'GET', `base/${app}`)
  const [primary, ...others] = made.tables.find((one) => one.table_id === table)?.fields ?? []
  await ask(url, 'PATCH', `${at}/fields/${primary?.field_id}`, { name: '名称' })
  for (const field of others) await ask(url, 'DELETE', `${at}/fields/${field.field_id}`)
  const fields: Record<string, string> = { 名称: primary?.field_id ?? '' }
  for (const field of wanted)
    fields[field.name] = (await ask<{ field_id: string }>(url, 'POST', `${at}/fields`, field)).field_id
  const ids: string[] = []
  for (let from = 0; from < rows.length; from += 1_000) {
    const part = rows
      .slice(from, from + 1_000)
      .map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [fields[name], value])))
    ids.push(...(await ask<{ record_ids: string[] }>(url, 'POST', `${at}/rows`, { rows: part })).record_ids)
  }
  const view = made.tables.find((one) => one.table_id === table)?.views[0]?.view_id ?? ''
  return { app, table, view, fields, ids, path: `/base/${app}?table=${table}` }
}

/** A cell on screen. */
export function cell(page: Page, grid: GridTable, row: number, field: string) {
  return page.locator(`[data-record="${grid.ids[row]}"] [data-field="${grid.fields[field]}"]`)
}

/** The table as the sandbox knows it now. */
export async function tableNow(url: string, grid: GridTable) {
  const base = await ask<WebBase>(url, 'GET', `base/${grid.app}`)
  const found = base.tables.find((one) => one.table_id === grid.table)
  if (!found) throw new Error('the table is gone')
  return found
}

/** Cells by field name of one row, as the sandbox keeps them. */
export async function rowNow(url: string, grid: GridTable, row: number): Promise<Record<string, unknown>> {
  const path = `base/${grid.app}/tables/${grid.table}/records/${grid.ids[row]}`
  const { row: found } = await ask<{ row: { cells: Record<string, unknown> } }>(url, 'GET', path)
  const names = new Map(Object.entries(grid.fields).map(([name, id]) => [id, name]))
  return Object.fromEntries(Object.entries(found.cells).map(([id, value]) => [names.get(id) ?? id, value]))
}
