import { type CaseOpener, createCaseOpener } from '#src/approvals/opener.ts'
import { createMirror, type Mirror } from '#src/bitable/mirror.ts'
import { createPoster, type Poster } from '#src/cards/poster.ts'
import { directoryOf } from '#src/runtime/context.ts'
import { type BaseKeeper, createBaseKeeper } from './base-keeper.ts'
import { resolveAdmin } from './seed.ts'
import type { Shared } from './shared.ts'
import { markAll } from './trial-cards.ts'

/** What makes Feishu equal to what the playbooks want: rows, approvals, cards. */
export interface Writers {
  mirror: Mirror
  opener: CaseOpener
  poster: Poster
  base: BaseKeeper
}

/** More unsent cards than this in one chat are bundled into digests. */
const digestAbove = 8

function tableWriter({ options, link, wakeups, metrics, alerts }: Shared): Mirror {
  const { config, content, database, clock, log } = options
  return createMirror({
    database,
    clock,
    log,
    wakeups,
    metrics,
    feishu: link.feishu,
    tables: content.tables,
    alert: alerts.raise,
    resolve: alerts.resolve,
    config: {
      baseName: content.baseName,
      appToken: config.feishu.baseAppToken,
      batchSize: config.bitable.batchSize,
      rowCap: config.bitable.rowCap,
    },
  })
}

function caseOpener({ options, link, wakeups, alerts, runtime }: Shared): CaseOpener {
  const { config, database, clock, log } = options
  const { approvals } = runtime.registry
  const codes = new Map(Object.entries(config.approvals))
  const { raise: alert, resolve } = alerts
  return createCaseOpener(
    { database, feishu: link.feishu, clock, log, approvals, codes, alert, resolve },
    wakeups,
  )
}

function cardPoster({ options, link, wakeups, alerts, runtime, metrics }: Shared): Poster {
  const { config, content, database, clock, log } = options
  const shown = { cards: runtime.registry.cards, layout: content.digestLayout }
  const operationsChat = () => directoryOf(runtime, database.db).operationsChat()
  return createPoster(
    {
      database,
      clock,
      log,
      feishu: link.feishu,
      ...(config.mode === 'trial' ? markAll(shown, content.markTrial) : shown),
      settings: { digestAbove, onLost: 'resend', quietHours: null },
      alert: alerts.raise,
      resolve: alerts.resolve,
      observe: metrics.shown,
    },
    wakeups,
    async (chatId) => chatId === (await operationsChat()),
  )
}

export function createWriters(shared: Shared): Writers {
  const { options, link, wakeups } = shared
  const { config, content, database, clock, log } = options
  const mirror = tableWriter(shared)
  const opener = caseOpener(shared)
  const setUp = () => ({ database, feishu: link.feishu, role: content.adminRole, now: clock.now() })
  const admin = () => resolveAdmin(setUp(), config.feishu.admin)
  const base = createBaseKeeper({ mirror, opener, log, wakeups, admin, alerts: shared.alerts })
  return { mirror, opener, poster: cardPoster(shared), base }
}
