import { createApprovals } from '#src/approvals/desired.ts'
import { createRows } from '#src/bitable/rows.ts'
import { createCards } from '#src/cards/desired.ts'
import type { Clock } from '#src/clock.ts'
import type { Order } from '#src/contracts/canonical.ts'
import type { AnyCard } from '#src/contracts/card.ts'
import type { DeepLink } from '#src/contracts/connector.ts'
import type { HandlerContext } from '#src/contracts/playbook.ts'
import type { Database, Executor, Tx } from '#src/db/database.ts'
import { type ConfiguredShop, createDirectory } from '#src/directory/directory.ts'
import { DataError } from '#src/errors.ts'
import { createRecords } from '#src/intake/records.ts'
import type { Jobs } from '#src/jobs/jobs.ts'
import type { Logger } from '#src/log.ts'
import { raiseAlert, resolveAlert } from '#src/ops/alerts.ts'
import { linkFromTemplate } from './order-link.ts'
import type { Registry } from './registry.ts'

export interface RuntimeDeps {
  database: Database
  registry: Registry
  shops: readonly ConfiguredShop[]
  /** Where 查看订单 leads when the shop has no template: the channel's back office. */
  backOffice(order: Order): DeepLink | undefined
  /** Shows an alert in the operations group. */
  alertCard: AnyCard
  jobs: Pick<Jobs, 'enqueueTask'>
  clock: Clock
  log: Logger
}

export interface Scope {
  trace: string
  /** Whose handlers run; jobs are enqueued under this name. */
  playbook: string
}

export const directoryOf = (deps: RuntimeDeps, executor: Executor) =>
  createDirectory(executor, deps.shops, deps.clock.now())

/** What a handler may use, bound to one transaction: everything it states commits together, or not at all. */
export function createContext(deps: RuntimeDeps, tx: Tx, scope: Scope): HandlerContext {
  const now = deps.clock.now()
  const { trace } = scope
  const directory = createDirectory(tx, deps.shops, now)
  const cards = createCards(tx, { trace, now })
  return {
    now,
    trace,
    log: deps.log.child({ trace, playbook: scope.playbook }),
    rows: createRows(tx, { trace, now, tables: deps.registry.tableList }),
    cards,
    approvals: createApprovals(tx, { trace, now }),
    directory,
    records: createRecords(tx),
    async orderLink(order) {
      const shop = await directory.shop(order.shopId)
      const own =
        shop?.orderUrlTemplate === undefined ? undefined : linkFromTemplate(shop.orderUrlTemplate, order)
      return own ?? deps.backOffice(order)
    },
    async enqueue(job, input, options) {
      const name = `${scope.playbook}.${job}`
      const known = deps.registry.jobs.get(name)
      if (known === undefined) throw new DataError('job_unknown', `No job ${name}`)
      const at = options.at === undefined ? {} : { at: options.at }
      await deps.jobs.enqueueTask(tx, { job: name, key: options.key, input, trace, ...at })
    },
    alert: (alert) => raiseAlert(tx, { card: deps.alertCard, cards, directory, now, trace }, alert),
    resolve: (key) => resolveAlert(tx, { card: deps.alertCard, cards, now, trace }, key),
  }
}
