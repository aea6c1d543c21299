import type { FastifyInstance } from 'fastify'
import { buildApp } from '#src/app.ts'
import { createCaseOpener } from '#src/approvals/opener.ts'
import { createMirror } from '#src/bitable/mirror.ts'
import { createPoster } from '#src/cards/poster.ts'
import type { Clock } from '#src/clock.ts'
import type { Config, FeishuConfig } from '#src/config.ts'
import type { Person } from '#src/contracts/playbook.ts'
import type { Database } from '#src/db/database.ts'
import { createWakeups } from '#src/db/wake.ts'
import { type LongConnection, startLongConnection } from '#src/feishu/long-connection.ts'
import { createHttp } from '#src/http/create-http.ts'
import { createInboxDrain, inboxLane } from '#src/inbound/drain.ts'
import { createFeishuInbox } from '#src/inbound/feishu-inbox.ts'
import { createInboxStore } from '#src/inbound/inbox-store.ts'
import { createLongConnectionReceiver } from '#src/inbound/long-connection-receiver.ts'
import { createFetchLoop } from '#src/intake/fetch-loop.ts'
import { createOutward } from '#src/intake/outward.ts'
import type { PullDeps } from '#src/intake/pull.ts'
import { type Intake, startIntake } from '#src/intake/schedule.ts'
import { rolesOf } from '#src/intake/source.ts'
import { createTokenKeeper } from '#src/intake/token-keeper.ts'
import { createJobs } from '#src/jobs/jobs.ts'
import type { Logger } from '#src/log.ts'
import { createMetrics, type Metrics } from '#src/ops/metrics.ts'
import { opsRoutes } from '#src/ops/routes.ts'
import { createContext, directoryOf, type RuntimeDeps } from '#src/runtime/context.ts'
import { createEventDrain } from '#src/runtime/drain-events.ts'
import { answerPress } from '#src/runtime/press.ts'
import { createRegistry } from '#src/runtime/registry.ts'
import { createSealer } from '#src/secrets/sealer.ts'
import { createAlertPort } from './alert-port.ts'
import { createBackOffice } from './back-office.ts'
import { createBaseKeeper } from './base-keeper.ts'
import type { Content } from './content.ts'
import { createFeishuLink } from './feishu-link.ts'
import { addBacklogGauges, addConnectionGauges } from './gauges.ts'
import { inboxHandlers } from './handlers.ts'
import { createIntakeHooks } from './intake-hooks.ts'
import { listen } from './listen.ts'
import { readReadiness } from './readiness.ts'
import { createRefresh } from './refresh.ts'
import { registerJobs } from './register-jobs.ts'
import { resolveAdmin, seedDirectory } from './seed.ts'
import { readSources } from './sources.ts'

export interface MachineOptions {
  config: Config & { feishu: FeishuConfig }
  content: Content
  database: Database
  secretKey: string
  /** People known from the start (demo). */
  people: readonly Person[]
  /** Seconds between two pulls of a resource. */
  pollSeconds: number
  clock: Clock
  log: Logger
  version: string
}

export interface Machine {
  app: FastifyInstance
  metrics: Metrics
  /** Starts everything; returns the address it listens on. */
  start(): Promise<string>
  stop(): Promise<void>
}

/** Puts the parts together. Everything they share is made here and handed to them; nothing is global. */
export function createMachine(options: MachineOptions): Machine {
  const { config, content, database, clock, log } = options
  const metrics = createMetrics()
  const registry = createRegistry(content.playbooks, [content.alertCard])
  const sources = readSources(config, content.connectors)
  const wakeups = createWakeups(database.url, {
    onError: (error) => log.warn({ reason: error.message }, 'wake-ups interrupted'),
  })
  const link = createFeishuLink(config.feishu, { database, clock, log, metrics })
  const http = createHttp({ hosts: sources.hosts, log })

  const jobs = createJobs({
    database,
    wakeups,
    clock,
    log,
    onDead: (tx, task, error) =>
      alerts.raiseIn(
        tx,
        {
          code: 'task_dead',
          subject: `${task.job}:${task.key}`,
          title: '有一项后台任务多次重试后仍失败',
          text: `${task.job} ${task.key}：${error.code} ${error.message}`,
          remedy: '请联系 IT 按追踪号查看日志，处理原因后重放该任务。',
        },
        task.trace,
      ),
  })
  const runtime: RuntimeDeps = {
    database,
    registry,
    jobs,
    clock,
    log,
    shops: config.shops,
    backOffice: createBackOffice(sources.all),
    alertCard: content.alertCard,
  }
  const alerts = createAlertPort(runtime)

  const httpOf = () => http
  const now = () => clock.now()
  const tokens = createTokenKeeper({
    database,
    sealer: createSealer(options.secretKey),
    http: httpOf,
    now,
    log,
  })
  const pull: PullDeps = { database, tokens, http: httpOf, now, log, roleOf: rolesOf(sources.all) }
  const outward = createOutward({
    ...pull,
    sources: sources.all,
    mode: config.mode,
    observe: metrics.command,
  })
  const fetches = createFetchLoop({ ...pull, sources: sources.all, wakeups })
  registerJobs(jobs, {
    ...runtime,
    channel: outward.channel,
    erp: outward.erp,
    refresh: createRefresh(pull, sources.all),
  })

  const mirror = createMirror({
    database,
    feishu: link.feishu,
    tables: content.tables,
    clock,
    log,
    wakeups,
    alert: alerts.raise,
    resolve: alerts.resolve,
    metrics,
    config: {
      baseName: content.baseName,
      appToken: config.feishu.baseAppToken,
      batchSize: config.bitable.batchSize,
      rowCap: config.bitable.rowCap,
    },
  })
  const opener = createCaseOpener(
    {
      database,
      feishu: link.feishu,
      clock,
      log,
      approvals: registry.approvals,
      codes: new Map(Object.entries(config.approvals)),
      alert: alerts.raise,
      resolve: alerts.resolve,
    },
    wakeups,
  )
  const poster = createPoster(
    {
      database,
      feishu: link.feishu,
      clock,
      log,
      cards: registry.cards,
      layout: content.digestLayout,
      settings: { digestAbove: 8, onLost: 'resend', quietHours: null },
      alert: alerts.raise,
      observe: metrics.shown,
    },
    wakeups,
    async (chatId) => chatId === (await directoryOf(runtime, database.db).operationsChat()),
  )

  const store = createInboxStore(database, { onCommitted: () => wakeups.nudge(inboxLane) })
  const onPress = async (press: Parameters<typeof answerPress>[1]) => {
    const started = performance.now()
    try {
      return await answerPress(runtime, press)
    } finally {
      metrics.press(performance.now() - started)
    }
  }
  const inbox = createFeishuInbox({ store, onPress, clock, log })
  const drain = createInboxDrain({
    database,
    wakeups,
    clock,
    log,
    handlers: inboxHandlers({ sources: sources.all, mirror, opener, onPress, clock }),
    onParked: (tx, message, error) =>
      alerts.raiseIn(
        tx,
        {
          code: 'inbox_parked',
          subject: `${message.source}:${message.eventType}`,
          title: '有一条外部消息处理失败',
          text: `${message.source} ${message.eventType}：${error.code} ${error.message}`,
          remedy: '原始消息已保存，请联系 IT 处理后重放；其他消息不受影响。',
        },
        message.trace,
      ),
  })
  const events = createEventDrain(runtime, wakeups)
  const base = createBaseKeeper({
    mirror,
    opener,
    log,
    wakeups,
    admin: () =>
      resolveAdmin(
        { database, feishu: link.feishu, role: content.adminRole, now: now() },
        config.feishu.admin,
      ),
  })
  let connection: LongConnection | undefined
  let intake: Intake | undefined
  addBacklogGauges(metrics, database)
  addConnectionGauges(metrics, () => connection?.state(), clock)
  const readiness = () =>
    readReadiness({
      database,
      transport: config.feishu.transport,
      longConnection: () => connection,
      base: base.state,
    })
  const app = buildApp({
    log,
    clock,
    plugins: [opsRoutes({ metrics, readiness, adminToken: config.adminToken, version: options.version })],
    channels: { sources: sources.all, store, observe: metrics.received },
    ...(config.feishu.transport === 'webhook'
      ? {
          feishu: {
            inbox,
            keys: feishuKeys(config.feishu),
            observe: (outcome: string) => metrics.received('feishu', outcome),
          },
        }
      : {}),
  })

  return {
    app,
    metrics,
    async start() {
      await seedDirectory(database, { feishu: config.feishu, people: options.people, now: now() })
      await database.db.transaction(async (tx) => {
        for (const playbook of content.playbooks) {
          await playbook.start?.(createContext(runtime, tx, { trace: 'start', playbook: playbook.id }))
        }
      })
      const address = await listen(app, config)
      await jobs.start()
      for (const loop of [drain, events, fetches]) loop.start()
      poster.start()
      opener.start()
      base.start()
      if (config.feishu.transport === 'long-connection') {
        const { baseUrl, appId, appSecret } = config.feishu
        const receive = createLongConnectionReceiver(inbox)
        connection = startLongConnection({
          baseUrl,
          appId,
          appSecret,
          clock,
          log,
          receive: (data) => receive(data),
        })
      }
      intake = startIntake({
        ...pull,
        sources: sources.pulled,
        pollSeconds: options.pollSeconds,
        hooks: createIntakeHooks(metrics, alerts),
      })
      return address
    },
    async stop() {
      await Promise.all([app.close(), connection?.close(), intake?.stop(), base.stop()])
      await Promise.all([drain.stop(), fetches.stop(), jobs.stop(), events.stop()])
      await Promise.all([poster.stop(), opener.stop(), mirror.stop()])
      await Promise.all([wakeups.close(), link.close(), http.close()])
    },
  }
}

function feishuKeys(feishu: FeishuConfig): { encryptKey: string; verificationToken: string } {
  return { encryptKey: feishu.encryptKey ?? '', verificationToken: feishu.verificationToken ?? '' }
}
