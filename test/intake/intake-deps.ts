import { randomBytes } from 'node:crypto'
import type { Database } from '#src/db/database.ts'
import type { PullDeps } from '#src/intake/pull.ts'
import { createTokenKeeper } from '#src/intake/token-keeper.ts'
import { silentLogger } from '#src/log.ts'
import { createSealer } from '#src/secrets/sealer.ts'
import { noHttp, type Shelf } from './shelf-connector.ts'

const sealer = createSealer(randomBytes(32).toString('base64'))

/** What pulls, fetches and commands need, as one process has it. Each call is another process. */
export function intakeDeps(database: Database, shelf: Shelf, secretSealer = sealer): PullDeps {
  const basics = { http: () => noHttp, now: () => shelf.now, log: silentLogger }
  return {
    ...basics,
    database,
    tokens: createTokenKeeper({ ...basics, database, sealer: secretSealer }),
    roleOf: () => 'channel',
  }
}
