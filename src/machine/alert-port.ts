import { createCards } from '#src/cards/desired.ts'
import type { Tx } from '#src/db/database.ts'
import { messageOf } from '#src/errors.ts'
import { createTrace } from '#src/intake/trace.ts'
import { type AlertInput, raiseAlert, resolveAlert } from '#src/ops/alerts.ts'
import { directoryOf, type RuntimeDeps } from '#src/runtime/context.ts'

/** How the machine's own parts tell people: a card in the operations group. Never throws: telling must not break what it tells about. */
export interface AlertPort {
  raise(alert: AlertInput): Promise<void>
  raiseIn(tx: Tx, alert: AlertInput, trace: string): Promise<void>
  resolve(key: { code: string; subject: string }): Promise<void>
}

export function createAlertPort(deps: RuntimeDeps): AlertPort {
  const portDeps = (tx: Tx, trace: string) => {
    const now = deps.clock.now()
    return {
      card: deps.alertCard,
      cards: createCards(tx, { trace, now }),
      directory: directoryOf(deps, tx),
      now,
      trace,
    }
  }
  const quietly = async (work: Promise<void>) => {
    try {
      await work
    } catch (error) {
      deps.log.error({ reason: messageOf(error) }, 'an alert could not be raised')
    }
  }
  return {
    raise: (alert) => {
      deps.log.warn({ code: alert.code, subject: alert.subject }, alert.title)
      return quietly(deps.database.db.transaction((tx) => raiseAlert(tx, portDeps(tx, createTrace()), alert)))
    },
    raiseIn: (tx, alert, trace) => raiseAlert(tx, portDeps(tx, trace), alert),
    resolve: (key) =>
      quietly(deps.database.db.transaction((tx) => resolveAlert(tx, portDeps(tx, createTrace()), key))),
  }
}
