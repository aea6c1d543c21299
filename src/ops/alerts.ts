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
  /** The card that shows an alert; its input is `AlertInput` with `raisedAt`, `resolved` and `trace`. */
  card: AnyCard
  cards: Cards
  directory: Directory
  now: number
  trace: string
}

type Key = Pick<AlertInput, 'code' | 'subject'>
type Row = typeof alerts.$inferSelect

/** Trouble that comes back gets a card of its own: nobody sees an old card turn red again. */
const alertSubject = ({ code, subject, raisedAt }: Key & { raisedAt: number }) =>
  `alert:${code}:${subject}:${raisedAt}`

const isSame = (row: Row, alert: AlertInput) =>
  row.title === alert.title && row.text === alert.text && row.remedy === alert.remedy

/** The alert as it is, with its key locked: two that are raised at once share one card. */
async function lockAlert(tx: Tx, key: Key): Promise<Row | undefined> {
  const name = `alert:${key.code}:${key.subject}`
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`)
  const [row] = await tx
    .select()
    .from(alerts)
    .where(and(eq(alerts.code, key.code), eq(alerts.subject, key.subject)))
  return row
}

/**
 * One card per (code, subject) in the operations group until it is resolved. The same alert again is only noted; one
 * that says something new changes its card; one that was resolved begins anew.
 */
export async function raiseAlert(tx: Tx, deps: AlertDeps, alert: AlertInput): Promise<void> {
  const { now } = deps
  const known = await lockAlert(tx, alert)
  const open = known !== undefined && known.resolvedAt === null
  const raisedAt = open ? known.raisedAt : now
  const values = { ...alert, raisedAt, lastAt: now, resolvedAt: null }
  await tx
    .insert(alerts)
    .values(values)
    .onConflictDoUpdate({ target: [alerts.code, alerts.subject], set: values })
  if (open && isSame(known, alert)) return
  const chatId = await deps.directory.operationsChat()
  if (chatId === undefined) return
  const input = { ...alert, raisedAt, trace: deps.trace, resolved: false }
  await deps.cards.show(deps.card, alertSubject({ ...alert, raisedAt }), { chatId }, input)
}

/** Marks an alert as settled; its card says so. Nothing when it is not open. */
export async function resolveAlert(
  tx: Tx,
  deps: Pick<AlertDeps, 'card' | 'cards' | 'now' | 'trace'>,
  key: Key,
): Promise<void> {
  const [row] = await tx
    .update(alerts)
    .set({ resolvedAt: deps.now })
    .where(and(eq(alerts.code, key.code), eq(alerts.subject, key.subject), isNull(alerts.resolvedAt)))
    .returning()
  if (row === undefined) return
  const { code, subject, title, text, remedy, raisedAt } = row
  const input = { code, subject, title, text, remedy, raisedAt, trace: deps.trace, resolved: true }
  await deps.cards.update(deps.card, alertSubject(row), input)
}
