import type { WireRecord } from '#src/feishu/types.ts'
import type { TableLayout } from '../base/layout.ts'
import { codecOf } from '../codec/index.ts'
import type { Attempt } from './attempts.ts'
import { guard, type Session } from './session.ts'

export interface Found {
  /** Records that carry the attempt's id, oldest first. */
  records: WireRecord[]
  /** How many rows known to be there the search was asked for as well. */
  controls: number
  controlSeen: boolean
}

/**
 * Everything a create attempt made, by one search on its id. Rows that are known to be there are searched along: with
 * advanced permissions a search succeeds and shows nothing. Feishu docs: 查询记录.
 */
export async function findAttempt(session: Session, table: TableLayout, attempt: Attempt): Promise<Found> {
  const controls = await controlKeys(session, table, attempt)
  const { bitable } = session.ctx.feishu
  const condition = (name: string, value: string) => ({ field_name: name, operator: 'is', value: [value] })
  const request = {
    filter: {
      conjunction: 'or',
      conditions: [
        condition(table.attempt.name, attempt.id),
        ...controls.map((key) => condition(table.keyColumn.name, key)),
      ],
    },
    fieldNames: [table.keyColumn.name, table.attempt.name],
    pageSize: 500,
  }
  const records: WireRecord[] = []
  let pageToken: string | undefined
  do {
    guard(session)
    const page = await bitable.search(
      session.layout.appToken,
      table.tableId,
      { ...request, ...(pageToken === undefined ? {} : { pageToken }) },
      { purpose: 'mirror' },
    )
    session.ctx.metrics.rowsCall('search', page.items.length, true)
    records.push(...page.items)
    pageToken = page.next
  } while (pageToken !== undefined)
  const mine = records.filter(
    (record) => codecOf('text').fromWire(record.fields[table.attempt.name]) === attempt.id,
  )
  const keys = records.map((record) => codecOf('text').fromWire(record.fields[table.keyColumn.name]))
  return { records: mine, controls: controls.length, controlSeen: controls.some((key) => keys.includes(key)) }
}

/** Several, because people may have deleted one of them. Long keys would not fit into a filter. */
async function controlKeys(session: Session, table: TableLayout, attempt: Attempt): Promise<string[]> {
  const { rows } = await session.ctx.database.pool.query(
    `select row_key from table_rows
     where table_id = $1 and record_id is not null and state = 'in' and length(row_key) <= 100
       and attempt_id is distinct from $2
     order by changed_at desc limit 3`,
    [table.def.id, attempt.id],
  )
  return rows.map((row) => String(row.row_key))
}

/** Without advanced permissions an app that may open the base sees all of it. */
export async function hasAdvancedPermissions(session: Session): Promise<boolean> {
  const app = await session.ctx.feishu.bitable.getApp(session.layout.appToken, { purpose: 'mirror' })
  return app.isAdvanced
}
