import { createWakeups, type Wakeups } from '#src/db/wake.ts'
import { createHttp, type OwnHttp } from '#src/http/create-http.ts'
import { createOutward } from '#src/intake/outward.ts'
import type { PullDeps } from '#src/intake/pull.ts'
import { rolesOf } from '#src/intake/source.ts'
import { createTokenKeeper } from '#src/intake/token-keeper.ts'
import { createJobs, type Jobs } from '#src/jobs/jobs.ts'
import { createMetrics, type Metrics } from '#src/ops/metrics.ts'
import type { RuntimeDeps } from '#src/runtime/context.ts'
import { createRegistry } from '#src/runtime/registry.ts'
import { createSealer } from '#src/secrets/sealer.ts'
import { type AlertPort, createAlertPort } from './alert-port.ts'
import { createBackOffice } from './back-office.ts'
import { createFeishuLink, type FeishuLink } from './feishu-link.ts'
import type { MachineOptions } from './options.ts'
import { createRefresh } from './refresh.ts'
import { registerJobs } from './register-jobs.ts'
import { readSources, type Sources } from './sources.ts'

/** What most parts of the machine need: made once, handed to them. */
export interface Shared {
  options: MachineOptions
  metrics: Metrics
  sources: Sources
  wakeups: Wakeups
  link: FeishuLink
  http: OwnHttp
  jobs: Jobs
  runtime: RuntimeDeps
  alerts: AlertPort
  pull: PullDeps
}

type Base = Pick<Shared, 'options' | 'metrics' | 'sources' | 'wakeups' | 'link' | 'http'>

function createBase(options: MachineOptions): Base {
  const { config, content, database, clock, log } = options
  const metrics = createMetrics()
  const sources = readSources(config, content.connectors)
  const onError = (error: Error) => log.warn({ reason: error.message }, 'wake-ups interrupted')
  return {
    options,
    metrics,
    sources,
    wakeups: createWakeups(database.url, { onError }),
    link: createFeishuLink(config.feishu, { database, clock, log, metrics }),
    http: createHttp({ hosts: sources.hosts, log }),
  }
}

/** Jobs and the runtime of the playbooks; they need each other's tellings, so they are made together. */
function createRuntime({ options, sources, wakeups }: Base): Pick<Shared, 'jobs' | 'runtime' | 'alerts'> {
  const { config, content, database, clock, log } = options
  const jobs = createJobs({
    database,
    wakeups,
    clock,
    log,
    onDead: (tx, task, error) => {
      const alert = {
        code: 'task_dead',
        subject: `${task.job}:${task.key}`,
        title: '有一项后台任务多次重试后仍失败',
        text: `${task.job} ${task.key}：${error.code} ${error.message}`,
        remedy: '请联系 IT 按追踪号查看日志，处理原因后重放该任务。',
      }
      return alerts.raiseIn(tx, alert, task.trace)
    },
  })
  const runtime: RuntimeDeps = {
    database,
    jobs,
    clock,
    log,
    registry: createRegistry(content.playbooks, [content.alertCard]),
    shops: config.shops,
    backOffice: createBackOffice(sources.all),
    alertCard: content.alertCard,
  }
  const alerts = createAlertPort(runtime)
  return { jobs, runtime, alerts }
}

function createPull({ options, http, sources }: Base): PullDeps {
  const { database, clock, log, secretKey } = options
  const httpOf = () => http
  const now = () => clock.now()
  const tokens = createTokenKeeper({ database, sealer: createSealer(secretKey), http: httpOf, now, log })
  return { database, tokens, http: httpOf, now, log, roleOf: rolesOf(sources.all) }
}

export function createShared(options: MachineOptions): Shared {
  const base = createBase(options)
  const runtime = createRuntime(base)
  const pull = createPull(base)
  const sources = base.sources.all
  const outward = createOutward({
    ...pull,
    sources,
    mode: options.config.mode,
    observe: base.metrics.command,
  })
  registerJobs(runtime.jobs, {
    ...runtime.runtime,
    channel: outward.channel,
    erp: outward.erp,
    refresh: createRefresh(pull, sources),
  })
  return { ...base, ...runtime, pull }
}
