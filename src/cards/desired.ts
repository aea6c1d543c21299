import { and, eq, isNotNull, sql } from 'drizzle-orm'
import type { AnyCard } from '#src/contracts/card.ts'
import type { Cards } from '#src/contracts/playbook.ts'
import type { Tx } from '#src/db/database.ts'
import { cardPosts } from '#src/db/schema/index.ts'
import { wake } from '#src/db/wake.ts'
import { DataError } from '#src/errors.ts'
import { undecidableCode } from './failure.ts'

/** Lane that wakes the poster. */
export const cardsLane = 'cards'

interface DesiredDeps {
  trace: string
  now: number
}

/** The input as the card's schema reads it; DataError `card_input_invalid` names the first wrong path. */
export function parseCardInput(card: AnyCard, input: unknown): Record<string, unknown> {
  const result = card.input.safeParse(input)
  if (result.success) return result.data as Record<string, unknown>
  const issue = result.error.issues[0]
  const path = issue?.path.map(String).join('.') ?? ''
  throw new DataError(
    'card_input_invalid',
    `Card ${card.id}: input ${path}: ${issue?.message ?? 'invalid'}`,
    { path },
  )
}

/** Recalled by people, or perhaps in the chat already: new content alone does not bring such a post back. */
const staysAway = sql`(${cardPosts.state} = 'gone' or ${cardPosts.error} ->> 'code' = ${undecidableCode})`
const isBehind = sql`${cardPosts.version} > ${cardPosts.shownVersion}`

const changed = (input: Record<string, unknown>) => sql`${cardPosts.input} <> ${JSON.stringify(input)}::jsonb`

/** New content is a new chance for a refused card; one that waits keeps its place among the others. */
const newer = (input: Record<string, unknown>, now: number) => ({
  input,
  version: sql`${cardPosts.version} + 1`,
  dueAt: now,
  wantedAt: sql`case when ${isBehind} then ${cardPosts.wantedAt} else ${now}::bigint end`,
  attempts: 0,
  state: sql`case when ${staysAway} then ${cardPosts.state} else 'live' end`,
  error: sql`case when ${staysAway} then ${cardPosts.error} end`,
})

/**
 * States which cards should be visible. Writes only the database, inside the caller's transaction; the poster
 * makes the chats so. An unchanged input writes nothing.
 */
export function createCards(tx: Tx, deps: DesiredDeps): Cards {
  const wakeFor = async (touched: readonly unknown[]) => {
    if (touched.length > 0) await wake(tx, cardsLane)
  }
  return {
    async show(card, subject, to, raw) {
      const input = parseCardInput(card, raw)
      const post = { card: card.id, subject, chatId: to.chatId, input, dueAt: deps.now, wantedAt: deps.now }
      const touched = await tx
        .insert(cardPosts)
        .values({ ...post, id: crypto.randomUUID(), trace: deps.trace })
        .onConflictDoUpdate({
          target: [cardPosts.card, cardPosts.subject, cardPosts.chatId],
          set: newer(input, deps.now),
          setWhere: changed(input),
        })
        .returning({ id: cardPosts.id })
      await wakeFor(touched)
    },

    async update(card, subject, raw) {
      const input = parseCardInput(card, raw)
      const touched = await tx
        .update(cardPosts)
        .set(newer(input, deps.now))
        .where(and(eq(cardPosts.card, card.id), eq(cardPosts.subject, subject), changed(input)))
        .returning({ id: cardPosts.id })
      await wakeFor(touched)
    },
  }
}

/** Has the post shown again as it is: after a press, so that every client ends with the truth. */
export async function reconfirm(tx: Tx, postId: string, now: number): Promise<void> {
  await tx
    .update(cardPosts)
    .set({ version: sql`${cardPosts.version} + 1`, dueAt: now, wantedAt: now })
    .where(
      and(
        eq(cardPosts.id, postId),
        sql`${cardPosts.version} = ${cardPosts.shownVersion}`,
        isNotNull(cardPosts.postedAt),
      ),
    )
  await wake(tx, cardsLane)
}
