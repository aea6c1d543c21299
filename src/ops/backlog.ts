import { sql } from 'drizzle-orm'
import type { Db } from '#src/db/database.ts'

/** How much waits where, read from the tables that are the truth. */
export interface Backlog {
  inboxNew: number
  inboxParked: number
  eventsNew: number
  eventsParked: number
  fetchesNew: number
  rowsBehind: number
  rowsParked: number
  cardsBehind: number
  cardsParked: number
  casesWanted: number
  casesOpen: number
  casesParked: number
  tasksWaiting: number
  tasksDead: number
  alertsOpen: number
}

export async function readBacklog(db: Db): Promise<Backlog> {
  const { rows } = await db.execute<{ [K in keyof Backlog]: string }>(sql`select
    (select count(*) from inbox where state = 'new') as "inboxNew",
    (select count(*) from inbox where state = 'parked') as "inboxParked",
    (select count(*) from events where state = 'new') as "eventsNew",
    (select count(*) from events where state = 'parked') as "eventsParked",
    (select count(*) from fetches where state = 'new') as "fetchesNew",
    (select count(*) from table_rows where version > written_version and state = 'in') as "rowsBehind",
    (select count(*) from table_rows where state = 'parked') as "rowsParked",
    (select count(*) from card_posts where version > shown_version and state = 'live') as "cardsBehind",
    (select count(*) from card_posts where state = 'parked') as "cardsParked",
    (select count(*) from cases where state = 'wanted') as "casesWanted",
    (select count(*) from cases where state = 'open') as "casesOpen",
    (select count(*) from cases where state = 'parked') as "casesParked",
    (select count(*) from tasks where state = 'new') as "tasksWaiting",
    (select count(*) from tasks where state = 'dead') as "tasksDead",
    (select count(*) from alerts where resolved_at is null) as "alertsOpen"`)
  const row = rows[0]
  if (row === undefined) throw new Error('a select without a table returns one row')
  return Object.fromEntries(Object.entries(row).map(([k, v]) => [k, Number(v)])) as unknown as Backlog
}
