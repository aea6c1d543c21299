import { sql } from 'drizzle-orm'
import type { Executor } from '#src/db/database.ts'

/** Feishu re-pushes for about 7 hours, channels for days: what is older than this cannot come again. */
export const inboxKeptMs = 30 * 24 * 3_600_000

/**
 * Deletes handled rows received more than 30 days ago, in small statements so that nothing waits for it. Parked rows
 * stay. Returns how many went.
 */
export async function purgeInbox(executor: Executor, now: number, chunk = 1000): Promise<number> {
  const before = now - inboxKeptMs
  let purged = 0
  for (;;) {
    const { rowCount } = await executor.execute(sql`
      delete from inbox where id in (
        select id from inbox where received_at < ${before} and state = 'done' order by received_at limit ${chunk})`)
    purged += rowCount ?? 0
    if ((rowCount ?? 0) < chunk) return purged
  }
}
