/** The product as `huiliu start` runs it, with a row cap of its own, in a process whose memory and time can be read. */
import { join } from 'node:path'
import { connectPushes } from '#src/cli/connect-pushes.ts'
import { openForStart } from '#src/cli/open-database.ts'
import { systemClock } from '#src/clock.ts'
import { readConfig } from '#src/config.ts'
import { fetchWorldState, worldFrom } from '#src/demo/world.ts'
import { createLogger } from '#src/log.ts'
import { createMachine } from '#src/machine/machine.ts'
import { content, demo, installation, version } from '#src/main.ts'
import { readBacklog } from '#src/ops/backlog.ts'
import { loadSecretKey } from '#src/secrets/secret-key.ts'
import { serve } from './child.ts'

const [sandboxUrl = '', rowCap = '20000'] = process.argv.slice(2)
const config = readConfig({ ...installation, bitable: { rowCap: Number(rowCap), batchSize: 500 } })
const log = createLogger({ level: config.logLevel, file: join(config.dataDir, 'huiliu.log') })
const opened = await openForStart(config, { log, say: () => undefined, onLost: () => process.exit(1) })
const world = worldFrom(sandboxUrl, await fetchWorldState(sandboxUrl), demo)
const machine = createMachine({
  config: { ...config, ...world.config },
  people: world.people,
  content,
  database: opened.database,
  secretKey: await loadSecretKey(config),
  pollSeconds: 10,
  clock: systemClock,
  log,
  version,
})
const address = await machine.start()
await connectPushes(sandboxUrl, address, world.config.shops)

serve(
  {
    address: () => address,
    databaseUrl: () => opened.database.url,
    metrics: () => machine.metrics.registry.metrics(),
    backlog: () => readBacklog(opened.database.db),
    query: async ({ text }) => (await opened.database.pool.query(String(text))).rows,
  },
  async () => {
    await machine.stop()
    await opened.close()
  },
)
