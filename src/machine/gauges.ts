import type { Clock } from '#src/clock.ts'
import type { Database } from '#src/db/database.ts'
import type { LongConnectionState } from '#src/feishu/long-connection.ts'
import { type Backlog, readBacklog } from '#src/ops/backlog.ts'
import { gauge, type Metrics } from '#src/ops/metrics.ts'

const help: Record<keyof Backlog, string> = {
  inboxNew: 'Inbox rows waiting',
  inboxParked: 'Inbox rows parked',
  eventsNew: 'Canonical events waiting',
  eventsParked: 'Canonical events parked',
  fetchesNew: 'Single fetches waiting',
  rowsBehind: 'Bitable rows behind',
  rowsParked: 'Bitable rows parked',
  cardsBehind: 'Cards behind',
  cardsParked: 'Cards parked',
  casesWanted: 'Approvals wanted but not opened',
  casesOpen: 'Approvals waiting for people',
  casesParked: 'Approvals that cannot be opened',
  tasksWaiting: 'Outward tasks waiting or retrying',
  tasksDead: 'Outward tasks given up',
  alertsOpen: 'Alerts somebody must act on',
}

const snake = (name: string) => name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)
const freshMs = 1_000

/** One reading of the database serves all gauges of a scrape. */
export function addBacklogGauges(metrics: Metrics, database: Database): void {
  let last: { at: number; reading: Promise<Backlog> } | undefined
  const read = (): Promise<Backlog> => {
    const now = performance.now()
    if (last === undefined || now - last.at > freshMs) last = { at: now, reading: readBacklog(database.db) }
    return last.reading
  }
  for (const [name, text] of Object.entries(help)) {
    gauge(metrics, `backlog_${snake(name)}`, text, async () => (await read())[name as keyof Backlog])
  }
}

/** Whether the long connection is up, how often it was lost, and how long it has been silent. */
export function addConnectionGauges(
  metrics: Metrics,
  read: () => LongConnectionState | undefined,
  clock: Clock,
): void {
  gauge(metrics, 'long_connection_up', 'Long connection to Feishu is up', () =>
    read()?.connected === true ? 1 : 0,
  )
  gauge(
    metrics,
    'long_connection_reconnects',
    'How often the long connection was lost',
    () => read()?.reconnects ?? 0,
  )
  gauge(metrics, 'long_connection_silence_seconds', 'Time since the last event', () => {
    const at = read()?.lastEventAt
    return at === undefined ? 0 : (clock.now() - at) / 1000
  })
}
