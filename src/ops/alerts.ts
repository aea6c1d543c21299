import { and, eq, isNull, sql } from 'drizzle-orm'
import type { AnyCard } from '#src/contracts/card.ts'
import type { Cards, Directory } from '#src/contracts/playbook.ts'
import type { Tx } from '#src/db/database.ts'
import { alerts } from '#src/db/schema/index.ts'

export interface AlertInput {
  code: string
  subject: string
  title: string
  text: string
  remedy: string
}

interface AlertDeps {
  /** The card that shows an alert; its input is `AlertInput` with `raisedAt`, `times` and `trace`. */
  card: AnyCard
  cards: Cards
  directory: Directory
  now: number
  trace: string
}

export const alertSubject = (alert: Pick<AlertInput, 'code' | 'subject'>) =>
  `alert:${alert.code}:${alert.subject}`

/** One card per (code, subject) in the operations group; the same alert again only counts up, and a resolved one re-opens. */
export async function raiseAlert(tx: Tx, deps: AlertDeps, alert: AlertInput): Promise<void> {
  const { now } = deps
  const [row] = await tx
    .insert(alerts)
    .values({ ...alert, raisedAt: now, lastAt: now })
    .onConflictDoUpdate({
      target: [alerts.code, alerts.subject],
      set: { title: alert.title, text: alert.text, remedy: alert.remedy, lastAt: now, resolvedAt: null },
    })
    .returning()
  const chatId = await deps.directory.operationsChat()
  if (chatId === undefined || row === undefined) return
  const input = { ...alert, raisedAt: row.raisedAt, trace: deps.trace, resolved: false }
  await deps.cards.show(deps.card, alertSubject(alert), { chatId }, input)
}

/** Marks an alert as settled; its card says so. Nothing when it is not open. */
export async function resolveAlert(
  tx: Tx,
  deps: Pick<AlertDeps, 'card' | 'cards' | 'now' | 'trace'>,
  key: Pick<AlertInput, 'code' | 'subject'>,
): Promise<void> {
  const [row] = await tx
    .update(alerts)
    .set({ resolvedAt: deps.now })
    .where(and(eq(alerts.code, key.code), eq(alerts.subject, key.subject), isNull(alerts.resolvedAt)))
    .returning()
  if (row === undefined) return
  const { code, subject, title, text, remedy, raisedAt } = row
  const input = { code, subject, title, text, remedy, raisedAt, trace: deps.trace, resolved: true }
  await deps.cards.update(deps.card, alertSubject(key), input)
}

/** Number of open alerts. */
export async function countOpenAlerts(tx: Pick<Tx, 'select'>): Promise<number> {
  const [row] = await tx
    .select({ n: sql<number>`count(*)::int` })
    .from(alerts)
    .where(isNull(alerts.resolvedAt))
  return row?.n ?? 0
}
