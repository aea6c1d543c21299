/** Pulls what changed on the other side since the last time; may be killed and repeated at any point. */
import type { RecordKind } from '#src/contracts/canonical.ts'
import type { Page, Window } from '#src/contracts/connector.ts'
import type { Database } from '#src/db/database.ts'
import { advanceCursor, type Cursor, completePull, openCursor } from './cursor.ts'
import type { RoleOf } from './merge.ts'
import { readPage, startOf } from './read-page.ts'
import { type ConnectorDepsOptions, connectorDeps, type IntakeSource } from './source.ts'
import { storeRecords } from './store.ts'
import type { StoreReport } from './store-request.ts'
import { windowsTo } from './windows.ts'

export interface PullDeps extends ConnectorDepsOptions {
  database: Database
  roleOf: RoleOf
  /** How far back the first pull goes, ms; 8 days when absent: a week whole, as the ERP tells it. */
  lookbackMs?: number
}

export interface Pulling {
  source: IntakeSource
  kind: RecordKind
  signal?: AbortSignal
}

const firstPullMs = 8 * 86_400_000
/** Pages being stored while the next one is on its way. */
const pagesAtOnce = 3

/**
 * Pulls one resource of one source up to now: each page is its own transaction, and the cursor moves when a window is
 * done. Until the first pull has reached the present, records that began before the installation are history.
 */
export async function pullResource(deps: PullDeps, pulling: Pulling): Promise<StoreReport> {
  const plan = pulling.source.connector.resources[pulling.kind]
  if (plan === undefined) return noReport()
  const now = deps.now()
  const lookbackMs = Math.min(deps.lookbackMs ?? firstPullMs, plan.lookbackMs)
  const cursor = await openCursor(deps.database.db, pulling, { now, lookbackMs })
  const total = noReport()
  for (const window of windowsTo(plan, cursor.doneUntil, now)) {
    const report = await deps.tokens.withToken(pulling.source, () =>
      pullWindow(deps, pulling, { window, cursor }),
    )
    addTo(total, report)
    await advanceCursor(deps.database.db, pulling, window.to)
  }
  await completePull(deps.database.db, pulling, now)
  return total
}

async function pullWindow(
  deps: PullDeps,
  { source, kind, signal }: Pulling,
  { window, cursor }: { window: Window; cursor: Cursor },
): Promise<StoreReport> {
  const { connector, shop } = source
  const isHistory = (doc: Parameters<typeof startOf>[0]) =>
    !cursor.firstPullDone && startOf(doc) < cursor.startedAt
  const store = async (page: Page): Promise<StoreReport> => {
    const { records, unreadable } = readPage(source, page.records, { kind, isHistory })
    const request = { connector, shop, kind, records, unreadable, at: deps.now(), roleOf: deps.roleOf }
    return await deps.database.db.transaction((tx) => storeRecords(tx, request))
  }
  const total = noReport()
  const storing: Promise<StoreReport>[] = []
  try {
    for await (const page of connector.pull(kind, window, connectorDeps(deps, source, signal))) {
      signal?.throwIfAborted()
      const stored = store(page)
      // Looked at below; until then a failure must not count as unhandled.
      stored.catch(() => undefined)
      storing.push(stored)
      if (storing.length >= pagesAtOnce) addTo(total, await oldest(storing))
    }
    while (storing.length > 0) addTo(total, await oldest(storing))
    return total
  } finally {
    await Promise.allSettled(storing)
  }
}

const oldest = async (storing: Promise<StoreReport>[]): Promise<StoreReport> =>
  (await storing.shift()) ?? noReport()

const noReport = (): StoreReport => ({ created: 0, changed: 0, unchanged: 0, unreadable: 0 })

function addTo(total: StoreReport, more: StoreReport): void {
  total.created += more.created
  total.changed += more.changed
  total.unchanged += more.unchanged
  total.unreadable += more.unreadable
}
