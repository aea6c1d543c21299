import type { FastifyInstance } from 'fastify'
import { buildApp } from '#src/app.ts'
import { systemClock } from '#src/clock.ts'
import { type LongConnection, startLongConnection } from '#src/feishu/long-connection.ts'
import type { CardPress } from '#src/inbound/card-press.ts'
import { createInboxDrain, inboxLane } from '#src/inbound/drain.ts'
import { createFeishuInbox, type FeishuInbox } from '#src/inbound/feishu-inbox.ts'
import { createInboxStore, type InboxStore } from '#src/inbound/inbox-store.ts'
import { createLongConnectionReceiver } from '#src/inbound/long-connection-receiver.ts'
import type { Loop } from '#src/jobs/loop.ts'
import { opsRoutes } from '#src/ops/routes.ts'
import { answerPress } from '#src/runtime/press.ts'
import { inboxHandlers } from './handlers.ts'
import { readReadiness } from './readiness.ts'
import type { Shared } from './shared.ts'
import type { Writers } from './writers.ts'

/** Where the outside comes in, and the drain that works its inbox off. */
export interface Doors {
  app: FastifyInstance
  drain: Loop
  /** Opens the long connection; nothing with the webhook transport. */
  connect(): void
  connection(): LongConnection | undefined
}

function inboxDrain(shared: Shared, writers: Writers, onPress: OnPress): Loop {
  const { options, wakeups, alerts, sources } = shared
  const { database, clock, log } = options
  return createInboxDrain({
    database,
    wakeups,
    clock,
    log,
    handlers: inboxHandlers({ sources: sources.all, ...writers, onPress, clock }),
    onParked: (tx, message, error) => {
      const alert = {
        code: 'inbox_parked',
        subject: `${message.source}:${message.eventType}`,
        title: '有一条外部消息处理失败',
        text: `${message.source} ${message.eventType}：${error.code} ${error.message}`,
        remedy: '原始消息已保存，请联系 IT 处理后重放；其他消息不受影响。',
      }
      return alerts.raiseIn(tx, alert, message.trace)
    },
  })
}

type OnPress = (press: CardPress) => ReturnType<typeof answerPress>

/** Answers presses and times them. */
function pressAnswerer({ runtime, metrics }: Shared): OnPress {
  return async (press) => {
    const started = performance.now()
    try {
      return await answerPress(runtime, press)
    } finally {
      metrics.press(performance.now() - started)
    }
  }
}

interface Inside {
  store: InboxStore
  inbox: FeishuInbox
  base: Writers['base']
  connection(): LongConnection | undefined
}

function httpApp({ options, metrics, sources, pull }: Shared, inside: Inside): FastifyInstance {
  const { config, database, clock, log, version } = options
  const { transport, encryptKey = '', verificationToken = '' } = config.feishu
  const readiness = () =>
    readReadiness({ database, transport, longConnection: inside.connection, base: inside.base.state })
  const webhook = {
    inbox: inside.inbox,
    keys: { encryptKey, verificationToken },
    // Requests are stamped with real time even while a demo's clock has been moved.
    senderClock: systemClock,
    observe: (outcome: string) => metrics.received('feishu', outcome),
  }
  return buildApp({
    log,
    clock,
    plugins: [opsRoutes({ metrics, readiness, adminToken: config.adminToken, version })],
    channels: { sources: sources.all, store: inside.store, observe: metrics.received },
    records: {
      database,
      roleOf: pull.roleOf,
      sources: sources.all,
      senderClock: systemClock,
      observe: metrics.received,
    },
    ...(transport === 'webhook' ? { feishu: webhook } : {}),
  })
}

export function createDoors(shared: Shared, writers: Writers): Doors {
  const { options, wakeups } = shared
  const { config, database, clock, log } = options
  const store = createInboxStore(database, { onCommitted: () => wakeups.nudge(inboxLane) })
  const onPress = pressAnswerer(shared)
  const inbox = createFeishuInbox({ store, onPress, clock, log })
  let open: LongConnection | undefined
  const connection = () => open
  return {
    app: httpApp(shared, { store, inbox, base: writers.base, connection }),
    drain: inboxDrain(shared, writers, onPress),
    connection,
    connect() {
      const { transport, baseUrl, appId, appSecret } = config.feishu
      if (transport === 'webhook') return
      const receive = createLongConnectionReceiver(inbox)
      open = startLongConnection({ baseUrl, appId, appSecret, clock, log, receive: (data) => receive(data) })
    },
  }
}
