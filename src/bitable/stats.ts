import type { MirrorContext } from './types.ts'

export interface MirrorStats {
  /** Rows that wait to be written. */
  behind: number
  /** Age in ms of the change that waits longest; 0 when none does. */
  oldestMs: number
  /** Rows Feishu refuses. */
  parked: number
}

export async function readStats(ctx: MirrorContext): Promise<MirrorStats> {
  const { rows } = await ctx.database.pool.query(
    `select count(*) filter (where state = 'in') as behind,
            min(changed_at) filter (where state = 'in') as oldest,
            count(*) filter (where state = 'parked') as parked
     from table_rows where (state = 'in' and version > written_version) or state = 'parked'`,
  )
  const { behind, oldest, parked } = rows[0] ?? {}
  const oldestMs = oldest === null || oldest === undefined ? 0 : Math.max(0, ctx.clock.now() - Number(oldest))
  return { behind: Number(behind), oldestMs, parked: Number(parked) }
}
