/** The product's own webhook door: verified, decrypted, committed to the inbox, then answered. */
import { buildApp } from '#src/app.ts'
import { openForStart } from '#src/cli/open-database.ts'
import { systemClock } from '#src/clock.ts'
import { readConfig } from '#src/config.ts'
import { createWakeups } from '#src/db/wake.ts'
import { createInboxDrain, inboxLane } from '#src/inbound/drain.ts'
import { createFeishuInbox } from '#src/inbound/feishu-inbox.ts'
import { createInboxStore } from '#src/inbound/inbox-store.ts'
import { silentLogger as log } from '#src/log.ts'
import { installation } from '#src/main.ts'
import { serve } from '../kit/child.ts'
import { keys } from './signed-event.ts'

const opened = await openForStart(readConfig(installation), {
  log,
  say: () => undefined,
  onLost: () => process.exit(1),
})
const { database } = opened
const clock = systemClock
const wakeups = createWakeups(database.url)
const store = createInboxStore(database, { onCommitted: () => wakeups.nudge(inboxLane) })
const onPress = async () => ({})
const inbox = createFeishuInbox({ store, onPress, clock, log })
const drain = createInboxDrain({ database, handlers: {}, wakeups, clock, log })
const app = buildApp({ log, clock, feishu: { inbox, keys } })
const address = await app.listen({ port: 0, host: '127.0.0.1' })

const count = async () => Number((await database.pool.query('select count(*) as n from inbox')).rows[0]?.n)

serve({ port: () => Number(new URL(address).port), count, drain: () => drain.start() }, async () => {
  await app.close()
  await drain.stop()
  await wakeups.close()
  await opened.close()
})
