import type { RecordKind } from '#src/contracts/canonical.ts'
import type { PullDeps } from './pull.ts'
import { readPage } from './read-page.ts'
import { connectorDeps, type IntakeSource } from './source.ts'
import { storeRecords } from './store.ts'

export interface Fetching {
  source: IntakeSource
  kind: RecordKind
  externalId: string
}

/** Fetches one record and stores it with its event. False: the other side does not know it (yet). */
export async function fetchRecord(deps: PullDeps, fetching: Fetching): Promise<boolean> {
  const { source, kind, externalId } = fetching
  const { connector, shop } = source
  const raw = await deps.tokens.withToken(source, () =>
    connector.fetch(kind, externalId, connectorDeps(deps, source)),
  )
  if (raw === null || raw === undefined) return false
  const { records, unreadable } = readPage(source, [raw], { kind, externalId, isHistory: () => false })
  const request = { connector, shop, kind, records, unreadable, at: deps.now(), roleOf: deps.roleOf }
  await deps.database.db.transaction((tx) => storeRecords(tx, request))
  return true
}
