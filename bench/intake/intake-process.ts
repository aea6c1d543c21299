/** Canonical orders from channel pages: the pages are fetched first, so that only reading and storing them is measured. */
import { openForStart } from '#src/cli/open-database.ts'
import { readConfig } from '#src/config.ts'
import { fetchWorldState, worldFrom } from '#src/demo/world.ts'
import { createHttp } from '#src/http/create-http.ts'
import { readPage } from '#src/intake/read-page.ts'
import { connectorDeps, type IntakeSource, rolesOf } from '#src/intake/source.ts'
import { storeRecords } from '#src/intake/store.ts'
import { createTokenKeeper } from '#src/intake/token-keeper.ts'
import { silentLogger as log } from '#src/log.ts'
import { readSources } from '#src/machine/sources.ts'
import { content, demo, installation } from '#src/main.ts'
import { createSealer } from '#src/secrets/sealer.ts'
import { serve } from '../kit/child.ts'
import { asOtherOrder } from './other-order.ts'

const [sandboxUrl = ''] = process.argv.slice(2)
const config = readConfig(installation)
const opened = await openForStart(config, { log, say: () => undefined, onLost: () => process.exit(1) })
const { database } = opened
const world = worldFrom(sandboxUrl, await fetchWorldState(sandboxUrl), demo)
const sources = readSources({ ...config, ...world.config }, content.connectors)
const channels = sources.all.filter((source) => source.connector.role === 'channel')
const http = createHttp({ hosts: sources.hosts, log })
const now = () => Date.now()
const sealer = createSealer(Buffer.alloc(32, 1).toString('base64'))
const tokens = createTokenKeeper({ database, sealer, http: () => http, now, log })
const roleOf = rolesOf(sources.all)

interface SourcePage {
  source: IntakeSource
  records: unknown[]
}

/** How many shops are pulled at a time in the product. */
const lanes = 4
let pages: SourcePage[] = []

async function fetchPages(days: number): Promise<number> {
  const window = { from: now() - days * 86_400_000, to: now() }
  for (const source of channels) {
    const deps = connectorDeps({ tokens, http: () => http, now, log }, source)
    await tokens.token(source)
    for await (const { records } of source.connector.pull('orders', window, deps))
      pages.push({ source, records })
  }
  return pages.reduce((sum, page) => sum + page.records.length, 0)
}

/** More pages of the same kind, each order another one. */
function multiply(times: number): number {
  const fetched = pages
  for (let copy = 1; copy < times; copy += 1) {
    const more = fetched.map(({ source, records }) => ({
      source,
      records: records.map((record) => asOtherOrder(record, copy)),
    }))
    pages = [...pages, ...more]
  }
  return pages.reduce((sum, page) => sum + page.records.length, 0)
}

async function storePage({ source, records: raws }: SourcePage): Promise<number> {
  const { connector, shop } = source
  const { records, unreadable } = readPage(source, raws, { kind: 'orders', isHistory: () => true })
  if (unreadable.length > 0) throw new Error(`unreadable: ${JSON.stringify(unreadable[0]?.error)}`)
  const request = { connector, shop, kind: 'orders' as const, records, unreadable, at: now(), roleOf }
  const report = await database.db.transaction((tx) => storeRecords(tx, request))
  return report.created
}

async function store(): Promise<{ seconds: number; created: number }> {
  const queue = pages.values()
  let created = 0
  const lane = async () => {
    for (const page of queue) {
      const stored = await storePage(page)
      created += stored
    }
  }
  const startedAt = performance.now()
  await Promise.all(Array.from({ length: lanes }, lane))
  return { seconds: (performance.now() - startedAt) / 1000, created }
}

serve(
  {
    fetch: ({ days }) => fetchPages(Number(days)),
    multiply: ({ times }) => multiply(Number(times)),
    store,
    empty: () => database.pool.query('truncate orders, raw_records, events').then(() => true),
  },
  async () => {
    await http.close()
    await opened.close()
  },
)
